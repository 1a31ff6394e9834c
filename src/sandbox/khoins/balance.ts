import type { Endpoint } from '../provider.ts';
import { facts } from './facts.ts';
import { limitOf, memberIn } from './member.ts';
import { missingIn, ok, valueIn } from './request.ts';
import { textOf } from './text.ts';

export const balance: Endpoint = {
	title: "the member's deposit",
	method: 'GET',
	paths: ['/balance'],
	claim: ['documented', 'balance', 'without memberpass'],
	answer(call, box) {
		const memberid = valueIn(call, 'memberid');
		const missing = missingIn(call, ['memberid', 'memberpin']);
		if (missing !== undefined)
			return ok({
				status: 'Gagal',
				message: textOf(
					'balance-refused',
					{ memberid, reason: textOf('empty', { field: missing }, box) },
					box,
				),
				...{ balance: '', limit: '', commission: '', trx_count: '', in_progress: '' },
				spent_today: '',
			});
		const { balance, inProgress, spent, count } = memberIn(box);
		const { name } = facts.rules.member;
		const limit = limitOf(box);
		return ok({
			status: 'Success',
			message: textOf(
				'balance',
				{ name, memberid, balance, limit, inProgress, spent, commission: 0, count },
				box,
			),
			balance,
			limit,
			commission: 0,
			trx_count: count,
			in_progress: inProgress,
			spent_today: spent,
		});
	},
};
