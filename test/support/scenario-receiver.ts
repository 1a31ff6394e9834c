import { keys, transaction } from './verifier.ts';

/**
 * A receiver as a team would start it with `--exec`, written to a file of its own: `node receiver.mjs PORT`. It keeps
 * orders in memory, answers GET /orders/<number>, makes an order on POST /setup/<number>, and has the mistake that MISTAKE names: `late` (a failure undoes a
 * payment), `unverified` (believes a forgery), `refuses` (500 for everything), `dies` (ends at once), `deaf` (never listens).
 */
export const receiverScript = `
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
const mistake = process.env.MISTAKE ?? '';
console.log('receiver starts', process.pid);
if (mistake === 'dies') { console.error('no database'); process.exit(7); }
const orders = new Map();
const server = createServer(async (request, response) => {
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	if (request.method === 'HEAD') return response.end();
	const { pathname } = new URL(request.url, 'http://x');
	if (pathname.startsWith('/orders/')) {
		const order = orders.get(decodeURIComponent(pathname.slice(8)));
		return order === undefined ? response.writeHead(404).end() : response.end(JSON.stringify(order));
	}
	if (pathname.startsWith('/setup/')) {
		orders.set(decodeURIComponent(pathname.slice(7)), { state: 'new', times: 0 });
		return response.writeHead(201).end();
	}
	const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
	console.log('callback', fields.order_number, fields.status ?? fields.record_type);
	if (mistake === 'refuses') return response.writeHead(500).end('no such table');
	const signed = ${JSON.stringify(transaction.toSorted())}.map((name) => fields[name]).join('|');
	const signature = createHmac('sha256', '${keys.bayarcash}').update(signed).digest('hex');
	if (fields.record_type === 'transaction' && fields.checksum !== signature && mistake !== 'unverified')
		return response.writeHead(401).end();
	const order = orders.get(fields.order_number) ?? { state: 'new', times: 0 };
	if (fields.status === '3' && order.state !== 'paid') { order.state = 'paid'; order.times++; }
	if (fields.status === '2' && (order.state === 'new' || mistake === 'late')) order.state = 'failed';
	orders.set(fields.order_number, order);
	response.end('OK');
});
if (mistake !== 'deaf') server.listen(Number(process.argv[2]), '127.0.0.1');
else setInterval(() => {}, 1000);
`;
