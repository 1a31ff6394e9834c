import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { everyCombination } from '../../src/compose/options.ts';

import { wrongKeyText } from '../../src/model/secret.ts';
import type { MistakeContext } from '../../src/verify/mistake.ts';
import { mistakesFor } from '../../src/verify/mistakes/index.ts';
import { readReceived } from '../../src/verify/read-received.ts';
import { verdictOf, verdictOfAny } from '../../src/verify/verify-received.ts';
import { catalogue, composed, eventOf, type TextShaping } from '../support/catalogue.ts';
import { firstOfEach } from '../support/long.ts';
import { judged, receivedOf, worldOf } from '../support/verify.ts';

const digestOnly = (options: readonly string[]) => options.includes('digest');

describe.each(catalogue.events.map(({ id }) => [id] as const))('%s', (id) => {
	const combinations = everyCombination(eventOf(id).message);

	test('is recognised in every combination of its choices, and genuine but for the unsigned page', async () => {
		for (const variants of combinations.filter((options) => !digestOnly(options))) {
			const { genuine, event, cause } = await judged(await composed(id, { variants }));
			const expected = variants.includes('unsigned')
				? { genuine: false, cause: 'signature-missing' }
				: { genuine: true, cause: null };
			expect({ variants, event, genuine, cause }).toEqual({ variants, event: id, ...expected });
		}
	});

	test('is recognised when fresh', async () => {
		const [variants = []] = combinations.filter((options) => !digestOnly(options));
		const { genuine, event } = await judged(await composed(id, { variants, fresh: true }));
		// Samples that differ only in their values cannot be told apart once these are fresh.
		expect([genuine, event === null ? null : eventOf(event).file.message]).toEqual([
			true,
			eventOf(id).file.message,
		]);
	});
});

/** How an event is signed decides how it is forged. */
function kindOf(id: string): 'field' | 'header' | 'nothing' {
	const { message } = eventOf(id);
	if (message.signature !== undefined && 'field' in message.signature.into) return 'field';
	return message.choices?.['auth']?.['hmac'] === undefined ? 'nothing' : 'header';
}
const ofKind = (kind: ReturnType<typeof kindOf>) =>
	catalogue.events.filter(({ id }) => kindOf(id) === kind).map(({ id }) => [id] as const);
/** The key of --wrong-key is known, as to the command: it is named, without a search among all mistakes. */
const wrong = { name: 'the wrong key', text: wrongKeyText };
const forged = async (id: string, shaping: TextShaping) => {
	const { genuine, event, cause } = await judged(await composed(id, shaping), {
		otherKeys: [wrong],
	});
	return { genuine, event, cause };
};

test('every event is signed in one of three ways, and it is known which are not signed', () => {
	const kinds = catalogue.events.map(({ id, provider }) => `${provider.id}: ${kindOf(id)}`);
	expect([...new Set(kinds)].sort()).toEqual([
		'bayarcash: field',
		'bayarcash: nothing',
		'iak: field',
		'khoins: nothing',
		'transfez: header',
	]);
	expect(ofKind('nothing').filter(([id]) => id.startsWith('bayarcash'))).toEqual([
		['bayarcash/manual-transfer'],
	]);
});

/** Looking for a mistake that explains a forgery is long work, and the same for all events of a message. */
const oneOfEachMessage = (kind: ReturnType<typeof kindOf>) =>
	firstOfEach(ofKind(kind), ([id]) => `${eventOf(id).provider.id} ${eventOf(id).file.message}`);

test.each(oneOfEachMessage('field'))(
	'%s is not genuine with a changed signature, without one, or under another key',
	async (id) => {
		const { signature } = eventOf(id).message;
		const field = signature !== undefined && 'field' in signature.into ? signature.into.field : '';
		const zeros = '0'.repeat(id.startsWith('iak') ? 32 : 64);
		expect(await forged(id, { tamper: [`${field}=${zeros}`] })).toEqual({
			genuine: false,
			event: id,
			cause: null,
		});
		expect(await forged(id, { wrongKey: true })).toEqual({
			genuine: false,
			event: id,
			cause: 'wrong-key',
		});
		expect(await forged(id, { unsigned: true })).toMatchObject({
			genuine: false,
			cause: 'signature-missing',
		});
	},
);

