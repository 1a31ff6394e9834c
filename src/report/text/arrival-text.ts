import type { ChalkInstance } from 'chalk';
import type { Arrival, Forwarded } from '../arrival.ts';
import { fieldRows } from '../field-rows.ts';
import { printable, printableLine } from '../safe/escape.ts';
import { type Mask, maskBytes } from '../safe/mask.ts';
import { verdictLines } from './verdict-text.ts';

const longest = { target: 50, body: 600, value: 200, rows: 60, answer: 300 };
const rest = '(--json has all)';

/** @param columns of the screen, undefined where there is none */
export function arrivalLines(
	arrival: Arrival,
	paint: ChalkInstance,
	mask: Mask,
	columns?: number,
): string[] {
	const { number, at, received, verdict, answered, repeatOf, challenge, forwarded } = arrival;
	const { method } = received;
	const repeat = repeatOf === undefined ? '' : paint.yellow(` · the same as #${repeatOf.number}`);
	const met = challenge === 'met' ? ` · asked for credentials (401), and answered` : '';
	return [
		`${paint.bold(`#${number}`)} ${new Date(at).toISOString().slice(11, 19)} ${method} ${printableLine(targetShown(arrival))}${met}${repeat}`,
		...headerLines(arrival.rawHeaders).map((line) => `    ${paint.dim(line)}`),
		...(repeatOf === undefined ? contentLines(arrival, mask, columns ?? 80) : []).map(
			(line) => `    ${paint.dim('│')} ${line}`,
		),
		...(challenge === 'asked'
			? ['  It came without credentials, was asked for them (HTTP Digest), and sent none so far.']
			: verdictLines(verdict, paint, false).map((line) => `  ${line}`)),
		...(forwarded === undefined
			? [`  ${paint.dim(`answered ${answered}`)}`]
			: forwardedLines(forwarded, paint, mask).map((line) => `  ${line}`)),
	].map(mask);
}

const headerLines = (raw: readonly string[]): string[] =>
	raw.flatMap((name, at) =>
		at % 2 === 0 ? [shortened(printableLine(`${name}: ${raw[at + 1] ?? ''}`))] : [],
	);

/** A long query is told by its fields. */
const targetShown = ({ fields, received: { target, body } }: Arrival): string =>
	fields === undefined || body.length > 0 || target.length <= longest.target
		? target
		: target.replace(/\?.*/s, '?…');

/** Field by field; what has none as it came. */
function contentLines({ fields, received }: Arrival, mask: Mask, columns: number): string[] {
	if (fields !== undefined) {
		const rows = fieldRows(fields);
		const width = Math.min(
			30,
			Math.floor(columns / 2) - 8,
			Math.max(...rows.map(([path]) => path.length)),
		);
		const lines = rows
			.slice(0, longest.rows)
			.map(([path, text]) =>
				shortened(printableLine(`${path.padEnd(width)}  ${mask(text)}`)).trimEnd(),
			);
		const more = rows.length - lines.length;
		return more === 0 ? lines : [...lines, `… ${more} more fields ${rest}`];
	}
	const text = printable(Buffer.from(maskBytes(received.body, mask)).toString('utf8')).trim();
	const shown = text.length > longest.body ? `${text.slice(0, longest.body)} … ${rest}` : text;
	return shown === '' ? [] : shown.split('\n');
}

function forwardedLines(forwarded: Forwarded, paint: ChalkInstance, mask: Mask): string[] {
	const { url, tookMs } = forwarded;
	const where = printableLine(url);
	if ('failure' in forwarded)
		return [
			`${paint.red('→')} ${where}`,
			`  ${printableLine(forwarded.failure)} ${paint.dim('answered 502')}`,
		];
	const { status, reason, body } = forwarded;
	const mark = status < 300 ? paint.green('→') : paint.yellow('→');
	const text = printable(Buffer.from(maskBytes(body, mask)).toString('utf8')).trim();
	const shown = text.length > longest.answer ? `${text.slice(0, longest.answer)} … ${rest}` : text;
	return [
		`${mark} ${where}`,
		`  ${`answered ${status} ${printableLine(reason)}`.trim()} ${paint.dim(`in ${tookMs} ms`)}`,
		...(shown === '' ? [] : shown.split('\n').map((line) => `    ${paint.dim('│')} ${line}`)),
	];
}

const shortened = (line: string): string =>
	line.length > longest.value ? `${line.slice(0, longest.value)} … ${rest}` : line;
