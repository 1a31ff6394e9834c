import { Problem } from '../model/problem.ts';
import type { MessageFile } from '../model/provider.ts';
import { didYouMean } from '../model/suggest.ts';
import type { Value, ValueObject } from '../model/value.ts';
import { type Assignment, inTypeOf } from './assignment.ts';
import { type Path, pathsIn, segmentsOf, spellingsOf, valueAt, withoutValue, withValue } from './path.ts';

/** The values on their way through composing. `byHand` holds the paths whose value a user stated. */
export interface Draft {
	readonly values: ValueObject;
	readonly vars: ValueObject;
	readonly byHand: ReadonlySet<string>;
}

export interface Overrides {
	readonly set: readonly Assignment[];
	readonly add: readonly Assignment[];
	readonly unset: readonly string[];
}

/** @throws Problem `path-unknown`, `path-exists`, `value-misfit` */
export function override(draft: Draft, overrides: Overrides, message: MessageFile, event: string): Draft {
	let result = draft;
	for (const assignment of overrides.set) result = setOne(result, assignment, message, event);
	for (const assignment of overrides.add) result = addOne(result, assignment, message, event);
	for (const path of overrides.unset) {
		const found = findIn(result, path, message, event, '--unset');
		result = {
			...result,
			[found.room]: withoutValue(result[found.room], found.path),
			byHand: new Set([...result.byHand, found.path.join('.')]),
		};
	}
	return result;
}

function setOne(draft: Draft, assignment: Assignment, message: MessageFile, event: string): Draft {
	const { room, path } = findIn(draft, assignment.path, message, event, '--set');
	const value =
		'json' in assignment ? assignment.json : inTypeOf(valueAt(draft[room], path), assignment.text, assignment.path);
	return put(draft, room, path, value);
}

function addOne(draft: Draft, assignment: Assignment, message: MessageFile, event: string): Draft {
	const taken = spellingsOf(assignment.path, message).find((path) => valueAt(draft.values, path) !== undefined);
	if (taken !== undefined) {
		throw new Problem('path-exists', `${event} has ${assignment.path} already`, {
			hint: `Change it with --set ${assignment.path}=…`,
		});
	}
	const path = spellingsOf(assignment.path, message).at(-1) ?? segmentsOf(assignment.path);
	for (let length = 1; length < path.length; length++) {
		const parent = valueAt(draft.values, path.slice(0, length));
		if (parent !== undefined && (typeof parent !== 'object' || parent === null)) {
			throw new Problem(
				'path-exists',
				`${path.slice(0, length).join('.')} is a value, nothing can be added inside it`,
				{ hint: 'Choose another path.' },
			);
		}
	}
	return put(draft, 'values', path, 'json' in assignment ? assignment.json : assignment.text);
}

export function put(draft: Draft, room: 'values' | 'vars', path: Path, value: Value): Draft {
	return { ...draft, [room]: withValue(draft[room], path, value), byHand: new Set([...draft.byHand, path.join('.')]) };
}

function findIn(
	draft: Draft,
	text: string,
	message: MessageFile,
	event: string,
	flag: string,
): { room: 'values' | 'vars'; path: Path } {
	const spellings = spellingsOf(text, message);
	for (const room of ['values', 'vars'] as const) {
		const path = spellings.find((spelling) => valueAt(draft[room], spelling) !== undefined);
		if (path !== undefined) return { room, path };
	}
	const known = [...pathsIn(draft.values), ...pathsIn(draft.vars)];
	const hint = isField(message, spellings)
		? `${event} leaves it out; put it in with --add ${text}=…`
		: (didYouMean(text, known) ?? `Its fields are ${known.join(', ')}.`);
	throw new Problem('path-unknown', `${flag}: ${event} has no field "${text}"`, { hint });
}

/** Whether the message knows a field that this sample does not carry (IAK's `sn` on a failure). */
function isField(message: MessageFile, spellings: readonly Path[]): boolean {
	return spellings.some(([head, ...rest]) => rest.length === 0 && head !== undefined && message.fields.includes(head));
}
