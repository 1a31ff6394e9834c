import { type CliContext, inCi, type Sink } from './cli-context.ts';
import { through } from './screen.ts';

/** One line that is written over, for somebody who waits at a terminal. */
export interface Progress {
	show(text: string): void;
	/** Call before anything else is written. */
	clear(): void;
	/** Stderr for others, who know nothing of the line. */
	readonly stderr: Sink;
}

/** Whether somebody sees a line that changes: in a terminal that can, and not in CI. */
export const isWatched = ({ stderr, env }: Pick<CliContext, 'stderr' | 'env'>): boolean =>
	stderr.isTTY && env['TERM'] !== 'dumb' && !inCi(env);

/** A text over what stood on the line; one as wide as the screen would wrap, and stay behind. */
export const lineOver = ({ columns }: Sink, text: string): string =>
	`\r\u001b[K${text.slice(0, (columns || 80) - 1)}`;

export function progressOf(context: CliContext, isWanted = true): Progress {
	const { stderr } = context;
	const isShown = isWanted && isWatched(context);
	let isThere = false;
	const clear = () => {
		if (isThere) stderr.write('\r\u001b[K');
		isThere = false;
	};
	return {
		show(text) {
			if (!isShown) return;
			stderr.write(lineOver(stderr, text));
			isThere = true;
		},
		clear,
		stderr: through(stderr, (text) => {
			clear();
			return text;
		}),
	};
}
