import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/model/problem.ts';
import { readReceived } from '../../src/verify/read-received.ts';
import { verdictOfAny } from '../../src/verify/verify-received.ts';
import { bodyOf, composed } from '../support/catalogue.ts';
import { runs } from '../support/long.ts';
import { callsim } from '../support/run-cli.ts';
import { worldOf } from '../support/verify.ts';

/** One genuine callback, whose payer has quotes, brackets and an arrow in the name, in every form that people have one in. */
const folder = join(import.meta.dirname, 'wrappings');
const files = readdirSync(folder);
const contents = (file: string) => readFileSync(join(folder, file));
const name = `Nur'ain "Siti" [a] => (b) & Ünal $x`;
const success = 'bayarcash/transaction-success';

const verdict = (text: string | Uint8Array, provider = 'bayarcash') =>
	verdictOfAny(readReceived(Buffer.from(text), undefined), worldOf(provider));

describe('a genuine callback', () => {
	test.each(files.map((file) => [file]))('is found and judged in %s', async (file) => {
		const event = file === 'receipt-url.txt' ? 'bayarcash/receipt-success' : success;
		expect(await verdict(contents(file))).toMatchObject({ genuine: true, event });
	});

	test.each(files.filter((file) => file !== 'receipt-url.txt').map((file) => [file]))(
		'is a body to start from in %s',
		async (file) => {
			const body = contents(file).toString();
			expect(bodyOf(await composed(success, { body }))).toBe(
				bodyOf(await composed(success, { set: [`payer_name=${name}`] })),
			);
		},
	);

	test('with one changed value is not genuine in any of them', async () => {
		for (const file of files) {
			const changed = contents(file).toString().replaceAll('ORD-0060', 'ORD-0061');
			// The others are in Base64.
			if (changed.includes('ORD-0061'))
				expect(await verdict(changed), file).toMatchObject({ genuine: false });
		}
	});
});

test('whatever is torn or mixed up is judged, or refused with a problem', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...files),
			fc.double({ min: 0, max: 1, noNaN: true }),
			async (file, part) => {
				const whole = contents(file).toString();
				const text = whole.slice(0, Math.ceil(whole.length * part));
				const read = () => {
					try {
						return readReceived(Buffer.from(text), undefined).length;
					} catch (error) {
						return error;
					}
				};
				expect(read()).toSatisfy((it) => it instanceof Problem || it > 0);
			},
		),
		runs(300),
	);
});

describe('fields that somebody had read already', () => {
	const said = async (text: string, wanted: string) => {
		const [first] = readReceived(Buffer.from(text), undefined);
		expect(Buffer.from(first?.body ?? []).toString()).toBe(wanted);
	};
	test.each([
		['null and numbers of Python', "{'a': None, 'b': 60.00, 'c': True, 'd': {'e': ['f']}}"],
		['those of Node', "{ a: null, b: 60.00, c: true, d: { e: [ 'f' ] } }"],
		['those of Ruby', '{"a"=>nil, "b"=>60.00, "c"=>true, "d"=>{"e"=>["f"]}}'],
		['symbols of Ruby', '{:a=>nil, :b=>60.00, :c=>true, :d=>{:e=>["f"]}}'],
		['those of PHP', "[ 'a' => null, 'b' => 60.00, 'c' => true, 'd' => ['e' => ['f']] ]"],
		[
			'an object of PHP',
			"(object) array(\n  'a' => NULL,\n  'b' => 60.00,\n  'c' => true,\n  'd' => \n  array (\n    'e' => \n    array (\n      0 => 'f',\n    ),\n  ),\n)",
		],
		[
			'a time in brackets before them',
			"[2025-01-02 10:00:00] got {'a': None, 'b': 60.00, 'c': True, 'd': {'e': ['f']}}",
		],
		[
			'a dump with types',
			'array(4) {\n  ["a"]=>\n  NULL\n  ["b"]=>\n  float(60.00)\n  ["c"]=>\n  bool(true)\n  ["d"]=>\n  array(1) {\n    ["e"]=>\n    array(1) {\n      [0]=>\n      string(1) "f"\n    }\n  }\n}',
		],
	])('keep their types: %s', async (_kind, text) => {
		const [first] = readReceived(Buffer.from(text), undefined);
		const body = Buffer.from(first?.body ?? []).toString();
		expect(body.replace('{"0":"f"}', '["f"]')).toBe(
			'{"a":null,"b":60.00,"c":true,"d":{"e":["f"]}}',
		);
	});

	test('a value over several lines stays whole', async () => {
		await said(
			'Array\n(\n    [a] => one\ntwo\n    [b] => Array\n        (\n            [c] => 1\n        )\n\n)\n',
			'{"a":"one\\ntwo","b":{"c":"1"}}',
		);
	});

	test('a literal that is cut short, or JSON that is broken, is none', () => {
		for (const text of [
			"{ a: 'b', c: [Object] }",
			"{ c: [Object], d: { a: 'b' } }",
			"array('c' => [Object], 'd' => array('a' => 'b'))",
			"{'a': 'b', ",
			"{ a: 'b', ... 2 more items }",
			'{"a": "b",}',
			'{"a": \'b\'}',
		])
			expect(
				Buffer.from(readReceived(Buffer.from(text), undefined)[0]?.body ?? []).toString(),
			).toBe(text);
	});
});

