import type { Composed } from '../compose/compose.ts';
import { orderShown } from '../compose/order-shown.ts';
import { spellingsOf, valueAt, withValue } from '../compose/path.ts';
import type { OrderShown } from '../model/contract/run-events.ts';
import type { Assignment } from '../model/settings.ts';
import type { ValueObject } from '../model/value.ts';

/** The order as a forgery tells of it: what was changed after it was signed. */
export function brokenOrder(
	{ event, message, values }: Composed,
	tamper: readonly Assignment[],
): OrderShown {
	const told = tamper.reduce<ValueObject>((before, { path, value }) => {
		const place = spellingsOf(path, message).find((one) => valueAt(before, one) !== undefined);
		const said = value.kind === 'text' ? value.text : value.json;
		return place === undefined ? before : withValue(before, place, said);
	}, values);
	return orderShown(event, message, told);
}
