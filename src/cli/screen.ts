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

/** A sink of texts that are changed on their way; bytes, which were asked for, stay as they are. */
export function through(sink: Sink, shown: (text: string) => string): Sink {
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
		write: (given) => sink.write(typeof given === 'string' ? shown(given) : given),
	};
}

/** Lays text out for the terminal that it goes to. */
export function onScreen(sink: Sink): Sink {
	return through(sink, (text) => {
		const columns = columnsOf(sink);
		return columns === undefined || live.test(text) ? text : laidOut(text, columns);
	});
}
