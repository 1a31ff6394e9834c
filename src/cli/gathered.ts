import type { Sink } from './cli-context.ts';

export interface Gathered extends Sink {
	/** What waits goes out. */
	flush(): void;
}

/**
 * What is written within one turn of the event loop goes out as one: a line for each of thousands
 * of requests a second would otherwise be the half of their cost. On a screen everything stands at
 * once, in the order of both streams.
 */
export function gathered(sink: Sink): Gathered {
	if (sink.isTTY) return Object.assign(Object.create(sink), { flush: () => undefined });
	let waiting: string[] = [];
	const flush = () => {
		const texts = waiting.join('');
		waiting = [];
		sink.write(texts);
	};
	return {
		isTTY: false,
		columns: sink.columns,
		rows: sink.rows,
		write(text) {
			if (waiting.length === 0) setImmediate(flush);
			waiting.push(typeof text === 'string' ? text : Buffer.from(text).toString('utf8'));
		},
		flush,
	};
}
