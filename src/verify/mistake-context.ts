import type { Received } from '../capture/received.ts';
import { listedFields, signatureField } from '../compose/find-field.ts';
import { choicesOf, choose, everyCombination } from '../compose/options.ts';
import type { CallbackEvent, MessageFile } from '../model/provider.ts';
import type { ValueObject } from '../model/value.ts';
import type { MistakeContext } from './mistake.ts';
import { type Recipe, textAt } from './recipe.ts';
import type { Recognised } from './recognise.ts';
import type { VerdictContext } from './verdict.ts';

/** What this provider's catalogue knows that a mistake can be made with. */
export function mistakeContextOf(
	reading: Recognised,
	received: Received,
	honest: Recipe,
	signature: string,
	context: VerdictContext,
): MistakeContext {
	const { message } = reading.chosen;
	const own = listOf(message.signature?.over);
	const lists = new Map<string, { name: string; fields: readonly string[] }>();
	for (const event of context.events) {
		for (const named of everyCombination(event.message)) {
			const { message: other, options } = choose(event, { named, of: {} });
			const fields = listOf(other.signature?.over);
			if (fields === undefined || fields.join() === own?.join() || lists.has(fields.join()))
				continue;
			const isDefault = fields.join() === listOf(event.message.signature?.over)?.join();
			const option = isDefault
				? ''
				: ` (${options.filter((name) => !firstOptions(event).includes(name)).join(', ')})`;
			lists.set(fields.join(), {
				name: `${fields.length} fields of ${event.file.message}${option}`,
				fields,
			});
		}
	}
	const referenceField = message.roles.reference;
	const references = context.events.map((event) =>
		textAt(event.file.values as ValueObject, referenceField),
	);
	return {
		values: reading.values,
		documentedOrder: listedFields(message.fields),
		otherLists: [...lists.values()],
		signed: honest.parts.map(({ name }) => name),
		key: honest.key,
		otherKeys: context.otherKeys,
		honest: signature,
		signatureField: signatureField(message),
		otherReferences: [...new Set(references)].filter(
			(text) => text !== '' && text !== textAt(reading.values, referenceField),
		),
		referenceField,
		amountField: message.roles.amount,
		knownFields: rolesOf(message),
		zone: context.provider.zone,
		body: received.body.length === 0 ? undefined : Buffer.from(received.body).toString('utf8'),
	};
}

function firstOptions({ message }: CallbackEvent): string[] {
	return Object.values(choicesOf(message)).flatMap(([first]) =>
		first === undefined ? [] : [first],
	);
}

function listOf(over: unknown): readonly string[] | undefined {
	return typeof over === 'object' && over !== null && 'fields' in over
		? (over.fields as readonly string[])
		: undefined;
}

function rolesOf({ roles }: MessageFile): string[] {
	return [roles.id, roles.reference, roles.amount, roles.currency, roles.state].filter(
		(field) => field !== undefined,
	);
}
