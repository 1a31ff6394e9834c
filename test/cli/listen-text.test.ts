import { describe, expect, test } from 'vitest';
import { deliveryOf, run } from '../support/deliver.ts';
import { listening } from '../support/listening.ts';
import { callsim } from '../support/run-cli.ts';

/** What a person reads, of the requests that `send` makes. */
async function heard(args: readonly string[], send: (url: string) => Promise<unknown>) {
	let sending: Promise<unknown> | undefined;
	return callsim(['listen', ...args, '--port', '0', '--no-journal'], {
		onStdout: (text, kill) => {
			const url = /^listening on (\S+)\n/.exec(text)?.[1];
			if (url === undefined || sending !== undefined) return;
			sending = send(`${url}/cb`).finally(() => kill('SIGINT'));
		},
	});
}
const fire = async (url: string, id: string, shaping = {}) =>
	run([await deliveryOf(id, url, shaping, 'none')]);
const entries = (stdout: string) => stdout.split('\n').filter((line) => /^#\d+ /.test(line));

describe('a person who listens reads', () => {
	test('headers, fields without their encoding, and the verdict in a sentence', async () => {
		const { stdout } = await heard(['bayarcash'], (url) =>
			fire(url, 'bayarcash/transaction-success'),
		);
		expect(stdout).toMatch(/^ {4}content-type: application\/x-www-form-urlencoded$/m);
		expect(stdout).toMatch(/^ {4}│ payer_email +mohd\.ali@example\.com$/m);
		expect(stdout).toMatch(/✓ genuine · bayarcash\/transaction-success\n +The checksum fits/);
	});

	test('the JSON in a text opened, and fields of XML by their names', async () => {
		const { stdout } = await heard([], async (url) => {
			await fire(url, 'khoins/transaction-success');
			await fire(url, 'iak/pulsa-success', { variants: ['xml'] });
		});
		expect(stdout).toMatch(/^ {4}│ message\.status +Success$/m);
		expect(stdout).toMatch(/^ {4}│ mp\.ref_id +order002$/m);
	});

	test('a Digest exchange as one arrival that is genuine', async () => {
		const { stdout } = await heard(['transfez'], async (url) => {
			await fire(url, 'transfez/transaction-created');
			await fire(url, 'transfez/transaction-completed');
		});
		expect(entries(stdout)).toEqual([
			expect.stringMatching(/^#1 .*asked for credentials \(401\), and answered$/),
			expect.stringMatching(/^#2 .*asked for credentials \(401\), and answered$/),
		]);
		expect(stdout).not.toContain('✗');
		expect(stdout.match(/✓ genuine/g)).toHaveLength(2);
	});

	test('a challenge that nobody answered as one, and as no failure', async () => {
		const { stdout } = await heard(['transfez'], (url) =>
			fire(url, 'transfez/transaction-created', { unsigned: true }),
		);
		expect(entries(stdout)).toHaveLength(1);
		expect(stdout).toContain('was asked for them (HTTP Digest), and sent none so far');
		expect(stdout).not.toContain('✗');
	});

	test('a repeat as one, by the number of the first', async () => {
		const { stdout } = await heard([], async (url) => {
			await fire(url, 'transfez/transaction-created');
			await fire(url, 'bayarcash/transaction-success');
			await fire(url, 'bayarcash/transaction-success');
		});
		expect(entries(stdout)[2]).toMatch(/^#3 .*· the same as #2$/);
	});

	test('that nothing was decided about what has too many fields', async () => {
		const body = Array.from({ length: 600 }, (_, at) => `f${at}=1`).join('&');
		const { stdout } = await heard([], (url) => fetch(url, { method: 'POST', body }));
		expect(stdout).toMatch(/\? not decided · too-many-fields\n +Not decided: more than 500 fields/);
		expect(stdout).not.toContain('✗');
	});

	test('both sides of what was handed on', async () => {
		const behind = await listening(['bayarcash']);
		const { stdout } = await heard(['bayarcash', '--forward-to', behind.url], (url) =>
			fire(url, 'bayarcash/transaction-success', { tamper: ['amount=1.00'] }),
		);
		expect(stdout).toContain(`→ ${behind.url}\n`);
		expect(stdout).toMatch(/answered 403 Forbidden in [\d.]+ ms\n +│ callsim listen: not genuine/);
	});

	test('of a web page that was refused, once, and nothing else', async () => {
		const { stdout, stderr } = await heard([], async (url) => {
			const headers = { origin: 'https://evil.test', 'content-type': 'text/plain' };
			const answer = await fetch(url, { method: 'POST', headers, body: 'a=1' });
			expect(answer.status).toBe(403);
		});
		expect(entries(stdout)).toEqual([]);
		expect(stderr).toBe(
			'note: a request was refused: a page of https://evil.test sent it (Origin)\n',
		);
	});
});

test('whoever comes meanwhile is answered before the mistakes of others are found', async () => {
	const listener = await listening(['bayarcash']);
	const forged = Array.from({ length: 12 }, async (_, at) =>
		run([
			await deliveryOf(
				'bayarcash/transaction-success',
				listener.url,
				{ tamper: [`amount=${at}.00`] },
				'none',
			),
		]),
	);
	await Promise.all(forged);
	const events = await run([
		await deliveryOf('bayarcash/transaction-success', listener.url, {}, 'none'),
	]);
	expect(events.at(-1)).toMatchObject({ exitCode: 0 });
	expect(listener.count()).toBeLessThan(12);
	expect(await listener.received(13)).toHaveLength(13);
});
