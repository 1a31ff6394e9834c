import { Problem } from '../model/problem.ts';
import type { Assignment } from '../model/settings.ts';
import type { Value, ValueObject } from '../model/value.ts';
import { inTypeOf } from './assignment.ts';
import { type FieldContext, findField, signatureField } from './find-field.ts';
import { type Path, segmentsOf, spellingsOf, valueAt, withoutValue, withValue } from './path.ts';

/** The values on their way through composing. */
export interface Draft {
	readonly values: ValueObject;
	readonly vars: ValueObject;
	/** Paths whose value a user stated: nothing is derived over them. */
	readonly byHand: ReadonlySet<string>;
	/** Paths whose JSON type a user wrote out with `:=`: no option changes it. */
	readonly asWritten: ReadonlySet<string>;
}

export interface Overrides {
	readonly set: readonly Assignment[];
	readonly add: readonly Assignment[];
	readonly unset: readonly string[];
}

/** @throws Problem `path-unknown`, `path-exists`, `value-misfit` */
export function override(
	draft: Draft,
	overrides: Overrides,
	fieldContext: FieldContext,
	what = 'set',
): Draft {
	let result = draft;
	for (const assignment of overrides.set) result = setOne(result, assignment, fieldContext, what);
	for (const assignment of overrides.add) result = addOne(result, assignment, fieldContext);
	for (const text of overrides.unset) {
		const { room, path } = findField(text, result, fieldContext, 'unset');
		result = { ...marked(result, path, false), [room]: withoutValue(result[room], path) };
	}
	return result;
}

function setOne(
	draft: Draft,
	assignment: Assignment,
	fieldContext: FieldContext,
	what: string,
): Draft {
	const { room, path } = findField(assignment.path, draft, fieldContext, what);
	const value = assignedValue(assignment, valueAt(draft[room], path), what);
	return {
		...marked(draft, path, assignment.value.kind === 'json'),
		[room]: withValue(draft[room], path, value),
	};
}

/** @throws Problem `value-misfit` */
export function assignedValue(
	{ path, value }: Assignment,
	present: Value | undefined,
	what = 'set',
): Value {
	return value.kind === 'json' ? value.json : inTypeOf(present, value.text, path, what);
}

function addOne(draft: Draft, assignment: Assignment, fieldContext: FieldContext): Draft {
	const spellings = spellingsOf(assignment.path, fieldContext.message);
	const path = spellings.at(-1) ?? segmentsOf(assignment.path);
	refuseTaken(draft.values, assignment, spellings, fieldContext);
	const value = assignedValue(assignment, undefined);
	return {
		...marked(draft, path, assignment.value.kind === 'json'),
		values: withValue(draft.values, path, value),
	};
}

function refuseTaken(
	values: ValueObject,
	{ path: text }: Assignment,
	spellings: readonly Path[],
	{ event, message }: FieldContext,
): void {
	const signature = signatureField(message);
	if (signature !== undefined && spellings.some((path) => path[0] === signature)) {
		throw new Problem(
			'path-exists',
			(say) => `${say('add')}: the signature goes into ${signature}`,
			{
				hint: (say) => `Change it after signing with ${say('tamper', `${signature}=…`)}`,
			},
		);
	}
	if (spellings.some((path) => valueAt(values, path) !== undefined)) {
		throw new Problem('path-exists', `${event} has ${text} already`, {
			hint: (say) => `Change it with ${say('set', `${text}=…`)}`,
		});
	}
	const path = spellings.at(-1) ?? [];
	const blocked = path
		.map((_, at) => path.slice(0, at))
		.find((parent) => isLeaf(valueAt(values, parent)));
	if (blocked !== undefined) {
		const where = blocked.join('.');
		throw new Problem('path-exists', `${where} is a value, nothing can be added inside it`, {
			hint: 'Choose another path.',
		});
	}
}

function isLeaf(value: Value | undefined): boolean {
	return value !== undefined && (typeof value !== 'object' || value === null);
}

function marked(draft: Draft, path: Path, isJson: boolean): Draft {
	const name = path.join('.');
	return {
		...draft,
		byHand: new Set([...draft.byHand, name]),
		asWritten: isJson ? new Set([...draft.asWritten, name]) : draft.asWritten,
	};
}
