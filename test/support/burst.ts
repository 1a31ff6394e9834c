import { CallbackSource } from '../../src/burst/callback-source.ts';
import type { Draws } from '../../src/burst/draws.ts';
import { compose } from '../../src/compose/compose.ts';
import { credentialsFor } from '../../src/compose/credentials.ts';
import { choose } from '../../src/compose/options.ts';
import type { Shaping } from '../../src/compose/shaping.ts';
import { scheduleOf } from '../../src/delivery/retry-schedule.ts';
import type { CallbackEvent } from '../../src/model/provider.ts';
import { parseRetry } from '../../src/model/retry.ts';
import { noEnvironment } from './catalogue.ts';

export const instant = Date.parse('2026-01-15T10:30:45+08:00');

/** The callbacks of an event, and how each of them is composed. */
export function sourceOf(event: CallbackEvent, shaping: Shaping = {}, retry = 'none') {
	const chosen = choose(event, { named: shaping.variants ?? [], of: {} });
	const credentials = credentialsFor(event.provider, noEnvironment);
	const rule = shaping.unsigned === true ? undefined : chosen.message.signature;
	const own = rule?.key === undefined ? '' : credentials(rule.key).key();
	const key = shaping.wrongKey === true ? 'callsim-wrong-key' : own;
	let drawing: Draws | undefined;
	const draws = () => {
		if (drawing === undefined) throw new Error('nothing draws');
		return drawing;
	};
	const composeAt = (characters: Uint8Array, now: number) => {
		return compose(
			event,
			{ ...shaping, fresh: true },
			{
				target: new URL('http://127.0.0.1:3000/callback?shop=1'),
				credentials,
				now,
				random: draws().random(characters),
				userAgent: 'callsim/test',
			},
		);
	};
	const source = new CallbackSource(
		{
			event: event.id,
			message: chosen.message,
			schedule: scheduleOf(chosen.message, 'assumed', parseRetry(retry)),
			signing: rule !== undefined && 'field' in rule.into ? { rule, key } : undefined,
			composer(own) {
				drawing = own;
				return composeAt;
			},
		},
		'7',
		instant,
	);
	return { source, composeAt, draws };
}
