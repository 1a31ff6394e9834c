import type { ChalkInstance } from 'chalk';
import type { Received } from '../../capture/received.ts';
import type { Verdict } from '../../verify/verdict.ts';
import { printable, printableLine } from '../safe/escape.ts';
import { type Mask, maskBytes } from '../safe/mask.ts';
import { verdictLines } from './verdict-text.ts';

/** One request that `listen` heard. */
export interface Arrival {
	readonly number: number;
	/** Epoch milliseconds. */
	readonly at: number;
	readonly received: Received;
	readonly verdict: Verdict;
	readonly answered: number;
	/** The number of the first request with the same bytes. */
	readonly repeatOf: number | undefined;
}

const longest = 600;

export function arrivalLines(
	{ number, at, received, verdict, answered, repeatOf }: Arrival,
	paint: ChalkInstance,
	mask: Mask,
): string[] {
	const { method, target, headers } = received;
	const type = headers['content-type'] === undefined ? '' : ` · ${headers['content-type']}`;
	const repeat = repeatOf === undefined ? '' : paint.yellow(` · the same as #${repeatOf}`);
	const text = printable(Buffer.from(maskBytes(received.body, mask)).toString('utf8')).trim();
	const shown = text.length > longest ? `${text.slice(0, longest)} … (--json has all)` : text;
	return [
		`${paint.bold(`#${number}`)} ${new Date(at).toISOString().slice(11, 19)} ${method} ${printableLine(target)}${printableLine(type)}${repeat}`,
		...(shown === '' ? [] : shown.split('\n').map((line) => `    ${paint.dim('│')} ${line}`)),
		...verdictLines(verdict, paint, false).map((line) => `  ${line}`),
		`  ${paint.dim(`answered ${answered}`)}`,
	].map(mask);
}
