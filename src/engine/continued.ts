import { choose } from '../compose/options.ts';
import { segmentsOf, valueAt } from '../compose/path.ts';
import type { KnownOrder } from '../journal/known-order.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { Assignment, Settings } from '../model/settings.ts';
import type { Value, ValueObject } from '../model/value.ts';

/**
 * What makes an event the next message about an order that was sent before: its reference, its
 * amount, and the ids that the provider keeps; everything else is new.
 * @param given what is said of it beside, which wins
 * @param last the event that told of the order last, `bayarcash/transaction-failed`
 * @throws Problem `option-conflict` where it says which order is meant in another way
 */
export function continued(
	event: CallbackEvent,
	order: Pick<KnownOrder, 'reference' | 'amount' | 'ids'>,
	given: Settings,
	last: string | undefined,
): Settings {
	for (const setting of ['ref', 'body', 'rawBody'] as const)
		if (given[setting] !== undefined)
			throw new Problem(
				'option-conflict',
				(say) => `${say('order')} and ${say(setting)} both say which order is meant`,
				{ hint: 'Keep one of them.' },
			);
	const { identity, roles } = event.message;
	// What tells of another attempt at paying has its ids; said once more it is the same attempt.
	const isAnother = event.file.attempt !== undefined && last !== event.id;
	const isOfLast = given.newAttempt !== true && !isAnother;
	const lasting = [...(identity?.order ?? []), ...(isOfLast ? (identity?.attempt ?? []) : [])];
	const { variants = [], encoding, auth } = given;
	const { values, vars } = choose(event, { named: variants, of: { encoding, auth } });
	const carries = (path: string) =>
		(valueAt(values, segmentsOf(path)) ?? valueAt(vars as ValueObject, segmentsOf(path))) != null;
	const ids = lasting
		.filter((path) => path !== roles.reference && order.ids[path] !== undefined && carries(path))
		.map(
			(path): Assignment => ({
				path,
				value: { kind: 'json', json: order.ids[path] as Value },
			}),
		);
	const hasAmount = roles.amount !== undefined && carries(roles.amount);
	return {
		...given,
		ref: order.reference,
		amount: given.amount ?? (hasAmount ? order.amount : undefined),
		set: [...ids, ...(given.set ?? [])],
		fresh: true,
	};
}