test.each(oneOfEachMessage('header'))(
	'%s is not genuine with a changed header or under another key, nor with a part of the headers',
	async (id) => {
		const received = receivedOf(await composed(id, { auth: 'hmac' }));
		const changed = {
			...received.headers,
			'x-transferto-hmac': Buffer.alloc(32).toString('base64'),
		};
		expect(await verdictOf({ ...received, headers: changed }, worldOf('transfez'))).toMatchObject({
			genuine: false,
			event: id,
			cause: null,
		});
		const underAnotherKey = await forged(id, { auth: 'hmac', wrongKey: true });
		expect(underAnotherKey).toEqual({ genuine: false, event: id, cause: 'wrong-key' });
		const bare = await judged(await composed(id, { auth: 'hmac', unsigned: true }));
		expect(bare).toMatchObject({ genuine: false, event: id, cause: 'signature-missing' });
	},
);

test.each(ofKind('nothing'))('%s cannot be forged, and is said to be unsigned', async (id) => {
	await expect(composed(id, { wrongKey: true })).rejects.toMatchObject({ code: 'nothing-signed' });
	await expect(composed(id, { unsigned: true })).rejects.toMatchObject({ code: 'nothing-signed' });
	const verdict = await judged(await composed(id));
	expect(verdict).toMatchObject({ event: id, signature: null });
	expect(verdict.explanation).toContain('carries no signature: anybody could have sent it');
});

describe('what is signed', () => {
	test('decides what a change is noticed in', async () => {
		for (const field of [
			'amount=60.01',
			'order_number=ORD-0061',
			'status=2',
			'payer_name=Mohd Al',
			'datetime=2024-12-27 12:15:03',
		]) {
			expect(
				(await judged(await composed('bayarcash/transaction-success', { tamper: [field] })))
					.genuine,
			).toBe(false);
		}
		expect(
			(
				await judged(
					await composed('bayarcash/transaction-identity', {
						tamper: ['payer_identity_verified:=false'],
					}),
				)
			).genuine,
		).toBe(true);
	});
});

describe('the X-TransferTo headers', () => {
	const verdict = async (change: Record<string, string>) => {
		const received = receivedOf(await composed('transfez/transaction-completed', { auth: 'hmac' }));
		return verdictOf(
			{ ...received, headers: { ...received.headers, ...change } },
			worldOf('transfez'),
		);
	};
	test('are judged where they are there, and never passed over as a way without a signature', async () => {
		expect(await verdict({})).toMatchObject({
			genuine: true,
			options: ['enveloped', 'typed', 'hmac'],
		});
		expect(await verdict({ 'x-transferto-hmac': 'forged' })).toMatchObject({
			genuine: false,
			cause: null,
		});
		expect(await verdict({ 'x-transferto-nonce': '1' })).toMatchObject({ genuine: false });
		expect(await verdict({ 'x-transferto-apikey': 'somebody' })).toMatchObject({
			genuine: false,
			cause: 'wrong-username',
		});
		for (const header of ['x-transferto-apikey', 'x-transferto-nonce']) {
			const { body, method, target } = receivedOf(
				await composed('transfez/transaction-completed', { auth: 'hmac' }),
			);
			const part = {
				body,
				method,
				target,
				headers: { 'content-type': 'application/json', [header]: '1' },
			};
			expect(await verdictOf(part, worldOf('transfez'))).toMatchObject({
				genuine: false,
				cause: 'signature-missing',
			});
		}
		const hex = createHmac('sha256', 'api-secret-demo').update('api-key-demo0').digest('hex');
		expect(await verdict({ 'x-transferto-hmac': hex })).toMatchObject({
			genuine: false,
			cause: 'signature-hex',
		});
	});
});

