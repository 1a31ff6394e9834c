import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../src/verify/verify-received.ts';
import { composed } from '../support/catalogue.ts';
import { keys } from '../support/verifier.ts';
import { receivedOf, worldOf } from '../support/verify.ts';

const success = 'bayarcash/transaction-success';
const fieldsOf = async (id: string): Promise<Record<string, string>> =>
	Object.fromEntries(
		new URLSearchParams(Buffer.from(receivedOf(await composed(id)).body).toString()),
	);
const verdict = (body: string, type = 'application/x-www-form-urlencoded') =>
	verdictOf(
		{ method: 'POST', target: '/cb', headers: { 'content-type': type }, body: Buffer.from(body) },
		worldOf('bayarcash'),
	);
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const hmac = (text: string) => createHmac('sha256', keys.bayarcash).update(text).digest('hex');
/** Over all that is there, sorted: what a sender does that signs whatever it sends. */
const signedAnew = ({ checksum: _old, ...fields }: Record<string, string>) => {
	const text = Object.keys(fields)
		.sort()
		.map((name) => fields[name])
		.join('|');
	return { ...fields, checksum: hmac(text) };
};

describe('a body under the label of another encoding', () => {
	test.each([
		['a form as JSON', 'form', 'application/json', 'wrong-content-type', 'The body is a form'],
		[
			'JSON as a form',
			'json',
			'application/x-www-form-urlencoded',
			'wrong-content-type',
			'The body is JSON',
		],
		[
			'a form as XML',
			'form',
			'text/xml; charset=utf-8',
			'wrong-content-type',
			'The body is a form',
		],
		['a form as a form', 'form', 'application/x-www-form-urlencoded; charset=UTF-8', null, 'fits'],
		['JSON of another kind', 'json', 'application/vnd.api+json', null, 'fits'],
		['a form as text', 'form', 'text/plain', null, 'fits'],
	])('%s', async (_name, encoding, type, cause, said) => {
		const { body } = receivedOf(await composed(success, { variants: [encoding] }));
		const found = await verdict(Buffer.from(body).toString(), type);
		expect(found).toMatchObject({ genuine: cause === null, event: success, cause });
		expect(found.explanation).toContain(said);
	});

	test('is told beside the mistake in its signature', async () => {
		const { body } = receivedOf(await composed(success, { tamper: ['checksum=3e34a8df'] }));
		expect(await verdict(Buffer.from(body).toString(), 'application/json')).toMatchObject({
			cause: 'wrong-content-type+signature-truncated',
		});
	});
});

describe('a signed field', () => {
	test.each([
		['orderNumber', 'of a like name'],
		['order_no', 'of a shorter name'],
		['invoice', 'of another name, by its value'],
	])('that came as %s is named (%s)', async (name) => {
		const { order_number: order = '', ...rest } = await fieldsOf(success);
		const found = await verdict(form({ ...rest, [name]: order }));
		expect(found).toMatchObject({ genuine: false, event: success, cause: 'field-renamed' });
		expect(found.explanation).toContain(
			`order_number came as ${name}. With its value the checksum fits.`,
		);
	});

	test('that came under another name is named before a signature over all fields', async () => {
		const { order_number: order = '', ...rest } = await fieldsOf(success);
		const found = await verdict(form(signedAnew({ ...rest, order_no: order })));
		expect(found).toMatchObject({ genuine: false, cause: 'field-renamed' });
	});

	test('that is not there is named, also before a signature over all fields', async () => {
		const { payer_email: _left, ...rest } = await fieldsOf(success);
		for (const fields of [rest, signedAnew(rest)]) {
			const found = await verdict(form(fields));
			expect(found).toMatchObject({ genuine: false, cause: 'field-absent' });
			expect(found.explanation).toContain('There is no payer_email');
		}
	});

	test('that is not there hides no mistake that is proved', async () => {
		const { payer_email: _left, checksum: _old, ...rest } = await fieldsOf(success);
		const names = Object.keys({ ...rest, payer_email: '' }).sort();
		const text = names.map((name) => rest[name] ?? '').join('|');
		const key = 'not-the-secret-key';
		const signature = createHmac('sha256', key).update(text).digest('hex');
		const found = await verdictOf(
			{
				method: 'POST',
				target: '/',
				headers: {},
				body: Buffer.from(form({ ...rest, checksum: signature })),
			},
			worldOf('bayarcash', { otherKeys: [{ name: 'the other key', text: key }] }),
		);
		expect(found).toMatchObject({ genuine: false, cause: 'wrong-key' });
	});
});

test('a transaction that says Successful is as genuine as one that says Approved', async () => {
	const { checksum: _old, ...fields } = await fieldsOf(success);
	const successful = signedAnew({ ...fields, status_description: 'Successful' });
	expect(await verdict(form(successful))).toMatchObject({
		genuine: true,
		event: success,
		cause: null,
	});
	expect(await verdict(form(signedAnew(fields)))).toMatchObject({
		genuine: true,
		event: success,
		cause: null,
	});
});
