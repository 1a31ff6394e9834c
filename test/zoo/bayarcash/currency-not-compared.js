import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Compares the amount but not the currency: 60.00 of anything pays an order of 60.00 ringgit';
export const rule = 'currency-trusted';

const sen = (amount) => {
	const [, ringgit, cents = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(String(amount)) ?? [];
	return ringgit === undefined ? undefined : Number(ringgit) * 100 + Number(cents.padEnd(2, '0'));
};

export function receiver(shop, keys) {
	const inTurn = turns();

	async function bayaran(cb) {
		const pesanan = await shop.find(String(cb.order_number));
		if (!pesanan || pesanan.state === 'dibayar') return;
		const status = String(cb.status);
		if (status === '3') {
			if (sen(cb.amount) === sen(pesanan.amount)) {
				pesanan.state = 'dibayar';
				pesanan.credited += 1;
			} else {
				pesanan.state = 'semakan'; // jumlah tidak sama
			}
			await shop.save(pesanan);
		} else if (status === '2' || status === '4') {
			pesanan.state = 'failed';
			await shop.save(pesanan);
		}
	}

	function process(cb) {
		const kind = kindOf(cb);
		if (kind === 'pre_transaction') return undefined;
		if (kind === 'transaction') return inTurn(String(cb.order_number), () => bayaran(cb));
		return inTurn(mandateReference(cb), () => bookMandate(shop, cb));
	}

	return (req, res) => {
		if (req.method !== 'POST' || req.url.split('?')[0] !== '/callback') {
			res.writeHead(req.method === 'POST' ? 404 : 405).end();
			return;
		}
		const bytes = [];
		let total = 0;
		req.on('data', (chunk) => {
			total += chunk.length;
			if (total < 100_000) bytes.push(chunk);
		});
		req.on('error', () => bytes.splice(0));
		req.on('end', async () => {
			if (total >= 100_000) return res.writeHead(413).end();
			try {
				const text = Buffer.concat(bytes).toString();
				const isJson = /^application\/json\b/i.test(req.headers['content-type'] ?? '');
				const cb = isJson ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
				if (!genuine(cb, keys.secret_key)) return res.writeHead(403).end('Tandatangan tidak sah');
				await process(cb);
				res.writeHead(200).end('OK');
			} catch (error) {
				res.writeHead(error instanceof SyntaxError ? 400 : 500).end();
			}
		});
	};
}
