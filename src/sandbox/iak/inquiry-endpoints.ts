import { textIn } from '../fields.ts';
import type { Endpoint } from '../provider.ts';
import { command } from './command.ts';
import { facts } from './facts.ts';
import { legacyPath } from './paths.ts';
import { operatorOf } from './products.ts';
import { answered, refused } from './reply.ts';
import { type Api, dialect } from './top-up.ts';

const { pln, ovo } = facts.inquiries;

const inquiryPln = (api: Api): Endpoint => {
	const { customer } = dialect[api];
	// V2 writes its status as text, V1 as a number.
	const status = (number: number) => (api === 'v1' ? number : String(number));
	return command({
		title: `the name of a PLN meter: ${pln.number}, no other`,
		claim: ['documented', 'prepaid'],
		side: 'prepaid',
		...(api === 'v1'
			? { paths: [legacyPath], commands: ['inquiry_pln'] }
			: { paths: ['/api/inquiry-pln'] }),
		needs: [customer],
		end: { field: customer },
		answer(call, box) {
			const number = textIn(call.fields, customer) ?? '';
			if (number !== pln.number)
				return refused(call, box, 'prepaid', '14', {
					why: `development knows the meter ${pln.number} alone`,
					more: { status: status(2) },
				});
			const found = { status: status(1), [customer]: number, ...pln.answer };
			return answered(call, { ...found, message: 'SUCCESS', rc: '00' });
		},
	});
};

export const plnInquiries = { v1: inquiryPln('v1'), v2: inquiryPln('v2') };

export const inquiryOvo: Endpoint = command({
	title: `the name of an OVO wallet: ${ovo.number}, no other`,
	claim: ['documented', 'prepaid'],
	side: 'prepaid',
	paths: ['/api/inquiry-ovo'],
	needs: ['customer_id'],
	end: { field: 'customer_id' },
	answer(call, box) {
		const customer_id = textIn(call.fields, 'customer_id') ?? '';
		if (customer_id !== ovo.number)
			return refused(call, box, 'prepaid', '14', {
				why: `development knows the wallet ${ovo.number} alone`,
				more: { status: '2' },
			});
		const found = { status: '1', customer_id, name: ovo.name };
		return answered(call, { ...found, message: 'SUCCESS', rc: '00' });
	},
});

export const checkOperator: Endpoint = command({
	title: 'the operator of a phone number; rc 14 where no prefix fits, which is assumed',
	claim: ['documented', 'prepaid'],
	side: 'prepaid',
	paths: ['/api/check-operator'],
	needs: ['customer_id'],
	end: { text: 'op' },
	answer(call, box) {
		const number = textIn(call.fields, 'customer_id') ?? '';
		const operator = operatorOf(number);
		return operator === undefined
			? refused(call, box, 'prepaid', '14', { why: `${number} has the prefix of no operator` })
			: answered(call, { operator, message: 'SUCCESS', rc: '00' });
	},
});