describe('a signature that is none', () => {
	test.each([
		['00ff', 'signature-malformed'],
		['3e34a8dfcfe43c2afd971c8319c968a5', 'signature-truncated'],
		['zz34a8dfcfe43c2afd971c8319c968a5c81e8bc1ee72d13318a8e07d4a07ecb4', 'signature-malformed'],
		['3e34a8dfcfe43c2afd971c8319c968a5c81e8bc1ee72d13318a8e07d4a07ecb5', null],
	])('%s is %s', async (signature, cause) => {
		expect(
			await judged(
				await composed('bayarcash/transaction-success', { tamper: [`checksum=${signature}`] }),
			),
		).toMatchObject({ genuine: false, cause });
	});
});

const nothingKnown = {
	values: {},
	documentedOrder: ['ref_id', 'hp'],
	otherLists: [],
	signed: [],
	key: '',
	otherKeys: [],
	honest: '',
	signatureField: 'sign',
	otherReferences: [],
	amountField: undefined,
	knownFields: [],
	zone: '+08:00',
	body: undefined,
	referenceField: 'ref_id',
};

test('of two readings the one with fewer mistakes is named', async () => {
	const item = await composed('bayarcash/pre-transaction');
	const received = receivedOf(item);
	const fields = new URLSearchParams(Buffer.from(received.body).toString());
	const four = ['exchange_reference_number', 'order_number', 'record_type', 'transaction_id'];
	const text = four.map((name) => fields.get(name)).join('|');
	fields.set('checksum', createHash('sha256').update(text).digest('hex'));
	const body = Buffer.from(fields.toString());
	const { cause, options } = await verdictOf({ ...received, body }, worldOf('bayarcash'));
	expect([cause, options]).toEqual(['plain-hash', ['form', '4-fields']]);
});

describe('hostile bodies', () => {
	const read = (body: string, type: string) =>
		verdictOf(
			{ method: 'POST', target: '/', headers: { 'content-type': type }, body: Buffer.from(body) },
			worldOf('iak'),
		);
	test.each([
		[
			'an external entity',
			'<!DOCTYPE mp [<!ENTITY x SYSTEM "file:///x">]><mp>&x;</mp>',
			'application/xml',
		],
		['a prototype', '<mp><__proto__>1</__proto__></mp>', 'application/xml'],
		['deep XML', `${'<mp>'.repeat(50_000)}${'</mp>'.repeat(50_000)}`, 'application/xml'],
		['a deep form', `a${'[x]'.repeat(5_000)}=1`, 'application/x-www-form-urlencoded'],
		[
			'many fields',
			Array.from({ length: 3_000 }, (_, at) => `f${at}=1`).join('&'),
			'application/x-www-form-urlencoded',
		],
		['deep JSON', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'application/json'],
		['bytes that are no text', '\ufffd\0', 'application/json'],
	])('%s is unreadable or of no shape, and no error', async (_name, body, type) => {
		expect(await read(body, type)).toMatchObject({ genuine: false, event: null });
	});

	test('a field that stands there twice is told, since receivers differ in which one they read', async () => {
		const { body } = receivedOf(await composed('bayarcash/transaction-success'));
		const twice = `amount=1.00&${Buffer.from(body).toString()}`;
		expect(
			await verdictOf(
				{ method: 'POST', target: '/', headers: {}, body: Buffer.from(twice) },
				worldOf('bayarcash'),
			),
		).toMatchObject({ genuine: false, cause: 'duplicate-field' });
	});

	const countOf = (given: MistakeContext) => Object.values(mistakesFor(given)).flat().length;

	test('four hundred strange fields do not lengthen the search', async () => {
		const add = Array.from({ length: 400 }, (_, at) => `extra${at}=${at}`);
		const verdict = await judged(
			await composed('iak/pulsa-success', { add, tamper: [`sign=${'0'.repeat(32)}`] }),
		);
		expect(verdict.genuine).toBe(false);
		const values = Object.fromEntries(add.map((text) => text.split('=')));
		expect(countOf({ ...nothingKnown, values })).toBe(countOf(nothingKnown));
	});

	test('a long value is judged at once, without a search for mistakes', async () => {
		const long = await composed('bayarcash/transaction-success', {
			set: [`payer_name=${'x'.repeat(500_000)}`],
			tamper: [`checksum=${'0'.repeat(64)}`],
		});
		expect(await judged(long)).toMatchObject({ genuine: false, cause: null });
	});
});

