import { carriesRole } from '../../compose/carries.ts';
import type { KnownDelivery } from '../../journal/deliveries.ts';
import { knownOrder } from '../../journal/known-order.ts';
import { Problem } from '../../model/problem.ts';
import { orderText } from '../../report/text/order-text.ts';
import { knownDeliveries } from '../known-deliveries.ts';
import { type Back, back, type Option } from './asker.ts';
import { nameOf } from './offer-events.ts';
import { type OrderPick, type Picks, type SentOrder, trailOf } from './picks.ts';
import { asked, known, type PickerContext, type Step } from './walk.ts';

/** Which order it is about: a new one, the last one, or one that is named. */
export const askOrder: Step = async (picks, picker) => {
	const { what } = picks;
	if (what?.kind !== 'event') return known(picks);
	const said = orderSaid(picks, picker);
	if (said !== undefined) return known({ ...picks, order: said });
	const order = await chosenOrder(picks, picker);
	return order === back ? back : asked({ ...picks, order });
};

/** A new one first, which Enter takes. */
export async function chosenOrder(picks: Picks, picker: PickerContext): Promise<OrderPick | Back> {
	const last = lastOrder(picks, picker);
	const options: Option<OrderPick | 'typed'>[] = [
		{ value: { kind: 'new' }, name: 'new', about: 'an order of its own, with new ids' },
		...(last === undefined
			? []
			: [
					{
						value: { kind: 'known', order: last } as const,
						name: 'the last one',
						about: `${orderText(last)} · ${last.sent.at(-1) ?? ''}`,
					},
				]),
		{ value: 'typed', name: 'typed', about: 'by the reference that your shop knows it by' },
	];
	for (;;) {
		const trail = trailOf(picks);
		const answer = await picker.asker.find<OrderPick | 'typed'>({
			...{ message: 'Order', trail, options },
			offered: (typed) => [...typedOrders(typed, options, picks, picker)],
		});
		if (answer === back) return back;
		const order = answer === 'typed' ? await typedOrder(picks, picker) : answer;
		if (order !== back) return order;
	}
}

/** What flags, or the event itself, leave no question about. */
export function orderSaid(
	{ what, order, isQuick, provider }: Picks,
	picker: PickerContext,
): OrderPick | undefined {
	const { given, flags } = picker;
	if (flags.order !== undefined)
		return { kind: 'known', order: ordered(flags.order, provider?.id, picker) };
	if (given.ref !== undefined || given.body !== undefined || given.rawBody !== undefined)
		return { kind: 'given' };
	if (given.fresh === true) return { kind: 'new' };
	if (isQuick) return order;
	const event = what?.kind === 'event' ? what.event : undefined;
	return event !== undefined && !carriesRole(event, 'reference') ? { kind: 'new' } : undefined;
}

/** What is called so, and an order of that reference. */
function typedOrders(
	typed: string,
	options: readonly Option<OrderPick | 'typed'>[],
	{ provider }: Picks,
	picker: PickerContext,
): Option<OrderPick | 'typed'>[] {
	const reference = typed.trim();
	return [
		...options.filter(({ name }) => name.startsWith(reference.toLowerCase())),
		{
			value: orderOf(reference, provider?.id, picker),
			...{ name: reference, about: 'the reference, as typed' },
		},
	];
}

function orderOf(
	reference: string,
	provider: string | undefined,
	picker: PickerContext,
): OrderPick {
	const order = sentBefore(reference, provider, picker);
	return order === undefined ? { kind: 'typed', reference } : { kind: 'known', order };
}

async function typedOrder(picks: Picks, picker: PickerContext): Promise<OrderPick | Back> {
	const reference = await picker.asker.line({
		...{ message: 'Reference', trail: trailOf(picks) },
		wrongWith: (text) => (text.trim() === '' ? 'Type the reference of the order.' : undefined),
	});
	if (reference === back) return back;
	return orderOf(reference.trim(), picks.provider?.id, picker);
}

function lastOrder({ provider }: Picks, picker: PickerContext): SentOrder | undefined {
	return picker.orders.get(provider?.id ?? '') ?? sentBefore('last', provider?.id, picker);
}

/** Undefined where the journal knows of none, or where there is none. */
function sentBefore(
	wanted: string,
	provider: string | undefined,
	picker: PickerContext,
): SentOrder | undefined {
	const here = picker.orders.get(provider ?? '');
	if (here?.reference === wanted) return here;
	if (picker.folder === undefined) return undefined;
	try {
		return ordered(wanted, provider, picker);
	} catch (error) {
		if (error instanceof Problem) return undefined;
		throw error;
	}
}

/** @throws Problem `usage` where the journal knows of none */
function ordered(wanted: string, provider: string | undefined, picker: PickerContext): SentOrder {
	const all = knownDeliveries(picker.flags, picker.here.context);
	const { reference, amount, ids } = knownOrder(all, wanted, provider);
	const isIt = ({ record }: KnownDelivery) =>
		record.order?.reference === reference && record.event.split('/')[0] === provider;
	return {
		reference,
		amount,
		ids,
		sent: all.filter(isIt).map(({ record }) => nameOf(record.event)),
	};
}
