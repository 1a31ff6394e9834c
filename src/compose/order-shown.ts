import type { OrderShown } from '../model/contract/run-events.ts';
import type { CallbackEvent, MessageFile } from '../model/provider.ts';
import type { ValueObject } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';
import { segmentsOf, valueAt } from './path.ts';

/** What a receiver matches on, read from the values by the roles of the message. */
export function orderShown(
	{ provider }: CallbackEvent,
	{ roles }: MessageFile,
	values: ValueObject,
): OrderShown {
	const at = (path: string | undefined): string | undefined => {
		const value = path === undefined ? undefined : valueAt(values, segmentsOf(path));
		return value === undefined || value === null ? undefined : textOf(value);
	};
	const amount = at(roles.amount);
	const words = (provider.lifecycle?.outcomeFields ?? []).map(at);
	return {
		reference: at(roles.reference),
		id: at(roles.id),
		amount,
		currency: amount === undefined ? undefined : (at(roles.currency) ?? provider.currency),
		// A number alone tells nobody what happened.
		status: words.find((word) => word !== undefined && /\p{L}/u.test(word)) ?? at(roles.state),
	};
}
