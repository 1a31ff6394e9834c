import { Problem } from '../model/problem.ts';
import type { CallbackEvent, MessageFile } from '../model/provider.ts';
import { partsOf } from '../model/template.ts';
import type { ValueObject } from '../model/value.ts';
import type { Scope } from './fill-template.ts';
import type { Draft } from './override.ts';
import { seededRandom } from './seeded-random.ts';
import type { Shaping } from './shaping.ts';
import { freshen, isStated } from './values.ts';

type ScopeOf = (values: ValueObject, vars: ValueObject) => Scope;

/**
 * Whose ids the callback carries: new ones under `fresh`, else those that its reference leads to,
 * else the sample's. One reference means the same ids in every message, and another reference
 * others: a receiver that remembers ids must not take two orders for one.
 */
export function identified(
	sample: Draft,
	event: CallbackEvent,
	message: MessageFile,
	shaping: Shaping,
	scope: ScopeOf,
): Draft {
	const { ref } = shaping;
	const isFresh = shaping.fresh === true;
	if (shaping.newAttempt === true && !isFresh && ref === undefined)
		throw new Problem(
			'usage',
			(say) => `${say('newAttempt')} changes nothing without ${say('fresh')} or ${say('ref')}`,
			{ hint: (say) => `Name the order: ${say('ref', 'ORD-1001')}.` },
		);
	const attempt = (event.file.attempt ?? 1) + (shaping.newAttempt === true ? 1 : 0);
	const ofAttempt = message.identity?.attempt ?? [];
	const sourceOf = (path: string) =>
		attempt > 1 && ofAttempt.includes(path) ? `attempt ${attempt} ${path}` : path;
	if (isFresh) return freshen(sample, message.fresh ?? {}, scope, sourceOf);
	if (ref === undefined) return sample;
	const random = seededRandom(`${event.provider.id}:${ref}`);
	return freshen(
		sample,
		idsOf(message, sample),
		(values, vars) => ({ ...scope(values, vars), random }),
		sourceOf,
	);
}

/** What tells one order's messages from another's: times do not, nor does what the user stated. */
function idsOf(message: MessageFile, { byHand }: Draft): Record<string, string> {
	const { order = [], attempt = [] } = message.identity ?? {};
	const lasting = new Set([...order, ...attempt]);
	return Object.fromEntries(
		Object.entries(message.fresh ?? {}).filter(
			([path, template]) =>
				lasting.has(path) &&
				path !== message.roles.reference &&
				isDrawn(template) &&
				!isStated(path, byHand),
		),
	);
}

const isDrawn = (template: string): boolean =>
	partsOf(template).some(
		(part) => 'source' in part && /^(uuid$|digits:|base62:|hex:)/.test(part.source),
	);

/** What another message of the same order would carry as well; null and absent ones left out. */
export function lastingIds({ identity, roles }: MessageFile, scope: Scope): ValueObject {
	const { order = [], attempt = [] } = identity ?? {};
	return Object.fromEntries(
		[...order, ...attempt].flatMap((path) => {
			const value = path === roles.reference ? undefined : scope.value(path);
			return value === undefined || value === null ? [] : [[path, value]];
		}),
	);
}
