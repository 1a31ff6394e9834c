import type { Endpoint } from '../provider.ts';
import { alone } from './deciding.ts';
import { canPay, take } from './member.ts';
import { serialOf } from './product.ts';
import { purchaseIn, unaffordable, use } from './purchase.ts';
import { tellWithoutTarget } from './request.ts';
import { answerOf, type Transaction } from './transaction.ts';
import { decide, opened, outcomeFor } from './transaction-life.ts';

export const buy: Endpoint = {
	title: 'buy a prepaid product: Pending, and the result by callback',
	method: 'GET',
	paths: ['/'],
	claim: ['documented', 'request'],
	// A browser that looks what is there buys nothing.
	isMeant: ({ query }) => query.size > 0,
	async answer(call, box) {
		const found = purchaseIn(call, box);
		if ('status' in found) return found;
		const { purchase, product } = found;
		const { price } = product;
		if (!canPay(price, box)) return unaffordable(purchase, price, call, box);
		const sn = serialOf(product, { tujuan: purchase.tujuan, amount: 0, isInquiry: false }, box);
		const order = box.save(opened(purchase, { price, sn, reason: 'out-of-stock' }, box), {
			what: 'call',
			text: `${purchase.kodeproduk} ke ${purchase.tujuan}`,
		});
		take(price, box);
		use(purchase, { order: order.id }, box);
		call.about(order);
		tellWithoutTarget(call, box.settings.callbackTo);
		const pending = answerOf(order, box);
		const outcome = outcomeFor(purchase.tujuan, call, box);
		await alone<Transaction>(order, outcome, box, (one, how) => decide(one, how, box, 0));
		return pending;
	},
};
