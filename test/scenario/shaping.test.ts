import { describe, expect, test } from 'vitest';
import { scenarioOf, tried } from '../support/scenario.ts';
import { answering, type Seen } from '../support/server.ts';
import { bayarcashIsGenuine, parsedBody } from '../support/verifier.ts';

const head = 'name: a\nprovider: bayarcash\n';

async function sent(
	text: string,
): Promise<{ seen: Seen[]; bodies: string[]; passed: boolean; failures: readonly string[] }> {
	const { url, seen } = await answering(200);
	const { passed, failures } = await tried(text, { to: url });
	return { seen, bodies: seen.map(({ body }) => body.toString('utf8')), passed, failures };
}
const fieldsOf = (seen: Seen | undefined) => (seen === undefined ? {} : parsedBody(seen));

describe('values', () => {
	test('numbers stand as they are written, and what is signed is genuine', async () => {
		const { seen, passed } = await sent(
			`${head}steps: [{ fire: transaction-success, amount: 75.50, set: { transaction_id: 12345678901234567890, payer_name: 1e3 } }]`,
		);
		expect(passed).toBe(true);
		expect(fieldsOf(seen[0])).toMatchObject({
			amount: '75.50',
			transaction_id: '12345678901234567890',
			payer_name: '1e3',
		});
		expect(bayarcashIsGenuine(fieldsOf(seen[0]))).toBe(true);
	});

	test('a number in a text, in JSON as in YAML, and through a variable', async () => {
		const { seen } = await sent(
			`{"name": "a", "vars": {"sum": 60.10, "id": 12345678901234567890}, "provider": "bayarcash", "steps": [
				{"fire": "transaction-success", "amount": "\${vars.sum}", "set": {"order_number": "A-\${vars.id}", "transaction_id": "\${vars.id}"}}]}`,
		);
		expect(fieldsOf(seen[0])).toMatchObject({
			amount: '60.10',
			order_number: 'A-12345678901234567890',
			transaction_id: '12345678901234567890',
		});
	});

	test('keep the JSON type that is there; null and := change it', async () => {
		const { bodies } = await sent(
			`${head}encoding: json\nsteps:\n  - fire: transaction-success\n    set: { status: 4, payer_bank_name: null, amount: 5 }\n  - fire: transaction-success\n    set: ['status:="3"', 'payer_name=Ali']\n`,
		);
		expect(bodies[0]).toContain('"status":4');
		expect(bodies[0]).toContain('"payer_bank_name":null');
		expect(bodies[0]).toContain('"amount":"5"');
		expect(bodies[1]).toContain('"status":"3"');
		expect(bodies[1]).toContain('"payer_name":"Ali"');
	});

	test('an object replaces an object, and a field inside KHOINS’ inner JSON is reached', async () => {
		const { bodies } = await sent(
			'name: a\nsteps: [{ fire: transfez/transaction-completed, auth: none, set: { destination: { amount: "7.00", currency: MYR } } }]',
		);
		expect(bodies[0]).toContain('"destination":{"amount":"7.00","currency":"MYR"}');
	});

	test('add and unset', async () => {
		const { seen } = await sent(
			`${head}steps: [{ fire: transaction-success, add: { promo_code: X1 }, unset: [payer_email] }]`,
		);
		expect(fieldsOf(seen[0])).toMatchObject({ promo_code: 'X1' });
		expect(fieldsOf(seen[0])).not.toHaveProperty('payer_email');
	});

	test('body replaces all of them, with names filled in', async () => {
		const { bodies } = await sent(
			`${head}vars: { o: B-1 }\nsteps: [{ fire: transaction-success, encoding: json, body: '{"order_number":"\${vars.o}","amount":1.50}' }]`,
		);
		expect(bodies[0]).toMatch(
			/^\{"order_number":"B-1","amount":1\.50,"checksum":"[0-9a-f]{64}"\}$/,
		);
	});
});

describe('headers', () => {
	test('are a map or a list', async () => {
		const { seen } = await sent(
			`${head}vars: { v: 7 }\nsteps:\n  - { fire: transaction-success, header: { x-a: 1.50, x-b: "v\${vars.v}" } }\n  - { fire: transaction-success, header: ["x-a: one", "x-b: two: three"] }\n`,
		);
		expect(seen.map(({ headers }) => [headers['x-a'], headers['x-b']])).toEqual([
			['1.50', 'v7'],
			['one', 'two: three'],
		]);
	});

	test('of the step take the place of the scenario’s of that name', async () => {
		const { seen } = await sent(
			`${head}header: { x-a: one }\nsteps: [{ fire: transaction-success, header: { X-A: two } }]`,
		);
		expect(seen[0]?.headers['x-a']).toBe('two');
	});
});

