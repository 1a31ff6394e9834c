import { bodyText } from '../compose/body-text.ts';
import { seededRandom } from '../compose/seeded-random.ts';
import type { Shaping } from '../compose/shaping.ts';
import type { Random } from '../model/clock.ts';
import { parseInstant } from '../model/instant.ts';
import { Problem } from '../model/problem.ts';
import type { ShapingSettings } from '../model/settings.ts';
import type { EngineContext } from './engine-context.ts';
import { bodyBytes } from './files.ts';

/** The instant a seed means when none is given: any would do, as long as it never changes. */
const seededNow = parseInstant('2026-01-15T10:30:45+08:00');

/** Reads the files and the standard input that settings name. @throws Problem */
export async function shapingOf(
	settings: ShapingSettings,
	context: EngineContext,
): Promise<Shaping> {
	const { body, rawBody, seed: _, now: __, credentials: ___, headers: ____, ...rest } = settings;
	if (body?.kind === 'stdin' && rawBody?.kind === 'stdin')
		throw new Problem(
			'option-conflict',
			(say) => `${say('body', '-')} and ${say('rawBody', '-')} both read standard input`,
			{ hint: 'Keep one of them.' },
		);
	return {
		...rest,
		body: body && bodyText(await bodyBytes(body, 'body', context)),
		rawBody: rawBody && (await bodyBytes(rawBody, 'rawBody', context)),
	};
}

/** One clock reading and one randomness for everything fresh. @throws Problem `usage` */
export function freshnessOf(
	{ fresh, seed, now }: ShapingSettings,
	context: EngineContext,
): { now: number; random: Random } {
	const idle = seed === undefined ? 'now' : 'seed';
	if (fresh !== true && (seed ?? now) !== undefined)
		throw new Problem('usage', (say) => `${say(idle)} changes nothing without ${say('fresh')}`, {
			hint: (say) => `Add ${say('fresh')}.`,
		});
	return {
		now: now ?? (seed === undefined ? context.clock.now() : seededNow),
		random: seed === undefined ? context.random : seededRandom(seed),
	};
}

/**
 * What a run draws for everything fresh in it, said as settings: so the events of one command line
 * are about one order, and every line that is printed of them leads to it again.
 */
export function repeatable<T extends ShapingSettings>(settings: T, drawn: Drawn): T {
	if (settings.fresh !== true || settings.seed !== undefined) return settings;
	const { seed, now } = drawn;
	return { ...settings, seed, now: settings.now ?? now };
}

export interface Drawn {
	readonly seed: string;
	/** Epoch milliseconds. */
	readonly now: number;
}

/** The one clock reading of a run, epoch milliseconds; whole seconds, as its line names it. */
export function runInstant(
	{ seed, now }: Pick<ShapingSettings, 'seed' | 'now'>,
	{ clock }: EngineContext,
): number {
	return now ?? (seed === undefined ? Math.floor(clock.now() / 1_000) * 1_000 : seededNow);
}

/** Without a seed every run makes its own orders: a receiver that remembers can be tried again. */
export function runSeed(
	{ seed }: Pick<ShapingSettings, 'seed'>,
	{ random }: EngineContext,
): string {
	return seed ?? String(Buffer.from(random.bytes(4)).readUInt32BE());
}
