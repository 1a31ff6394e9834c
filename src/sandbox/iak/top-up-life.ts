import { digits } from '../../compose/random-text.ts';
import { type Box, Refusal, UnknownOutcome } from '../provider.ts';
import { changeDeposit, depositOf } from './deposit.ts';
import { codeText } from './facts.ts';
import { kindOf } from './products.ts';
import { outcomes, stateOf, statusOf, type TopUp, type TopUpOrder } from './top-up.ts';

/** ref_id → its top-up. */
export const topUpRefs = 'ref_id of a top-up';

/** A number that no order of IAK's has yet. */
export function freshId(box: Box): number {
	for (;;) {
		const id = Number(`${1 + (Number(digits(1, box.random)) % 9)}${digits(7, box.random)}`);
		if (box.order(String(id)) === undefined) return id;
	}
}

/**
 * What became of it; the callback leaves after the sandbox's delay, or another.
 * @param outcome a word, or a response code
 * @throws Refusal
 */
export function decideTopUp(
	order: TopUpOrder,
	outcome: string,
	box: Box,
	after?: number,
): Promise<void> {
	if (order.data.status !== 0)
		throw new Refusal(`the top-up is ${stateOf(order.data)}: that is final`);
	if (outcome === 'never') {
		box.save({ ...order, next: [] }, { what: 'control', text: 'it stays as it is' });
		return Promise.resolve();
	}
	const rc = outcomes[outcome] ?? outcome;
	const status = statusOf(rc);
	if (status === undefined) throw new UnknownOutcome('or a response code such as 13');
	if (rc === order.data.rc) throw new Refusal(`the top-up is ${stateOf(order.data)} already`);
	const { sn, pin } = kindOf(order.data.kind);
	const data: TopUp = { ...order.data, status, rc, ...(status === 1 && { sn, pin }) };
	const balance = depositOf(box);
	const saved = box.save(
		{ ...order, data, next: [] },
		{ what: 'state', text: `${rc} ${codeText('prepaid', rc)}` },
	);
	if (status === 2 && !box.settings.variants.includes('keep-failed'))
		changeDeposit(data.price, box);
	return callBack(saved, balance, box, after);
}

/** @param balance the deposit that it tells: that before the price is given back */
async function callBack(
	order: TopUpOrder,
	balance: number,
	box: Box,
	after: number | undefined,
): Promise<void> {
	const to = box.settings.callbackTo;
	if (to === undefined) return;
	const { status, rc, kind, sn, pin, price, trId, product, customer, api, isXml } = order.data;
	const events = kindOf(kind);
	const undecided = rc === '201' ? 'iak/unknown-code' : 'iak/process';
	const decided = status === 1 ? events.success : events.failed;
	const event = status === 0 ? undecided : decided;
	const set = {
		ref_id: order.reference,
		status: String(status),
		code: product,
		hp: customer,
		price: String(price),
		message: codeText('prepaid', rc) ?? '',
		...(sn !== undefined && { sn }),
		...(pin !== undefined && { pin }),
		balance: String(balance),
		tr_id: String(trId),
		rc,
	};
	await box.callback(order, { event, set, to, options: [api, ...(isXml ? ['xml'] : [])], after });
}
