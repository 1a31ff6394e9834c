import { digits } from '../../compose/random-text.ts';
import { own } from '../../model/own.ts';
import type { Box, Endpoint } from '../provider.ts';
import { topupAmount } from './amount.ts';
import { facts } from './facts.ts';
import { nextNumber } from './numbers.ts';
import { credentials, missingIn, ok, tellWithoutTarget, valueIn } from './request.ts';
import { localTime, textOf } from './text.ts';
import { expiryMs, request } from './topup.ts';

const { groups, callbackNames, vaAdmin, qrisPercent } = facts.methods;

export const listMethods: Endpoint = {
	title: 'methods of a top-up by payment gateway',
	method: 'GET',
	paths: ['/payment-gateway/method'],
	claim: ['documented', 'gateway', 'with one stray brace, left out here'],
	answer(call, box) {
		const memberid = valueIn(call, 'memberid');
		const missing = missingIn(call, credentials);
		if (missing === undefined)
			return ok({ memberid, data: groups, status: 'Success', message: textOf('methods', {}, box) });
		const reason = textOf('empty', { field: missing }, box);
		const message = textOf('methods-refused', { reason }, box);
		return ok({ memberid, data: {}, status: 'Gagal', message });
	},
};

export const payByGateway: Endpoint = {
	title: 'a top-up by virtual account or QRIS: Pending, and the result by callback',
	method: 'GET',
	paths: ['/payment-gateway'],
	claim: ['documented', 'gateway'],
	async answer(call, box) {
		const memberid = valueIn(call, 'memberid');
		const method = valueIn(call, 'method');
		const given = valueIn(call, 'amount');
		const refused = (reason: string) => {
			const values = { memberid, method, amount: given, reason };
			const message = textOf('gateway-refused', values, box);
			return ok({ memberid, amount: given, status: 'Gagal', message });
		};
		const asked = topupAmount(call, [...credentials, 'method', 'amount', 'description'], box);
		if ('reason' in asked) return refused(asked.reason);
		if (own<string>(callbackNames, method) === undefined) {
			call.note(`there is no method ${method}: here are ${Object.keys(callbackNames).join(', ')}`);
			return refused(textOf('unknown-method', {}, box));
		}
		const { amount } = asked;
		const cost = costOf(method, amount);
		const number = nextNumber('payment', 9, box);
		const id = `payment-${number}`;
		tellWithoutTarget(call, box.settings.callbackTo);
		const data = {
			...{ amount, final_amount: cost.final, admin: cost.admin },
			expired_at: localTime(box.now() + expiryMs),
			payment_url: `${box.url}/_callsim/?order=${id}`,
			data: paymentData(method, id, box),
		};
		const topup = { memberid, amount, credited: cost.credited, method, number };
		await request('payment', id, topup, call, box);
		const message = textOf('gateway', { method, memberid, amount: given }, box);
		return ok({ memberid, amount: given, status: 'Pending', message, data });
	},
};

/** As the docs' two samples have it: computed in binary, and not rounded. */
function costOf(method: string, amount: number) {
	if (method !== 'QRIS') return { admin: vaAdmin, final: amount + vaAdmin, credited: amount };
	const admin = amount * (qrisPercent / 100);
	return { admin, final: amount - admin, credited: Math.floor(amount - admin) };
}

/** The number to pay to, or the text of the QR; nobody can pay them. */
const paymentData = (method: string, id: string, box: Box): string =>
	method === 'QRIS' ? `00020101021226CALLSIM-SANDBOX-${id}` : `88${digits(14, box.random)}`;
