import type { ValueObject } from '../../model/value.ts';
import { textIn } from '../fields.ts';
import type { Endpoint } from '../provider.ts';
import { type Bill, billKind, statusShape } from './bill.ts';
import { billRefs } from './bill-inquiry.ts';
import { payBill } from './bill-life.ts';
import { type BillProduct, billProducts } from './bill-products.ts';
import { command } from './command.ts';
import { depositOf } from './deposit.ts';
import { billPath, billPaths } from './paths.ts';
import { answered, refused } from './reply.ts';

const shared = { claim: ['documented', 'postpaid'], side: 'postpaid', paths: [billPath] } as const;

export const billPayment: Endpoint = command({
	...shared,
	title: 'pays a bill that was asked for',
	claim: [
		'documented',
		'postpaid',
		'of a payment that fails or is pending the code is documented, the rest assumed',
	],
	commands: ['pay-pasca'],
	needs: ['tr_id'],
	takes: ['ref_id', 'code', 'hp'],
	end: { field: 'tr_id' },
	answer(call, box) {
		const order = box.order<Bill>(textIn(call.fields, 'tr_id') ?? '');
		if (order?.kind !== billKind)
			return refused(call, box, 'postpaid', '06', { why: 'no inquiry was answered with it' });
		call.about(order);
		return payBill(order, call, box);
	},
});

export const billStatus: Endpoint = command({
	...shared,
	title: 'the status of a bill',
	commands: ['checkstatus'],
	needs: ['ref_id'],
	takes: ['tr_id', 'code', 'hp'],
	end: { text: 'cs' },
	answer(call, box) {
		const ref = textIn(call.fields, 'ref_id') ?? '';
		const order = box.order<Bill>(box.remembered<string>(billRefs, ref) ?? '');
		if (order === undefined)
			return refused(call, box, 'postpaid', '06', { why: `no inquiry had ref_id ${ref}` });
		call.about(order);
		return answered(call, statusShape(order, depositOf(box)), { meta: true });
	},
});

export const billList: Endpoint = command({
	...shared,
	title: 'postpaid products, of a type and a province where they are named',
	paths: billPaths,
	commands: ['pricelist-pasca', 'pricelist'],
	needs: [],
	takes: ['status', 'province', 'type'],
	end: { text: 'pl' },
	answer(call) {
		const province = textIn(call.fields, 'province');
		const isOff = textIn(call.fields, 'status') === 'non active';
		const pasca = billProducts
			.filter(
				(one) =>
					!isOff &&
					(call.params['type'] ?? one.type) === one.type &&
					(province === undefined || one.province?.toLowerCase() === province.toLowerCase()),
			)
			.map(row);
		return answered(call, { pasca }, { meta: true, xml: { data: { pasca } } });
	},
});

const row = ({ code, name, one, commission, type, province }: BillProduct): ValueObject => ({
	...{ code, name, status: 1, fee: one.admin, komisi: commission, type, category: 'postpaid' },
	...(province !== undefined && { province }),
});
