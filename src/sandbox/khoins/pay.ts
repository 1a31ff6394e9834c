import type { Box, Call, Endpoint } from '../provider.ts';
import { facts } from './facts.ts';
import { canPay, take } from './member.ts';
import { amountOf, type Product, paymentPrefix, serialOf } from './product.ts';
import { isInquired, purchaseIn, unaffordable, use } from './purchase.ts';
import { valueIn } from './request.ts';
import { textOf } from './text.ts';
import { answerOf, refusal } from './transaction.ts';
import { ended, isUnpaid, opened, outcomeFor } from './transaction-life.ts';

export const pay: Endpoint = {
	title: 'kodeproduk=PAY…: pay a bill or send an amount, answered at once',
	method: 'GET',
	paths: ['/'],
	claim: ['documented', 'request'],
	isMeant: ({ query }) => query.get('kodeproduk')?.startsWith(paymentPrefix) === true,
	answer(call, box) {
		const found = purchaseIn(call, box);
		if ('status' in found) return found;
		const { purchase, product } = found;
		const { tujuan } = purchase;
		const qty = quantityIn(call, product);
		if (qty === undefined)
			return refusal(purchase, textOf('bad-amount', { field: 'qty' }, box), box);
		if (!isInquired(purchase, box))
			call.advise(`there was no INQ of ${tujuan} before this PAY; it goes through here`);
		const amount = amountOf(product, tujuan, qty);
		const price = amount + product.price;
		if (!canPay(price, box)) return unaffordable(purchase, price, call, box);
		const sn = serialOf(product, { tujuan, amount, isInquiry: false }, box);
		const reason = isUnpaid(tujuan) ? 'out-of-stock' : 'no-account';
		take(price, box);
		const order = ended(
			opened(purchase, { price, sn, reason }, box),
			outcomeOf(tujuan, call, box),
			box,
		);
		use(purchase, { order: order.id }, box);
		call.about(order);
		return answerOf(order, box);
	},
};

/** It is answered at once, so that nobody can be asked. */
const outcomeOf = (tujuan: string, call: Call, box: Box): string =>
	['failed', 'cancelled'].includes(outcomeFor(tujuan, call, box)) ? 'failed' : 'success';

/** How much is sent; undefined where that is no amount of the product's. */
function quantityIn(call: Call, product: Product): number | undefined {
	if (product.free_denom !== 1) return 0;
	const { minimum_qty: least, maximum_qty: most } = product;
	const given = valueIn(call, 'qty');
	if (given === '') {
		call.advise(
			`no amount: how KHOINS takes it is not documented, here it is read from qty; ${facts.rules.usualQty} is sent`,
		);
		return facts.rules.usualQty;
	}
	const qty = /^\d{1,12}$/.test(given) ? Number(given) : Number.NaN;
	if (qty >= least && qty <= most) return qty;
	call.note(`qty "${given}" is no whole number from ${least} to ${most}`);
	return undefined;
}
