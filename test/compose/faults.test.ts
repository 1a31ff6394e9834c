import { describe, expect, test } from 'vitest';
import { bodyOf, catalogue, composed } from '../support/catalogue.ts';
import { bayarcashIsGenuine, iakIsGenuine } from '../support/verifier.ts';

const fieldsOf = async (shaping: Parameters<typeof composed>[1]) =>
	Object.fromEntries(
		new URLSearchParams(bodyOf(await composed('bayarcash/transaction-success', shaping))),
	);

describe('faults', () => {
	test('--tamper changes a field and leaves the signature of the honest value', async () => {
		const honest = await fieldsOf({});
		const fields = await fieldsOf({ tamper: ['amount=1.00'] });
		expect(fields).toEqual({ ...honest, amount: '1.00' });
		expect(bayarcashIsGenuine(honest)).toBe(true);
		expect(bayarcashIsGenuine(fields)).toBe(false);
	});

	test('--tamper reaches the signature itself', async () => {
		expect((await fieldsOf({ tamper: ['checksum=00'] }))['checksum']).toBe('00');
	});

	test('--unsigned leaves the signature out and nothing else', async () => {
		const { checksum, ...rest } = await fieldsOf({});
		expect(checksum).toHaveLength(64);
		expect(await fieldsOf({ unsigned: true })).toEqual(rest);
	});

	test('--wrong-key makes a signature of the right shape that does not verify', async () => {
		const fields = await fieldsOf({ wrongKey: true });
		expect(fields['checksum']).toMatch(/^[0-9a-f]{64}$/);
		expect(bayarcashIsGenuine(fields)).toBe(false);
		const iak = JSON.parse(
			bodyOf(await composed('iak/pulsa-success', { wrongKey: true })),
		) as Record<string, unknown>;
		expect(iakIsGenuine(iak)).toBe(false);
	});

	test.each([{ tamper: ['refid=x'] }, { unsigned: true }, { wrongKey: true }])(
		'%j is a problem where nothing is signed',
		async (shaping) => {
			await expect(composed('khoins/transaction-success', shaping)).rejects.toMatchObject({
				code: 'nothing-signed',
			});
			await expect(
				composed('transfez/transaction-created', {
					...shaping,
					auth: 'none',
					...(shaping.tamper === undefined ? {} : { tamper: ['state=x'] }),
				}),
			).rejects.toMatchObject({ code: 'nothing-signed' });
		},
	);

	test('two faults that exclude each other are refused', async () => {
		await expect(
			composed('iak/pulsa-success', { unsigned: true, wrongKey: true }),
		).rejects.toMatchObject({
			code: 'option-conflict',
		});
	});
});

describe('--body and --raw-body', () => {
	test('values of a JSON body are signed anew', async () => {
		const result = await composed('bayarcash/transaction-success', {
			body: '{"record_type":"transaction","order_number":"A-1","amount":"1.00","checksum":"old"}',
		});
		const fields = Object.fromEntries(new URLSearchParams(bodyOf(result)));
		expect(fields).toMatchObject({ order_number: 'A-1', amount: '1.00' });
		expect(Object.keys(fields)).toEqual(['record_type', 'order_number', 'amount', 'checksum']);
		expect(bayarcashIsGenuine(fields)).toBe(true);
	});

	test.each([
		['a form', 'record_type=transaction&order_number=A-1&amount=1.00'],
		['JSON', '{"record_type":"transaction","order_number":"A-1","amount":"1.00"}'],
	])('%s means the same', async (_name, body) => {
		expect(
			(await composed('bayarcash/transaction-success', { body })).request.signatureAt(0)?.canonical,
		).toBe('1.00|||||A-1||||transaction|||');
	});

	test('envelope, wire names and XML are understood', async () => {
		const expected = bodyOf(await composed('iak/pulsa-success', { variants: ['v2'] }));
		const xml = bodyOf(await composed('iak/pulsa-success', { variants: ['xml', 'v2'] }));
		expect(bodyOf(await composed('iak/pulsa-success', { variants: ['v2'], body: expected }))).toBe(
			expected,
		);
		expect(bodyOf(await composed('iak/pulsa-success', { variants: ['v2'], body: xml }))).toBe(
			expected,
		);
	});

	test('the inner JSON of KHOINS is not derived over', async () => {
		const body = JSON.stringify({
			refid: 'Z',
			message: JSON.stringify({ status: 'Success', message: 'own text' }),
		});
		expect(bodyOf(await composed('khoins/transaction-success', { body }))).toBe(body);
	});

	test('raw bytes go out as they are', async () => {
		const bytes = Buffer.from([0xff, 0x00, 0x7b]);
		expect((await composed('iak/pulsa-success', { rawBody: bytes })).request.body).toEqual(bytes);
		await expect(
			composed('iak/pulsa-success', { rawBody: bytes, set: ['rc=1'] }),
		).rejects.toMatchObject({
			code: 'option-conflict',
		});
	});

	test.each(['', '   ', '{"a":', '<a><b></a>', 'no equals sign', '[1,2]'])(
		'%j as a body is a problem',
		async (body) => {
			await expect(composed('iak/pulsa-success', { body })).rejects.toMatchObject({
				name: 'Problem',
			});
		},
	);
});

test('the forgery of the README can be made of every event that is signed and has a sum', async () => {
	const about = catalogue.events.filter(({ file, message }) => {
		const { amount } = message.roles;
		return amount === 'amount' && message.signature !== undefined && 'amount' in file.values;
	});
	expect(about.length).toBeGreaterThan(10);
	for (const event of about) {
		const shown = await composed(event.id, { tamper: ['amount=2.00'] });
		const text = shown.request.method === 'GET' ? shown.request.url.search : bodyOf(shown);
		expect(text, event.id).toMatch(/amount"?[=:]"?2\.00/);
	}
});
