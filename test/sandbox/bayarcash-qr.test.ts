import { expect, test } from 'vitest';
import { call, intentFields, openSandbox } from '../support/open-sandbox.ts';

test('a QR wants a link that lives for five minutes at least', async () => {
	const { box } = await openSandbox({ now: '2026-01-05T10:00:00+08:00' });
	const made = (more: object) =>
		call('POST', `${box.url}/v3/payment-intents`, intentFields({ payment_channel: 6, ...more }));
	const soon = { link_expired_at: '2026-01-05 10:04:00' };
	expect((await made(soon)).status).toBe(200);
	const refused = await made({ ...soon, generate_qr: true });
	expect([refused.status, Object.keys(refused.json.error)]).toEqual([422, ['link_expired_at']]);
	const late = { link_expired_at: '2026-01-05 10:05:00' };
	expect((await made({ ...late, generate_qr: true })).status).toBe(201);
});

test('a QR of an intent that can be paid otherwise, too, is asked for as one', async () => {
	const { box } = await openSandbox();
	const fields = intentFields({ payment_channel: [1, 6] });
	const { json: made } = await call('POST', `${box.url}/v3/payment-intents`, fields);
	const qr = await call('POST', `${box.url}/v3/payment-intents/${made.id}/duitnow-qr`);
	expect(qr.status).toBe(201);
	const polled = await call('GET', qr.json.poll_url);
	expect(polled.json).toMatchObject({ status: 0, is_terminal: false });
	const { json } = await call('GET', `${box.url}/v3/transactions/${qr.json.transaction_id}`);
	expect(json.payment_gateway.code).toBe('DuitNowQr');
});

test('whoever asks for a QR while one is made is answered 409, and it is one', async () => {
	const { box, shop } = await openSandbox();
	const fields = intentFields({ payment_channel: 6, callback_url: shop });
	const { json: made } = await call('POST', `${box.url}/v3/payment-intents`, fields);
	const url = `${box.url}/v3/payment-intents/${made.id}/duitnow-qr`;
	const all = await Promise.all(Array.from({ length: 20 }, () => call('POST', url)));
	expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
	for (const { status } of all) expect([200, 201, 409]).toContain(status);
	const { json: listed } = await call('GET', `${box.url}/v3/transactions`);
	expect(listed.data).toMatchObject([{ status: 0 }]);
});
