import { Chalk } from 'chalk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verdictJson } from '../../src/report/json/callback-json.ts';
import { verdictLines } from '../../src/report/text/verdict-text.ts';
import { readReceived } from '../../src/verify/read-received.ts';
import { verdictOf, verdictOfAny } from '../../src/verify/verify-received.ts';
import { catalogue, composed } from '../support/catalogue.ts';
import { anyJson, anyName, anyText, type Json, mutated } from '../support/mutations.ts';
import { fuzzRuns, problemOr } from '../support/only-problems.ts';
import { receivedOf, worldOf } from '../support/verify.ts';

const contexts = catalogue.providers.map(({ id }) => worldOf(id));

/** Reads and judges as `verify` does, and tells it both ways. */
async function verified(input: string | Uint8Array, type?: string): Promise<void> {
	const bytes = Buffer.from(input);
	for (const context of contexts)
		await problemOr(async () => {
			const verdict = await verdictOfAny(readReceived(bytes, type), context);
			verdictLines(verdict, new Chalk({ level: 0 }), true);
			JSON.stringify(verdictJson(verdict, (text) => text));
		});
}

const captures = await Promise.all(
	(
		[
			['bayarcash/transaction-success', {}],
			['bayarcash/transaction-success', { encoding: 'json' }],
			['bayarcash/receipt-success', {}],
			['iak/pulsa-success', {}],
			['iak/pulsa-success', { variants: ['xml'] }],
			['khoins/transaction-success', {}],
			['khoins/topup-ticket-success', {}],
			['transfez/transaction-completed', {}],
			['transfez/transaction-completed', { auth: 'hmac' }],
		] as const
	).map(async ([id, shaping]) => receivedOf(await composed(id, shaping))),
);

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const asLine = captures.map(
	({ method, target, headers, body }): Json => ({
		v: 1,
		type: 'attempt',
		request: { method, url: `http://localhost${target}`, headers, body: text(body) },
	}),
);
const asHar = captures.map(({ method, target, headers, body }): Json => {
	const params = [...new URLSearchParams(text(body))].map(([name, value]) => ({ name, value }));
	const pairs = Object.entries(headers).map(([name, value]) => ({ name, value }));
	const entry = {
		request: {
			method,
			url: target,
			headers: pairs,
			postData: { mimeType: '', text: text(body), params },
		},
	};
	return { log: { version: '1.2', entries: [entry, entry] } };
});
const jsonBodies = captures.flatMap(({ body }) =>
	text(body).startsWith('{') ? [JSON.parse(text(body)) as Json] : [],
);
const raw = captures.map(({ method, target, headers, body }) => {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	return Buffer.concat([
		Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`),
		body,
	]);
});

/** A text or bytes in which a few stretches are gone, doubled or something else. */
const torn = (whole: Uint8Array) =>
	fc
		.array(
			fc.tuple(
				fc.nat(whole.length),
				fc.nat(12),
				fc.oneof(anyText, fc.uint8Array({ maxLength: 8 })),
			),
			{
				maxLength: 4,
			},
		)
		.map((cuts) =>
			cuts.reduce<Uint8Array>(
				(bytes, [at, length, put]) =>
					Buffer.concat([bytes.slice(0, at), Buffer.from(put as string), bytes.slice(at + length)]),
				whole,
			),
		);

test('any JSON, any HAR and any line is judged, or refused with a problem', async () => {
	const input = fc.oneof(
		anyJson,
		mutated(...asLine, ...asHar),
		mutated(...jsonBodies),
		fc.dictionary(
			fc.constantFrom(
				'url',
				'method',
				'headers',
				'body',
				'bodyBase64',
				'postData',
				'request',
				'log',
			),
			anyJson,
		),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(input, { minLength: 1, maxLength: 3 }), async (lines) => {
			await verified(lines.map((line) => JSON.stringify(line)).join('\n'));
			await verified(JSON.stringify(lines[0]), 'application/json');
		}),
		fuzzRuns(50),
	);
}, 3_600_000);

test('any bytes, and a capture that is torn anywhere, too', async () => {
	const input = fc.oneof(
		fc.uint8Array({ maxLength: 200 }),
		anyText.map((one) => Buffer.from(one)),
		...raw.map(torn),
		...captures.map(({ body }) => torn(body)),
		...captures.map(({ target }) => torn(Buffer.from(target))),
	);
	const type = fc.constantFrom(
		undefined,
		'application/json',
		'application/xml',
		'application/x-www-form-urlencoded',
		'',
	);
	await fc.assert(
		fc.asyncProperty(input, type, async (bytes, contentType) => verified(bytes, contentType)),
		fuzzRuns(50),
	);
}, 3_600_000);

test('a request of any method, target and headers is judged without a problem', async () => {
	const headers = fc.dictionary(
		fc.oneof(
			anyName,
			fc.constantFrom(
				'content-type',
				'authorization',
				'x-transferto-hmac',
				'x-transferto-apikey',
				'host',
			),
		),
		fc.oneof(anyText, digest(), fc.constantFrom('application/json', 'text/xml')),
	);
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...captures),
			anyText,
			anyText,
			headers,
			fc.boolean(),
			async (capture, method, target, more, same) => {
				const received = {
					method: same ? capture.method : method,
					target: same ? capture.target : target,
					headers: { ...capture.headers, ...more },
					body: capture.body,
				};
				for (const context of contexts)
					expect(await verdictOf(received, context)).toMatchObject({
						genuine: expect.any(Boolean) as boolean,
					});
			},
		),
		fuzzRuns(50),
	);
}, 3_600_000);

/** An answer to a challenge that says anything of itself. */
function digest(): fc.Arbitrary<string> {
	const names = fc.constantFrom(
		'username',
		'realm',
		'nonce',
		'uri',
		'response',
		'algorithm',
		'qop',
		'nc',
		'cnonce',
		'__proto__',
	);
	const values = fc.oneof(
		anyText,
		fc.constantFrom(
			'constructor',
			'MD5',
			'SHA-256-sess',
			'auth',
			'auth-int',
			'00000001',
			'login-demo',
		),
	);
	return fc.dictionary(names, values).map(
		(params) =>
			`Digest ${Object.entries(params)
				.map(([name, value]) => `${name}="${value}"`)
				.join(', ')}`,
	);
}
