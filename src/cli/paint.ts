import { Chalk, type ChalkInstance } from 'chalk';
import type { CliContext, Sink } from './cli-context.ts';

/** Colour for a terminal that wants it: NO_COLOR, FORCE_COLOR and TERM=dumb are honoured. */
export function painterFor(
	sink: Sink,
	{ env }: Pick<CliContext, 'env'>,
	color = true,
): ChalkInstance {
	const off = !color || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
	const forced = (env['FORCE_COLOR'] ?? '') !== '' && env['FORCE_COLOR'] !== '0';
	return new Chalk({ level: off ? 0 : forced || sink.isTTY ? 1 : 0 });
}
