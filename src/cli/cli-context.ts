import type { EngineContext } from '../settings/engine-context.ts';

/** A place to write to. A reader that has gone is the end of the run, not a bug. */
export interface Sink {
	readonly isTTY: boolean;
	readonly columns: number | undefined;
	readonly rows?: number | undefined;
	write(text: string | Uint8Array): void;
}

/** Everything the tool touches, handed in: tests give their own. */
export interface CliContext extends EngineContext {
	readonly stdout: Sink;
	readonly stderr: Sink;
	readonly insideContainer: () => boolean;
}

/** What the process hands in; what is kept from being printed is the command line's own affair. */
export type OuterContext = Omit<CliContext, 'learn' | 'mask' | 'note'>;

/** Prompts only fill gaps, only where somebody can answer, never in CI. */
export function canAsk(context: CliContext, input = true): boolean {
	return input && !inCi(context.env) && context.stdin.isTTY === true && context.stderr.isTTY;
}

/** Nobody sits there. */
export function inCi(env: CliContext['env']): boolean {
	const ci = (env['CI'] ?? '').toLowerCase();
	return ci !== '' && ci !== '0' && ci !== 'false';
}
