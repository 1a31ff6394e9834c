import { sealField } from '../compose/find-field.ts';
import { choose, everyCombination } from '../compose/options.ts';
import type { ValueObject } from '../model/value.ts';
import type { Surroundings } from './mistake.ts';
import { textAt } from './recipe.ts';
import type { Recognised } from './recognise.ts';
import type { VerdictWorld } from './verdict.ts';

/** What this provider's catalogue knows that a mistake can be made with. */
export function surroundingsOf(reading: Recognised, honest: string, world: VerdictWorld): Surroundings {
	const { message } = reading.chosen;
	const own = listOf(message.seal?.over);
	const lists = new Map<string, readonly string[]>();
	for (const event of world.events) {
		for (const named of everyCombination(event.message)) {
			const fields = listOf(choose(event, { named, of: {} }).message.seal?.over);
			if (fields === undefined || fields.join() === own?.join()) continue;
			lists.set(fields.join(), lists.get(fields.join()) ?? fields);
		}
	}
	const names = new Map(
		world.events.map((event) => [listOf(event.message.seal?.over)?.join() ?? '', event.file.message]),
	);
	const referenceField = message.roles.reference;
	const references = world.events.map((event) => textAt(event.file.values as ValueObject, referenceField));
	return {
		values: reading.values,
		documentedOrder: message.fields.flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.keys(entry))),
		otherLists: [...lists.values()].map((fields) => ({
			name: `${fields.length} fields of ${names.get(fields.join()) ?? 'another option'}`,
			fields,
		})),
		otherKeys: world.otherKeys,
		honest,
		sealField: sealField(message),
		otherReferences: [...new Set(references)].filter(
			(text) => text !== '' && text !== textAt(reading.values, referenceField),
		),
		referenceField,
	};
}

function listOf(over: unknown): readonly string[] | undefined {
	return typeof over === 'object' && over !== null && 'fields' in over ? (over.fields as readonly string[]) : undefined;
}
