import { laidOut } from '../report/text/layout.ts';
import type { Sink } from './cli-context.ts';

/** Nobody reads on fewer; some pseudo-terminals say 0. */
const fewest = 20;

/** What is written over or moves about, such as a countdown, has its own way. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is made of
const live = /\r|\u001b\[[\d;?]*[A-LN-Za-ln-z]/;

/**
 * The columns to lay text out for, undefined where it is not laid out: a program reads a pipe, and
 * a person sees the screen end.
 */
export function columnsOf(sink: Sink): number | undefined {
	const { columns } = sink;
	return sink.isTTY && columns !== undefined && columns >= fewest ? columns : undefined;
}

/**
 * Lays text out for the terminal that it goes to. Bytes are written as they are.
 *
 * @param shown what may be seen of a text
 */
export function onScreen(sink: Sink, shown: (text: string) => string = (text) => text): Sink {
	return {
		get isTTY() {
			return sink.isTTY;
		},
		get columns() {
			return sink.columns;
		},
		get rows() {
			return sink.rows;
		},
		write(given) {
			if (typeof given !== 'string') return sink.write(given);
			const text = shown(given);
			const columns = columnsOf(sink);
			sink.write(columns === undefined || live.test(text) ? text : laidOut(text, columns));
		},
	};
}
