import { parseJson } from '../../compose/assignment.ts';
import { formFields, openedJson } from '../../compose/read-fields.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { SentRequest } from '../../model/run-event.ts';
import { isObject, type Value } from '../../model/value.ts';
import { jsonOf } from '../../model/value-text.ts';
import { printable, printableLine } from '../safe/escape.ts';
import type { Mask } from '../safe/mask.ts';
import { maskedOutcome, maskedSent } from '../safe/masked.ts';

const mostLines = 200;

/** What was sent, for `--verbose`: head, and the body field by field. */
export function requestLines(sent: SentRequest, mask: Mask): string[] {
	const { method, url, headers, body } = maskedSent(sent, mask);
	const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
	return cut([
		printableLine(`${method} ${url}`),
		...headers.map(({ name, shown }) => printableLine(`${name}: ${shown}`)),
		...bodyLines(body, url, type).map((line) => `  ${line}`),
	]);
}

/** What came back, head and whole body. */
export function answerLines(outcome: Outcome, mask: Mask): string[] {
	const shown = maskedOutcome(outcome, mask);
	if (shown.kind !== 'answered') return [];
	const body = Buffer.from(shown.body).toString('utf8');
	return cut([String(shown.status), ...messageLines(shown.headers, body)]);
}

/** Headers and body of an answer. */
export function messageLines(
	headers: Readonly<Record<string, string | readonly string[]>>,
	text: string,
): string[] {
	const body = printable(text).trim();
	return [
		...Object.entries(headers).flatMap(([name, value]) =>
			[value].flat().map((one) => printableLine(`${name}: ${one}`)),
		),
		...(body === '' ? ['(no body)'] : body.split('\n').map((line) => `  ${line}`)),
	];
}

/** A body field by field; without one, the query. */
export function bodyLines(body: Uint8Array | undefined, url: string, type: string): string[] {
	const query = body === undefined ? new URL(url).search.slice(1) : '';
	if (query !== '') return flat('', formFields(query), String);
	return fieldLines(Buffer.from(body ?? []).toString('utf8'), type);
}

function fieldLines(text: string, type: string): string[] {
	if (text === '') return [];
	try {
		if (type.includes('json')) return flat('', parseJson(text, 'the body'), asJson);
		if (type.includes('form-urlencoded')) return flat('', formFields(text), String);
	} catch {
		// Sent as raw bytes, and broken on purpose.
	}
	return printable(text).split('\n');
}

/** `amount = "60.00"`, a line a leaf; JSON in a text is opened and said to be one. */
function flat(path: string, value: Value, leaf: (value: Value) => string): string[] {
	const inner = openedJson(value);
	const opened = inner === value ? [] : [`${path} = JSON in a text:`];
	if (Array.isArray(inner) || isObject(inner)) {
		const entries = Object.entries(inner);
		if (entries.length > 0)
			return [
				...opened,
				...entries.flatMap(([key, item]) => flat(path === '' ? key : `${path}.${key}`, item, leaf)),
			];
	}
	return [printableLine(`${path} = ${leaf(inner)}`)];
}

/** With its type: a receiver may take `3` and not `"3"`. */
const asJson = jsonOf;

const cut = (lines: readonly string[]): string[] =>
	lines.length <= mostLines
		? [...lines]
		: [...lines.slice(0, mostLines), `… ${lines.length - mostLines} more lines (--json has all)`];