describe('faults', () => {
	test('tamper, unsigned and wrongKey are sent, and a refusal may be expected', async () => {
		const { url, seen } = await answering(403);
		const expect4xx = 'retry: none, expect: { status: 4xx, acknowledged: false, attempts: 1 }';
		const { passed } = await tried(
			`${head}steps:\n  - { fire: transaction-success, tamper: { amount: 1.00 }, ${expect4xx} }\n  - { fire: transaction-success, unsigned: true, ${expect4xx} }\n  - { fire: transaction-success, wrongKey: true, ${expect4xx} }\n`,
			{ to: url },
		);
		expect(passed).toBe(true);
		expect(seen.map((one) => bayarcashIsGenuine(parsedBody(one)))).toEqual([false, false, false]);
		expect(fieldsOf(seen[0])['amount']).toBe('1.00');
		expect(fieldsOf(seen[1])).not.toHaveProperty('checksum');
	});

	test('one that the receiver accepts fails', async () => {
		const { url } = await answering(200);
		const { failures } = await tried(
			`${head}steps: [{ fire: transaction-success, wrongKey: true, expect: { status: 4xx, acknowledged: false } }]`,
			{ to: url },
		);
		expect(failures).toEqual([
			'acknowledged: not acknowledged ≠ acknowledged at attempt 1',
			'status: status 4xx ≠ status 200',
		]);
	});
});

describe('settings of the scenario', () => {
	test('encoding, auth, variant and set reach the steps where they mean something', async () => {
		const { seen, passed } = await sent(
			'name: a\nencoding: json\nauth: none\nset: { payer_name: Ali }\nsteps:\n  - fire: bayarcash/transaction-success\n  - fire: khoins/transaction-success\n  - fire: bayarcash/pre-transaction\n  - fire: transfez/transaction-completed\n',
		);
		expect(passed).toBe(true);
		expect(seen.map(({ headers }) => headers['content-type'])).toEqual([
			'application/json',
			expect.any(String),
			'application/json',
			'application/json',
		]);
		expect(fieldsOf(seen[0])['payer_name']).toBe('Ali');
	});

	test('a step is stronger, and so is the reference that it names', async () => {
		const { seen } = await sent(
			`${head}set: { order_number: WHOLE }\nsteps:\n  - fire: transaction-success\n  - { fire: transaction-success, set: { order_number: SET } }\n  - { fire: transaction-success, ref: REF }\n`,
		);
		expect(seen.map((one) => fieldsOf(one)['order_number'])).toEqual(['WHOLE', 'SET', 'REF']);
	});

	test('duplicate sends identical requests', async () => {
		const { bodies } = await sent(
			`${head}fresh: true\nsteps: [{ fire: transaction-success, duplicate: 3 }]`,
		);
		expect(bodies).toHaveLength(3);
		expect(new Set(bodies).size).toBe(1);
	});

	test.each([
		['variant: nothing', 'option-unknown'],
		['encoding: xml', 'option-unknown'],
		['set: { amuont: 5 }', 'path-unknown'],
		['retry: often', 'schedule-invalid'],
		['timeout: 5', 'scenario-invalid'],
		['timeout: 5x', 'duration-invalid'],
		['body: "@nowhere"', 'file-unreadable'],
		['header: ["x"]', 'header-invalid'],
		['to: "ftp://x"', 'target-invalid'],
		['to: "http://8.8.8.8/"', 'target-remote'],
		['probe: { url: "ftp://x", equals: 1 }', 'target-invalid'],
	])('%s is a mistake that is told before anything is sent', async (setting, code) => {
		const { url, seen } = await answering(200);
		const text = `${head}steps:\n  - fire: transaction-success\n  - fire: transaction-success\n    ${setting}\n`;
		const error = await tried(text, { to: url }).catch((cause: unknown) => cause);
		expect(error).toMatchObject({
			code,
			message: expect.stringMatching(/^test-1\.yaml:[56]:\d+: step 2:/) as string,
		});
		expect(seen).toEqual([]);
	});

	test.each([
		['set: { trnsaction_id: "${steps.1.request.transaction_id}" }', 'path-unknown'],
		['set: { trnsaction_id: "${steps.1.response.id}" }', 'path-unknown'],
		['ref: "${steps.1.response.id}"\n    retry: often', 'schedule-invalid'],
		['ref: "${steps.1.response.id}"\n    timeout: 5x', 'duration-invalid'],
		['ref: "${steps.1.response.id}"\n    body: "@nowhere"', 'file-unreadable'],
		['ref: "${steps.1.response.id}"\n    amount: much', 'value-misfit'],
		['probe: { command: "echo $(echo ${steps.1.response.id})", equals: 1 }', 'scenario-invalid'],
	])('so is %s of a step that asks an earlier one', async (setting, code) => {
		const { url, seen } = await answering(200);
		const text = `${head}steps:\n  - fire: transaction-success\n  - fire: transaction-failed\n    ${setting}\n`;
		const error = await tried(text, { to: url }).catch((cause: unknown) => cause);
		expect(error).toMatchObject({ code });
		expect(seen).toEqual([]);
	});

	test('every option of fire is a key of a step', () => {
		const all =
			'{ fire: transaction-success, name: n, id: i, after: 1s, repeat: 2, ref: R, amount: 5.00, set: { payer_name: x }, add: { x: 1 }, unset: payer_email, variant: form, encoding: form, fresh: true, tamper: { amount: 1.00 }, header: { x: y }, to: ":3000/cb", returnTo: ":3000/r", retry: none, speed: max, timeout: 0, delay: 0, duplicate: 2, insecure: true, allowRemote: true, resolve: { shop.test: 127.0.0.1 }, waitFor: 1s, realTime: false, expect: { acknowledged: true } }';
		expect(() => scenarioOf(`${head}steps: [${all}]`)).not.toThrow();
	});
});
