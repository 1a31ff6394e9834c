import { isObject, type ValueObject } from '../../model/value.ts';
import { textIn } from '../fields.ts';
import { hourOf } from '../jakarta.ts';
import type { Box, Call, Endpoint, Reply } from '../provider.ts';
import { amountsOf, type Bill, type BillOrder, billKind, inquiryShape } from './bill.ts';
import { billProductOf, billProducts, ruleOf, testNumbers } from './bill-products.ts';
import { command } from './command.ts';
import { billPath } from './paths.ts';
import { unknownProduct } from './products.ts';
import { answered, refused } from './reply.ts';
import { freshId } from './top-up-life.ts';

/** ref_id → its bill. */
export const billRefs = 'ref_id of a bill';

export const billInquiry: Endpoint = command({
	claim: ['documented', 'postpaid'],
	side: 'postpaid',
	paths: [billPath],
	title: 'what there is to pay',
	commands: ['inq-pasca'],
	needs: ['code', 'hp', 'ref_id'],
	takes: ['month', 'nomor_identitas', 'year', 'desc'],
	end: { field: 'ref_id' },
	answer: (call, box) => asked(call, box),
});

function asked(call: Call, box: Box): Reply {
	const text = (name: string) => textIn(call.fields, name) ?? '';
	const refuse = (code: string, why?: string) => refused(call, box, 'postpaid', code, { why });
	const reference = text('ref_id');
	if (/\s/.test(reference)) return refuse('03', 'ref_id has a blank');
	if (box.remembered(billRefs, reference) !== undefined)
		return refuse('11', `ref_id ${reference} has a bill already`);
	const product = billProductOf(text('code'));
	if (product === undefined)
		return refuse('20', unknownProduct(text('code'), billProducts, 'pricelist-pasca'));
	const missing = (product.needs ?? []).filter((name) => text(name) === '');
	if (missing.length > 0) return refuse('107', `${product.code} needs ${missing.join(', ')}`);
	if (product.type === 'pln' && box.settings.variants.includes('cut-off') && isNight(box))
		return refuse('109', 'it is between 23:00 and 01:00 in Jakarta');
	const { fields } = call;
	const amount = product.hasOwnAmount === true ? wholeNumber(inDesc(fields, 'amount')) : undefined;
	if (amount === undefined && product.hasOwnAmount === true)
		return refuse('93', `${product.code} needs desc.amount, whole rupiah`);
	const months = product.needs?.includes('month') === true ? wholeNumber(text('month')) : undefined;
	if (months === undefined && product.needs?.includes('month') === true)
		return refuse('107', `month is ${text('month')}; it is a number of months`);
	const hp = text('hp');
	const others = testNumbers(product, hp);
	if (others !== undefined)
		call.advise(
			`${hp} is no test number of ${product.code} (${others}): its last digit decides all the same`,
		);
	const rule = ruleOf(product, hp);
	if (rule?.stage === 'inquiry') return refuse(rule.code, `${hp} ends in ${rule.digit}`);
	const sample = (hp.endsWith('2') && product.several) || product.one;
	const identity = text('nomor_identitas');
	const data: Bill = {
		...{ code: product.code, hp, trId: freshId(box) },
		...amountsOf(product, sample, { months, amount }),
		desc: { ...sample.desc, ...(identity !== '' && { nomor_identitas: identity }) },
		...{ createdAt: box.now(), status: 0, responseCode: '42' },
	};
	const order: BillOrder = box.save(
		{
			...{ id: String(data.trId), provider: 'iak', kind: billKind, reference },
			...{ data, next: [], log: [] },
		},
		{ what: 'call', text: `${call.method} ${call.path}: inq-pasca` },
	);
	box.remember(billRefs, reference, order.id);
	call.about(order);
	return answered(call, inquiryShape(order), { meta: true });
}

const isNight = (box: Box): boolean => [23, 0].includes(hourOf(box.now()));

function inDesc(fields: ValueObject, name: string): string {
	const desc = fields['desc'];
	return isObject(desc) ? (textIn(desc, name) ?? '') : '';
}

const wholeNumber = (text: string): number | undefined =>
	/^[1-9]\d{0,11}$/.test(text) ? Number(text) : undefined;
