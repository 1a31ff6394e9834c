import type { ValueObject } from '../../model/value.ts';
import { textIn } from '../fields.ts';
import type { Box, Call, Endpoint } from '../provider.ts';
import { command } from './command.ts';
import { depositOf } from './deposit.ts';
import { legacyPath, legacyPaths } from './paths.ts';
import { operatorKey, type Product, products } from './products.ts';
import { answered } from './reply.ts';
import type { Api } from './top-up.ts';

const checkBalance = (api: Api): Endpoint =>
	command({
		title: 'the deposit',
		claim: ['documented', 'prepaid'],
		side: 'prepaid',
		...(api === 'v1'
			? { paths: [legacyPath], commands: ['balance'] }
			: { paths: ['/api/check-balance'] }),
		needs: [],
		end: { text: 'bl' },
		answer(call, box) {
			const balance = depositOf(box);
			return answered(call, api === 'v1' ? { balance } : { balance, message: 'SUCCESS', rc: '00' });
		},
	});

const priceList = (api: Api): Endpoint =>
	command({
		title: 'products with their prices, of a type and operator where they are named',
		claim:
			api === 'v1'
				? ['documented', 'prepaid']
				: ['observed', 'price-list', 'data.pricelist; the documentation has a bare list'],
		side: 'prepaid',
		...(api === 'v1'
			? { paths: legacyPaths, commands: ['pricelist'] }
			: { paths: ['/api/pricelist', '/api/pricelist/:type', '/api/pricelist/:type/:operator'] }),
		needs: [],
		takes: ['status', 'type', 'operator'],
		end: { text: 'pl' },
		answer(call, box) {
			const rows = listed(call).map(api === 'v1' ? oldRow : newRow);
			if (api === 'v1') return answered(call, rows, { xml: { pulsa: rows } });
			const list = { pricelist: rows, rc: '00', message: 'SUCCESS' };
			return isBare(box)
				? answered(call, rows, { xml: { pricelist: rows } })
				: answered(call, list);
		},
	});

export const balanceChecks = { v1: checkBalance('v1'), v2: checkBalance('v2') };
export const priceLists = { v1: priceList('v1'), v2: priceList('v2') };

const isBare = ({ settings }: Box): boolean => settings.variants.includes('bare-pricelist');

function listed({ fields, params, note }: Call): Product[] {
	const status = textIn(fields, 'status') ?? 'all';
	if (!['all', 'active', 'non active'].includes(status))
		note(`status is ${status}; it is all, active or non active`);
	const { type, operator } = params;
	const found = products.filter(
		(product) =>
			(type === undefined || product.type === type) &&
			(operator === undefined || operatorKey(product) === operator) &&
			(status === 'active' ? product.isActive : status !== 'non active' || !product.isActive),
	);
	if (found.length === 0 && type !== undefined)
		note(
			`the sandbox lists types ${[...new Set(products.map((one) => one.type))].join(', ')}; operators of one are named as telkomsel, gopay_e-money`,
		);
	return found;
}

const word = ({ isActive }: Product): string => (isActive ? 'active' : 'non active');

const newRow = (product: Product): ValueObject => ({
	product_code: product.code,
	product_description: product.description,
	product_nominal: product.nominal,
	product_details: '-',
	product_price: product.price,
	product_type: product.type,
	active_period: product.period,
	status: word(product),
	icon_url: '-',
	product_category: product.category,
});

const oldRow = (product: Product): ValueObject => ({
	pulsa_code: product.code,
	pulsa_op: product.description,
	pulsa_nominal: product.nominal,
	pulsa_details: '-',
	pulsa_price: product.price,
	pulsa_type: product.type,
	masaaktif: product.period,
	status: word(product),
	icon_url: '-',
	pulsa_category: product.category,
});
