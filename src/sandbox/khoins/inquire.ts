import type { Endpoint } from '../provider.ts';
import { facts } from './facts.ts';
import { memberIn } from './member.ts';
import { amountOf, inquiryPrefix, serialOf } from './product.ts';
import { purchaseIn, use } from './purchase.ts';
import { textOf } from './text.ts';
import { inquiryAnswer, refusal } from './transaction.ts';
import { isUnfound, nextTransaction } from './transaction-life.ts';

export const inquire: Endpoint = {
	title: 'kodeproduk=INQ…: look a bill or an account up, answered at once',
	method: 'GET',
	paths: ['/'],
	claim: ['documented', 'request'],
	isMeant: ({ query }) => query.get('kodeproduk')?.startsWith(inquiryPrefix) === true,
	answer(call, box) {
		const found = purchaseIn(call, box);
		if ('status' in found) return found;
		const { purchase, product } = found;
		const { tujuan } = purchase;
		if (isUnfound(tujuan)) {
			call.advise(`tujuan ends in ${facts.rules.unfound}, which is not found here`);
			return refusal(purchase, textOf('no-account', {}, box), box);
		}
		const sn = serialOf(
			product,
			{ tujuan, amount: amountOf(product, tujuan, 0), isInquiry: true },
			box,
		);
		const number = nextTransaction(box);
		const reply = inquiryAnswer(purchase, { number, sn, balance: memberIn(box).balance }, box);
		use(purchase, { inquiry: reply }, box);
		return reply;
	},
};
