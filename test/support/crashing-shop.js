// A shop for --exec that ends with an uncaught error, as some do: node crashing-shop.js PORT method|type
import { receiver } from '../zoo/bayarcash/says-failure-with-200.js';
import { startShop } from '../zoo/start.js';

const [port = '', what = ''] = process.argv.slice(2);
const crashes = {
	method: ({ method }) => method !== 'POST',
	type: ({ headers }) => !headers['content-type']?.startsWith('application/x-www-form'),
};

await startShop(
	'bayarcash',
	(shop, keys) => {
		const handle = receiver(shop, keys);
		return (request, response) => {
			if (request.url === '/callback' && crashes[what](request))
				throw new TypeError(`no ${what} for ${request.method}`);
			handle(request, response);
		};
	},
	undefined,
	Number(port),
);
