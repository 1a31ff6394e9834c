import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { MessageFile } from '../model/provider.ts';
import type { Assignment } from '../model/settings.ts';
import { isObject, type ValueObject } from '../model/value.ts';
import { parseJson } from './assignment.ts';
import type { FieldContext } from './find-field.ts';
import { assignedValue, override } from './override.ts';
import { spellingsOf, valueAt, withValue } from './path.ts';
import { jsonText } from './write-json.ts';

/** Changes fields after they were signed. @throws Problem `path-unknown`, `value-misfit` */
export function tampered(
	signed: ValueObject,
	assignments: readonly Assignment[],
	fieldContext: FieldContext,
): ValueObject {
	let result = signed;
	for (const assignment of assignments) {
		const changed = tamperedOnce(result, assignment, fieldContext);
		if (jsonText(changed) === jsonText(result)) throw idle(assignment);
		result = changed;
	}
	return result;
}

/** A forgery that is none would be taken for genuine, and the receiver blamed for it. */
function idle({ path, value }: Assignment): Problem {
	const is = value.kind === 'text' ? ` is "${value.text}" already` : ' has this value already';
	return new Problem('value-misfit', (say) => `${say('tamper')} changes nothing: ${path}${is}`, {
		hint: 'Write another value.',
	});
}

function tamperedOnce(
	result: ValueObject,
	assignment: Assignment,
	fieldContext: FieldContext,
): ValueObject {
	const inner = innerPath(result, assignment.path, fieldContext.message);
	if (inner === undefined) {
		// The same rules and the same messages as of set, on the signed fields.
		const draft = {
			values: result,
			vars: {},
			byHand: new Set<string>(),
			asWritten: new Set<string>(),
		};
		return override(draft, { set: [assignment], add: [], unset: [] }, fieldContext, 'tamper')
			.values;
	}
	const { field, opened, path } = inner;
	const value = assignedValue(assignment, valueAt(opened, path), 'tamper');
	return { ...result, [field]: jsonText(withValue(opened, path, value)) };
}

/** A path into JSON that already stands as a string on the wire. */
function innerPath(
	values: ValueObject,
	text: string,
	message: MessageFile,
): { field: string; opened: ValueObject; path: readonly string[] } | undefined {
	for (const [field, ...path] of spellingsOf(text, message)) {
		const written = field === undefined ? undefined : own(values, field);
		if (field === undefined || path.length === 0 || typeof written !== 'string') continue;
		if (!message.text?.includes(field)) continue;
		const opened = parseJson(written, field);
		if (!isObject(opened) || valueAt(opened, path) === undefined) {
			throw new Problem('path-unknown', (say) => `${say('tamper')}: there is no "${text}"`, {
				hint: 'See: callsim show',
			});
		}
		return { field, opened, path };
	}
	return undefined;
}
