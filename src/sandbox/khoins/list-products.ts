import { listIn } from '../fields.ts';
import type { Endpoint } from '../provider.ts';
import { products } from './product.ts';
import { credentials, missingIn, ok, valueIn } from './request.ts';
import { textOf } from './text.ts';

export const listProducts: Endpoint = {
	title: 'products by code or provider; an empty list is a Success',
	method: 'POST',
	paths: ['/api/product'],
	claim: ['documented', 'products'],
	answer(call, box) {
		const missing = missingIn(call, credentials);
		if (missing !== undefined) {
			const memberid = valueIn(call, 'memberid');
			const reason = textOf('empty', { field: missing }, box);
			const message = textOf('products-refused', { memberid, reason }, box);
			return ok({ status: 'Gagal', message, data: [] });
		}
		const codes = listIn(call.fields, 'codes');
		const providers = listIn(call.fields, 'providers');
		const data = products.filter(({ code, provider }) =>
			codes.length > 0
				? codes.includes(code)
				: providers.length === 0 || providers.includes(provider.code),
		);
		if (data.length === 0)
			call.note(`none of ${[...codes, ...providers].join(', ')} is among the products here`);
		return ok({ status: 'Success', message: textOf('products', {}, box), data });
	},
};
