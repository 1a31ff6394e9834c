import { differenceText, leavesOf, type State } from '../order/state.ts';
import type { CaseRun } from './case.ts';
import { effectsSeen, isLike } from './effects-seen.ts';
import { type Finding, failed, inconclusive, passed, skipped } from './finding.ts';
import type { LearnedEffects } from './learned-effects.ts';

/** Whether anybody was written to after the success, as a counter of such messages shows. */
export function judgeTold(
	{ case: { about }, before, steps, final }: CaseRun,
	{ success, isVolatile }: LearnedEffects,
): Finding {
	const first = steps[0]?.after;
	if (before === undefined || first === undefined || final === undefined)
		return inconclusive(`${about}: whether the customer was told cannot be seen without a probe`);
	const then = messagesIn(first);
	const now = messagesIn(final);
	const paths = [...new Set([...then.keys(), ...now.keys()])].filter((path) => !isVolatile(path));
	if (paths.length === 0)
		return skipped('the probe shows nothing that counts messages to the customer');
	if (!isLike(success, effectsSeen(success, before, first)))
		return inconclusive(`${about}: the success before it did not show`);
	const changed = paths
		.map((path) => ({ path, before: then.get(path), after: now.get(path) }))
		.filter((difference) => difference.before !== difference.after);
	return changed.length === 0
		? passed(`${about}: nobody was told of it`)
		: failed(
				`${about}: the customer was told of it after having paid: ${changed.map(differenceText).join(', ')}`,
			);
}

/** Numbers, flags, and entries of lists that are called after messages to people. */
function messagesIn(state: State): Map<string, string> {
	return new Map(
		[...leavesOf(state)].filter(
			([path, json]) =>
				(counted.test(path) && /^(-?\d+|true|false)$/.test(json)) || listed.test(path),
		),
	);
}

const counted = /(mail|emel|sms|message|notif(ied|y)|told|informed|alert|whatsapp|pesan)[^.]*$/i;
const listed = /(mail|emel|sms|whatsapp)[^.]*\.\d+(\.|$)/i;
