import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { FieldEntry, MessageFile } from '../model/provider.ts';
import { didYouMean } from '../model/suggest.ts';
import { partsOf } from '../model/template.ts';
import type { ValueObject } from '../model/value.ts';
import type { Told } from '../model/words.ts';
import { type Path, pathsIn, spellingsOf, valueAt } from './path.ts';

/** What decides whether a path means something in an event. */
export interface FieldContext {
	readonly event: string;
	readonly message: MessageFile;
	/** The sample's own values under the chosen options. */
	readonly sample: ValueObject;
	/** Templates that compute values from others. */
	readonly templates: readonly string[];
}

export interface FoundField {
	readonly room: 'values' | 'vars';
	readonly path: Path;
}

/**
 * The field that a spelling means. One that would change nothing on the wire is refused.
 * @param what the setting that names it
 * @throws Problem `path-unknown`
 */
export function findField(
	text: string,
	rooms: { readonly values: ValueObject; readonly vars: ValueObject },
	fieldContext: FieldContext,
	what = 'set',
): FoundField {
	const { event, message } = fieldContext;
	const spellings = spellingsOf(text, message);
	for (const room of ['values', 'vars'] as const) {
		const path = spellings.find((spelling) => valueAt(rooms[room], spelling) !== undefined);
		if (path === undefined) continue;
		if (room === 'values' && !isSent(path, fieldContext) && !isUsed(path, fieldContext)) {
			throw new Problem(
				'path-unknown',
				(say) => `${say(what)}: ${event} does not send ${path.join('.')} under these options`,
				{ hint: 'Leave it out, or choose another option; see: callsim list' },
			);
		}
		return { room, path };
	}
	const known = [...pathsIn(rooms.values), ...pathsIn(rooms.vars)];
	throw new Problem('path-unknown', (say) => `${say(what)}: ${event} has no field "${text}"`, {
		hint:
			signatureHint(spellings, message) ??
			leftOutHint(text, spellings, fieldContext) ??
			nearestHint(text, known),
	});
}

/** The field into which the signature goes, or undefined. */
export function signatureField(message: MessageFile): string | undefined {
	return message.signature !== undefined && 'field' in message.signature.into
		? message.signature.into.field
		: undefined;
}

/** The outermost names of a list of fields. */
export const listedFields = (fields: readonly FieldEntry[]): string[] =>
	fields.flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.keys(entry)));

function signatureHint(spellings: readonly Path[], message: MessageFile): Told | undefined {
	const field = signatureField(message);
	if (field === undefined || !spellings.some((path) => path.join('.') === field)) return undefined;
	return (say) =>
		`The signature is made anew; after signing it is changed with ${say('tamper', `${field}=…`)}, and left out with ${say('unsigned')}.`;
}

/** The message knows the field, this sample does not carry it: IAK's `sn` on a failure. */
function leftOutHint(
	text: string,
	spellings: readonly Path[],
	{ event, message }: FieldContext,
): Told | undefined {
	const isKnown = spellings.some(
		([head, ...rest]) => rest.length === 0 && message.fields.some((field) => field === head),
	);
	return isKnown
		? (say) => `${event} leaves it out; put it in with ${say('add', `${text}=…`)}`
		: undefined;
}

function nearestHint(text: string, known: readonly string[]): string {
	return didYouMean(text, known) ?? `Its fields are ${known.join(', ')}.`;
}

function isSent(path: Path, { message, sample }: FieldContext): boolean {
	return isListed(path, message.fields) || valueAt(sample, path.slice(0, 1)) === undefined;
}

function isListed([head, ...rest]: Path, fields: readonly FieldEntry[]): boolean {
	return fields.some((entry) => {
		if (typeof entry === 'string') return entry === head;
		const inner = head === undefined ? undefined : own(entry, head);
		return (
			inner !== undefined && (rest.length === 0 || isListed(rest, inner as readonly FieldEntry[]))
		);
	});
}

function isUsed(path: Path, { templates }: FieldContext): boolean {
	const name = path.join('.');
	return templates.some((template) =>
		partsOf(template).some((part) => 'source' in part && part.source === name),
	);
}
