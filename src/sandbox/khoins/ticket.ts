import type { Box, Endpoint } from '../provider.ts';
import { topupAmount } from './amount.ts';
import { facts } from './facts.ts';
import { nextNumber, randomBelow } from './numbers.ts';
import { credentials, ok, tellWithoutTarget, valueIn } from './request.ts';
import { textOf } from './text.ts';
import { expiryMs, request, type Topup } from './topup.ts';

export const ticket: Endpoint = {
	title: 'a ticket for a top-up by bank transfer: a unique amount, and the result by callback',
	method: 'GET',
	paths: ['/ticket'],
	claim: ['documented', 'ticket'],
	async answer(call, box) {
		const memberid = valueIn(call, 'memberid');
		const given = valueIn(call, 'amount');
		const asked = topupAmount(call, [...credentials, 'amount'], box);
		if ('reason' in asked) {
			const values = { memberid, amount: given, reason: asked.reason };
			const message = textOf('ticket-refused', values, box);
			return ok({ memberid, amount: given, status: 'Gagal', message });
		}
		const { amount } = asked;
		const unique = uniqueAmount(amount, box);
		const { account } = facts.rules;
		const values = { memberid, amount, unique, account };
		const message = textOf('ticket', values, box, box.now() + expiryMs);
		tellWithoutTarget(call, box.settings.callbackTo);
		const id = `ticket-${nextNumber('ticket', 1, box)}`;
		await request('ticket', id, { memberid, amount: unique, credited: unique }, call, box);
		return ok({ memberid, amount: given, status: 'Pending', message });
	},
};

/** One that no open ticket has, as long as there is one. */
function uniqueAmount(amount: number, box: Box): number {
	const open = box.orders<Topup>('ticket').filter(({ data }) => data.decided === undefined);
	const taken = new Set(open.map(({ data }) => data.amount));
	const first = randomBelow(999, box.random);
	const all = Array.from({ length: 999 }, (_, at) => amount + 1 + ((first + at) % 999));
	return all.find((one) => !taken.has(one)) ?? amount + 1 + first;
}
