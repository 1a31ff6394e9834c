import { Chalk, type ChalkInstance } from 'chalk';
import type { CliContext, Sink } from './cli-context.ts';
import type { ColorWish } from './options/common-flags.ts';

/** Colour where it is wanted: by the flag, by the environment, for a terminal. */
export function painterFor(
	sink: Sink,
	{ env }: Pick<CliContext, 'env'>,
	wish: ColorWish = 'auto',
): ChalkInstance {
	return new Chalk({ level: isColoured(sink, env, wish) ? 1 : 0 });
}

function isColoured(sink: Sink, env: CliContext['env'], wish: ColorWish): boolean {
	if (wish === 'always') return true;
	if (wish === 'never' || wish === false) return false;
	if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
	const forced = (env['FORCE_COLOR'] ?? '').toLowerCase();
	if (forced !== '') return forced !== '0' && forced !== 'false';
	return sink.isTTY;
}
