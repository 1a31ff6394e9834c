import { setTimeout as pause } from 'node:timers/promises';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Looks whether the order is paid before it waits for the lock: two deliveries at the same moment both find it new';
export const rule = 'duplicate-at-once';

export function receiver(shop) {
	const inTurn = createQueue();
	const topups = createTopups(shop);

	const change = (reference, edit) =>
		inTurn(reference, async () => {
			const row = await shop.find(reference);
			await shop.save({ ...row, ...edit(row) });
		});

	async function settle(reference, inner) {
		const order = await shop.find(reference);
		if (order === undefined || order.state === 'paid') return;
		if (inner.status === 'Success') {
			await sendReceipt(order);
			const serial = serialOf(inner.message);
			await change(reference, (row) => ({
				state: 'paid',
				credited: row.credited + 1,
				refunded: 0,
				serial,
			}));
		} else if (inner.status === 'Gagal') {
			await change(reference, (row) =>
				row.state === 'new' ? { state: 'failed', refunded: 1 } : {},
			);
		}
	}

	return async (req, res) => {
		const end = (status) => res.writeHead(status).end();
		if (req.method !== 'POST') return end(405);
		if (req.url.split('?')[0] !== '/callback') return end(404);
		try {
			const body = objectIn(await slurp(req));
			const inner = objectIn(body.message, {});
			if (topups.concerns(body)) await topups.book(body, inner);
			else if (typeof body.refid === 'string') await settle(body.refid, inner);
			else return end(400);
			return end(200);
		} catch (error) {
			return end(error.status ?? 500);
		}
	};
}

/** WhatsApp gateway, takes a moment */
const sendReceipt = () => pause(30);

const refuse = (status) => Object.assign(new Error('refused'), { status });

async function slurp(req) {
	const parts = [];
	let length = 0;
	for await (const part of req) {
		length += part.length;
		if (length < 1e5) parts.push(part);
	}
	if (length >= 1e5) throw refuse(413);
	return new TextDecoder().decode(Buffer.concat(parts));
}

function objectIn(text, otherwise) {
	let value;
	try {
		value = typeof text === 'string' ? JSON.parse(text) : undefined;
	} catch {}
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	if (otherwise) return otherwise;
	throw refuse(400);
}

function serialOf(text) {
	const [, rest] = typeof text === 'string' ? text.split(/SN: (.*)/s) : [];
	return rest?.includes('. Saldo:') ? rest.slice(0, rest.lastIndexOf('. Saldo:')) : null;
}
