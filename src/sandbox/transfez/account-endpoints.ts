import type { ValueObject } from '../../model/value.ts';
import { zonedTime } from '../jakarta.ts';
import type { Box, Endpoint } from '../provider.ts';
import { json } from './answers.ts';
import { facts } from './facts.ts';
import { unauthorized } from './login.ts';
import { balanceOf } from './money.ts';
import { kind, type Transfer, updatedAt } from './transfer.ts';

/** Since the account of the sample. */
const since = '2020-07-30T13:23:39.900+07:00';

function balanceShape(box: Box): ValueObject {
	const { user, partner } = facts.rules.people;
	const changes = box.orders<Transfer>(kind).map(({ data }) => updatedAt(data));
	const last = changes.reduce((latest, at) => Math.max(latest, at), Date.parse(since));
	return {
		id: 7,
		currency: 'IDR',
		balance: balanceOf(box),
		available_balance: null,
		is_active: true,
		user_id: user,
		created_at: since,
		updated_at: zonedTime(last),
		partner_id: partner,
	};
}

export const myBalances: Endpoint = {
	title: 'the balance: one account, in rupiah',
	method: 'GET',
	paths: ['/api/v1/my_balances', '/api/v1/my_balance'],
	claim: ['documented', 'account', 'with and without the s, in pages of different years'],
	answer: (call, box) =>
		unauthorized(call, box) ??
		json(200, {
			status: 200,
			data: { total: 1, balances: [balanceShape(box)] },
			message: 'Succesfully get my balances',
		}),
};

export const myAccount: Endpoint = {
	title: 'the account with its user, balance and partner',
	method: 'GET',
	paths: ['/api/v1/my_account'],
	claim: ['documented', 'account'],
	answer(call, box) {
		const { user, partner, email } = facts.rules.people;
		const times = { created_at: since, updated_at: since };
		return (
			unauthorized(call, box) ??
			json(200, {
				status: 200,
				user: {
					id: user,
					email,
					...times,
					partner_id: partner,
					is_api_user: true,
					my_roles: ['partner', 'partner_developer'],
					balances: [balanceShape(box)],
					partner: {
						id: partner,
						name: 'Company Name',
						address: 'Tebet',
						phone: '+628123123123',
						email_pic: email,
						api_user_id: user,
						...times,
						is_b2b_partner: true,
					},
				},
			})
		);
	},
};
