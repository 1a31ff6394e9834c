// A small receiver of Bayarcash callbacks, as the example to be tested: verify, then act once.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const signed = [
	'record_type',
	'transaction_id',
	'exchange_reference_number',
	'exchange_transaction_id',
	'order_number',
	'currency',
	'amount',
	'payer_name',
	'payer_email',
	'payer_bank_name',
	'status',
	'status_description',
	'datetime',
];
const preSigned = ['record_type', 'exchange_reference_number', 'order_number'];

/** @param {{ secret: string, orders: Map<string, { amount: string, state: string, credited: number }> }} options */
export function shop({ secret, orders }) {
	return createServer(async (request, response) => {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
		if (!isGenuine(fields, secret)) return response.writeHead(401).end();
		const order = orders.get(fields.order_number);
		if (order !== undefined && fields.record_type === 'transaction') settle(order, fields);
		response.end('OK');
	});
}

function isGenuine(fields, secret) {
	const names = fields.record_type === 'pre_transaction' ? preSigned : signed;
	const text = [...names]
		.sort()
		.map((name) => fields[name] ?? '')
		.join('|');
	const right = createHmac('sha256', secret).update(text).digest();
	const given = Buffer.from(fields.checksum ?? '', 'hex');
	return given.length === right.length && timingSafeEqual(given, right);
}

/** Paid once, for the right sum, and never back. */
function settle(order, { status, amount }) {
	if (order.state === 'paid') return;
	if (status === '3' && amount === order.amount) {
		order.state = 'paid';
		order.credited++;
	} else if (status === '2' || status === '4') order.state = 'failed';
}