describe('a command line of curl', () => {
	const read = (line: string) => {
		const [first] = readReceived(Buffer.from(line), undefined);
		return { ...first, body: Buffer.from(first?.body ?? []).toString() };
	};
	test.each([
		['curl -d a=1 -d b=2 http://localhost/cb', { method: 'POST', target: '/cb', body: 'a=1&b=2' }],
		["curl -XPUT http://localhost -da=1 -H'X-A: b'", { method: 'PUT', target: '/', body: 'a=1' }],
		[
			'curl -G http://localhost/cb?x=1 --data-urlencode "a=b c"',
			{ method: 'GET', target: '/cb?x=1&a=b%20c', body: '' },
		],
		[
			'curl -sS -u me:secret -o out.txt "localhost:3000/cb?a=1"',
			{ method: 'GET', target: '/cb?a=1', body: '' },
		],
		['curl --json \'{"a":1}\' localhost/cb', { method: 'POST', target: '/cb', body: '{"a":1}' }],
		['curl -F a=1 -F "b=x y" localhost/cb', { method: 'POST', target: '/cb', body: 'a=1&b=x%20y' }],
		['curl -d "a=1" localhost/cb | jq .', { method: 'POST', target: '/cb', body: 'a=1' }],
		['curl -d "a=\\"1\\"" \\\n localhost/cb', { method: 'POST', target: '/cb', body: 'a="1"' }],
	])('%s', (line, wanted) => {
		expect(read(line)).toMatchObject(wanted);
	});

	test('whose body stands in a file is refused with the file named', () => {
		expect(() => read('curl -d @order.json localhost/cb')).toThrow(
			expect.objectContaining({
				code: 'body-invalid',
				message: expect.stringContaining('order.json') as string,
			}),
		);
	});
});

describe('the command', () => {
	test.each([
		['{"hello":"world"}', 'no field at all'],
		[
			'{"payload":{"record_type":"transaction","order_number":"ORD-1"},"id":"1"}',
			'fields in an envelope of no known kind',
		],
		[
			'{"status":"ok","text":"record_type=transaction&order_number=ORD-1"}',
			'fields in a text inside',
		],
		['{"record_type":', 'half of a body'],
		['Array\n(\n    [hello] => world\n)\n', 'a dump of something else'],
	])('calls %s unreadable (%s), and not a forgery', async (input) => {
		expect(await callsim(['verify', 'bayarcash', '-'], { input })).toMatchObject({
			code: 2,
			stdout: '',
			stderr: expect.stringContaining('body-invalid') as string,
		});
	});

	test('calls a callback that lacks most of its fields what it is', async () => {
		expect(
			await callsim(['verify', 'bayarcash', '-'], { input: '{"record_type":"transaction"}' }),
		).toMatchObject({
			code: 1,
		});
	});

	test.each([
		'hello=world',
		'{"hello":"world"}',
		'https://shop.test/x?hello=world',
		'curl -d hello=world localhost',
	])('never signs and sends %s, in which there is no documented field', async (body) => {
		expect(
			await callsim(['fire', success, '--to', 'http://127.0.0.1:9/cb', '--body', body]),
		).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('no documented field was found') as string,
		});
	});
});
