import { createServer } from 'node:http';
import { createShop } from './shop.js';

/** The simulator's credentials, which every receiver of the zoo is configured with. */
export const keys = {
	bayarcash: { secret_key: 'sim_bayarcash_secret_0123456789ab' },
	iak: { username: '081234567890', api_key: 'dev0123456789abcdef' },
	khoins: {},
	transfez: { api_key: 'api-key-demo', api_secret: 'api-secret-demo' },
};

/**
 * A receiver on a free loopback port, with the two pages of its shop that `check` needs beside it.
 *
 * @param provider whose callbacks it takes
 * @param makeReceiver the zoo file's `receiver`, given a shop and keys; it answers everything but the two pages
 * @param port 0 for any free one
 * @returns its address, and what stops it
 */
export async function startShop(provider, makeReceiver, shop = createShop(), port = 0) {
	const receiver = await makeReceiver(shop, keys[provider]);
	let requests = 0;
	const server = createServer((request, response) => {
		requests++;
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
		const [, page, reference = ''] = pathname.split('/').map(decodeURIComponent);
		if (page === 'setup' && request.method === 'POST') {
			shop.create(reference, searchParams.get('amount') ?? '');
			request.resume();
			response.writeHead(201).end();
			return;
		}
		if (page === 'orders') {
			const order = shop.show(reference);
			response.writeHead(order === undefined ? 404 : 200, { 'content-type': 'application/json' });
			response.end(order === undefined ? '' : JSON.stringify(order));
			return;
		}
		// For bench/check.mjs.
		if (page === 'count') {
			response.end(String(requests));
			return;
		}
		receiver(request, response);
	});
	await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${server.address().port}`;
	const stop = () =>
		new Promise((resolve) => {
			server.close(resolve);
			server.closeAllConnections();
		});
	return { url, stop };
}