describe('inputs', () => {
	const id = 'bayarcash/transaction-success';
	const verdict = (text: string | Uint8Array, type?: string, provider = 'bayarcash') =>
		verdictOfAny(readReceived(Buffer.from(text), type), worldOf(provider));

	test('a raw request, with either line end and one more at its end', async () => {
		const received = receivedOf(await composed(id));
		const head = [
			'POST /cb HTTP/1.1',
			'Host: localhost',
			'Content-Type: application/x-www-form-urlencoded',
		];
		for (const end of ['\r\n', '\n']) {
			expect(
				await verdict(`${head.join(end)}${end}${end}${Buffer.from(received.body).toString()}\n`),
			).toMatchObject({
				genuine: true,
				event: id,
			});
		}
	});

	test('a body alone, with and without its type', async () => {
		const body = Buffer.from(receivedOf(await composed(id)).body);
		expect(await verdict(body)).toMatchObject({ genuine: true });
		expect(await verdict(body, 'application/x-www-form-urlencoded')).toMatchObject({
			genuine: true,
		});
		expect(
			await verdict(receivedOf(await composed(id, { variants: ['json'] })).body),
		).toMatchObject({ genuine: true });
		expect(
			await verdict(
				receivedOf(await composed('iak/game-success', { variants: ['xml'] })).body,
				undefined,
				'iak',
			),
		).toMatchObject({ genuine: true });
	});

	test('a URL, a query, and a query glued behind another', async () => {
		for (const to of ['http://localhost/done', 'http://localhost/done?order=1']) {
			const { request } = await composed('bayarcash/receipt-success', {}, { target: new URL(to) });
			expect(await verdict(request.url.href)).toMatchObject({
				genuine: true,
				event: 'bayarcash/receipt-success',
			});
			expect(await verdict(request.url.search)).toMatchObject({ genuine: true });
		}
		const { request } = await composed('bayarcash/receipt-success');
		expect(await verdict(request.url.search.slice(1))).toMatchObject({
			genuine: true,
			event: 'bayarcash/receipt-success',
		});
	});

	test('a pretty-printed HAR, and one with parameters in place of text', async () => {
		const text = Buffer.from(receivedOf(await composed(id)).body).toString();
		const entry = (postData: object) => ({
			log: {
				entries: [
					{ request: { method: 'GET', url: 'http://localhost/' } },
					{ request: { method: 'POST', url: 'http://localhost/cb', headers: [], postData } },
				],
			},
		});
		expect(await verdict(JSON.stringify(entry({ text }), null, 2))).toMatchObject({
			genuine: true,
			event: id,
		});
		const params = [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
		expect(await verdict(JSON.stringify(entry({ params })))).toMatchObject({
			genuine: true,
			event: id,
		});
	});

	test('a chunked request, and one inside the text that show prints', async () => {
		const text = Buffer.from(receivedOf(await composed(id)).body).toString();
		const head = 'POST /cb HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n';
		const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n10\r\n${text.slice(0, 16)}\r\n${(text.length - 16).toString(16)}\r\n${text.slice(16)}\r\n0\r\n\r\n`;
		expect(await verdict(chunked)).toMatchObject({ genuine: true, event: id });
		expect(
			await verdict(
				`${id} · form\n\n${head}Content-Length: ${text.length}\r\n\r\n${text}\n\nhmac-sha256 over 13 fields`,
			),
		).toMatchObject({ genuine: true });
	});

	test('a line of this tool and a HAR entry', async () => {
		const { body, headers } = receivedOf(await composed(id));
		const text = Buffer.from(body).toString();
		expect(
			await verdict(
				JSON.stringify({
					v: 1,
					type: 'attempt',
					request: { method: 'POST', url: 'http://localhost/cb', headers, body: text },
				}),
			),
		).toMatchObject({ genuine: true });
		const har = {
			request: {
				method: 'POST',
				url: 'http://localhost/cb',
				headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
				postData: { text },
			},
		};
		expect(await verdict(JSON.stringify({ log: { entries: [har] } }))).toMatchObject({
			genuine: true,
		});
	});

	test('what is nothing, or of no shape, is told apart from what is forged', async () => {
		expect(() => readReceived(Buffer.from('  \n'), undefined)).toThrow(
			expect.objectContaining({ code: 'body-invalid' }),
		);
		expect(await verdict('hello')).toMatchObject({ genuine: false, cause: 'unreadable' });
		expect(await verdict('{"hello":"context"}')).toMatchObject({
			genuine: false,
			cause: 'unknown-shape',
			event: null,
		});
	});

	test.each([
		'{"url":null}',
		'{"url":5}',
		'{"url":"/x"}',
		'{"log":5}',
		'{"log":{"entries":[null]}}',
		'{"log":{"entries":5}}',
		'{"log":{"entries":[{"request":[]}]}}',
		'{"request":null}',
		'{"request":{"url":{}}}',
		'{"type":"started"}\nnull\n5\n[]',
		'{"__proto__":{"url":"/x","body":5}}',
	])('JSON of another shape is judged as a body: %s', async (text) => {
		expect((await verdict(text)).cause).toMatch(/^(unknown-shape|unreadable)$/);
	});

	test.each([
		'{"url":"/x","body":{}}',
		'{"url":"/x","body":5}',
		'{"url":"/x","bodyBase64":{}}',
		'{"request":{"url":"/x","postData":{"params":5}}}',
		'{"request":{"url":"/x","postData":{"params":[{"name":5}]}}}',
		'{"log":{"entries":[{"request":{"method":"POST","url":"/x","postData":{"text":[]}}}]}}',
	])('a request whose body is no text is a problem: %s', (text) => {
		expect(() => readReceived(Buffer.from(text), undefined)).toThrow(
			expect.objectContaining({ code: 'body-invalid' }),
		);
	});

	test('one odd entry, and headers of any shape, do not hide the request beside them', async () => {
		const { body, headers } = receivedOf(await composed(id));
		const text = Buffer.from(body).toString();
		const request = (more: object) => ({
			request: { method: 'POST', url: '/cb', postData: { text }, ...more },
		});
		const odd = [null, 5, { request: null }, { request: { url: '/x', postData: { text: 5 } } }];
		for (const shape of [
			undefined,
			null,
			5,
			'x',
			[null, { name: 5 }, 7],
			{ a: null, b: 5, c: ['x'], ...headers },
		]) {
			const har = { log: { entries: [...odd, request({ headers: shape })] } };
			expect(await verdict(JSON.stringify(har))).toMatchObject({ genuine: true, event: id });
		}
	});

	test('the first of equal requests is judged: a retry may carry other headers', () => {
		const line = (name: string) =>
			JSON.stringify({ method: 'POST', url: '/x', body: 'a=1', headers: { name } });
		expect(readReceived(Buffer.from(`${line('first')}\n${line('second')}`), undefined)).toEqual([
			expect.objectContaining({ headers: { name: 'first' } }),
		]);
	});

	test.each([
		['/?a=1', 'a=1'],
		['https://shop.test/x?y=1?a=1', 'a=1'],
		['?a=1?b=2', 'a=1?b=2'],
		['/x?a=1?', 'a=1?'],
	])('the query of %s is %s', (text, query) => {
		const [, asBody] = readReceived(Buffer.from(text), undefined);
		expect(Buffer.from(asBody?.body ?? []).toString()).toBe(query);
	});

	test('a long line that turns out to be neither is read once, not once for every sign in it', () => {
		for (const sign of ['?', '=', '/?', '?='])
			expect(readReceived(Buffer.from(`${sign.repeat(200_000)} x`), undefined)).toHaveLength(1);
	});
});
