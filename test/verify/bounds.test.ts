import { expect, test } from 'vitest';
import { readWithin } from '../../src/verify/read-fields.ts';
import { verdictOf } from '../../src/verify/verify-received.ts';
import { worldOf } from '../support/verify.ts';

const receive = (body: string, target = '/') => ({
	method: body === '' ? 'GET' : 'POST',
	target,
	headers: {},
	body: Buffer.from(body),
});
const names = (count: number) => Array.from({ length: count }, (_, at) => `f${at}`);
const objectOf = (count: number) => Object.fromEntries(names(count).map((name) => [name, 1]));
const pairs = (count: number) =>
	names(count)
		.map((name) => `${name}=1`)
		.join('&');

test.each([
	['a form', (n: number) => receive(pairs(n))],
	['a query', (n: number) => receive('', `/?${pairs(n)}`)],
	['JSON', (n: number) => receive(JSON.stringify(objectOf(n)))],
	['a list within JSON', (n: number) => receive(JSON.stringify({ a: names(n - 1) }))],
	['an object within JSON', (n: number) => receive(JSON.stringify({ a: objectOf(n - 1) }))],
	[
		'the JSON in a text',
		(n: number) => receive(JSON.stringify({ a: JSON.stringify(objectOf(n - 1)) })),
	],
	[
		'the JSON in a field of a form',
		(n: number) => receive(`a=${encodeURIComponent(JSON.stringify(objectOf(n - 1)))}`),
	],
	[
		'XML',
		(n: number) =>
			receive(
				`<m>${names(n - 1)
					.map((name) => `<${name}>1</${name}>`)
					.join('')}</m>`,
			),
	],
])('%s of 500 fields is read, and of one more not decided', async (_name, received) => {
	expect(await readWithin(received(500))).toHaveProperty('value');
	expect(await readWithin(received(501))).toEqual({ tooMuch: 'too-many-fields' });
});

test('the verdict says that it was not decided, for every provider', async () => {
	for (const provider of ['bayarcash', 'iak', 'khoins', 'transfez'])
		expect(
			await verdictOf(receive(JSON.stringify(objectOf(5_000))), worldOf(provider)),
		).toMatchObject({
			genuine: false,
			event: null,
			cause: 'too-many-fields',
			explanation: expect.stringMatching(/^Not decided: more than 500 fields/) as string,
		});
	expect(await verdictOf(receive(`a=${'x'.repeat(1024 * 1024)}`), worldOf('iak'))).toMatchObject({
		cause: 'too-long',
		explanation: expect.stringMatching(/^Not decided/) as string,
	});
});
