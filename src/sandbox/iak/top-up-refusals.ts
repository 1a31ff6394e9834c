import { dayOf } from '../jakarta.ts';
import type { Box } from '../provider.ts';
import { depositOf } from './deposit.ts';
import { facts } from './facts.ts';
import { operatorOf, type Product, products, unknownProduct } from './products.ts';
import { type TopUp, topUpKind } from './top-up.ts';

/** Response code and reason of what IAK refuses at once; undefined where it buys. */
export function refusalOf(
	product: Product | undefined,
	code: string,
	customer: string,
	box: Box,
): readonly [rc: string, why: string] | undefined {
	if (product === undefined) {
		const isAuto = /^pulsa\d+$/.test(code) && operatorOf(customer) === undefined;
		return isAuto
			? ['16', `${customer} has the prefix of no operator`]
			: ['20', unknownProduct(code, products, 'POST /api/pricelist')];
	}
	if (!product.isActive) return ['106', `${product.code} is off`];
	const isPhone = product.operator !== undefined;
	if (isPhone && customer.replace(/\D/g, '').length > facts.rules.longestNumber)
		return ['203', `${customer} is longer than ${facts.rules.longestNumber} digits`];
	if (isPhone && operatorOf(customer) !== product.operator)
		return [
			'16',
			`${customer} is of ${operatorOf(customer) ?? 'no operator that is known'}, ${code} of ${product.operator}`,
		];
	const { variants } = box.settings;
	if (variants.includes('once-a-day-any') && todays(customer, box).length > 0)
		return ['207', `${customer} was topped up today`];
	if (variants.includes('once-a-day') && todays(customer, box).includes(code))
		return ['202', `${customer} got ${code} today`];
	return depositOf(box) < product.price
		? ['17', `${code} costs ${product.price}, the deposit is ${depositOf(box)}`]
		: undefined;
}

/** Products that a number was topped up with today, in Jakarta. */
const todays = (customer: string, box: Box): string[] =>
	box
		.orders<TopUp>(topUpKind)
		.filter(
			({ data }) =>
				data.customer === customer &&
				data.status !== 2 &&
				dayOf(data.createdAt) === dayOf(box.now()),
		)
		.map(({ data }) => data.product);
