import { describe, expect, test } from 'vitest';
import { callsim, jsonLines } from '../support/run-cli.ts';
import { answering, closedPort } from '../support/server.ts';

const life = ['transaction-pending', 'transaction-success', 'transaction-failed'].map(
	(name) => `bayarcash/${name}`,
);
const fieldsOf = (body: unknown) => Object.fromEntries(new URLSearchParams(String(body)));
const started = (stdout: string) => jsonLines(stdout).filter(({ type }) => type === 'started');

describe('events of one command line', () => {
	test('are one order: one reference and one transaction, sent one after the other', async () => {
		const { url, seen } = await answering(200);
		const { code, stdout } = await callsim(['fire', ...life, '--fresh', '--to', url, '--json']);
		const bodies = seen.map(({ body }) => fieldsOf(body));
		expect(code).toBe(0);
		expect(bodies.map(({ status }) => status)).toEqual(['1', '3', '2']);
		expect(new Set(bodies.map((body) => body['order_number'])).size).toBe(1);
		expect(new Set(bodies.map((body) => body['transaction_id'])).size).toBe(1);
		expect(bodies[0]?.['order_number']).not.toBe('ORD-0060');
		expect(started(stdout)[1]?.['order']).toMatchObject({
			reference: bodies[0]?.['order_number'],
			id: bodies[0]?.['transaction_id'],
			status: 'Approved',
		});
	});

	test('are n orders with --count, the first of them that of the seed alone', async () => {
		const { url, seen } = await answering(200);
		const seeded = ['--fresh', '--seed', '5', '--to', url];
		await callsim(['fire', ...life.slice(0, 2), ...seeded, '--count', '3']);
		const references = seen.map(({ body }) => fieldsOf(body)['order_number']);
		expect(references).toHaveLength(6);
		expect(new Set(references).size).toBe(3);
		expect(references[0]).toBe(references[1]);
		await callsim(['fire', ...life.slice(0, 1), ...seeded]);
		expect(fieldsOf(seen.at(-1)?.body)['order_number']).toBe(references[0]);
	});

	test.each([
		[['--count', '0'], 'count'],
		[['--count', '2', '--ref', 'A'], '--ref'],
	])('are refused with %j', async (flags, named) => {
		const { url, seen } = await answering(200);
		const { code, stderr } = await callsim(['fire', ...life, '--to', url, ...flags]);
		expect(code).toBe(2);
		expect(stderr).toContain(named);
		expect(seen).toHaveLength(0);
	});
});

describe('what was sent', () => {
	test('is told by what a receiver matches on', async () => {
		const { url } = await answering(200);
		const sent = ['--ref', 'ORD-1001', '--amount', '75.50', '--to', url];
		const { stdout } = await callsim(['fire', 'bayarcash/transaction-success', ...sent]);
		expect(stdout).toMatch(/ORD-1001 · trx_\w{6} · RM 75\.50 · Approved/);
	});

	test('is named whole by the next command, which explains that very callback', async () => {
		const { url, seen } = await answering(422);
		const fresh = ['--fresh', '--retry', 'none', '--to', url];
		const { stdout } = await callsim(['fire', 'bayarcash/transaction-success', ...fresh]);
		const next = /next: callsim (.*?) {3}/.exec(stdout)?.[1]?.split(' ') ?? [];
		const shown = await callsim([...next.filter((word) => word !== '--explain'), '--json']);
		expect(JSON.parse(shown.stdout)).toMatchObject({ body: seen[0]?.body.toString() });
	});

	test('is shown field by field with --verbose, beside the whole answer', async () => {
		const { url } = await answering(200);
		const { stdout } = await callsim(['fire', 'khoins/transaction-success', '--to', url, '-v']);
		expect(stdout).toContain('message = JSON in a text:');
		expect(stdout).toContain('message.status = "Success"');
		expect(stdout).toMatch(/< 200\n/);
	});
});

describe('--dry-run', () => {
	test('composes and sends nothing, also where nobody listens', async () => {
		const to = `:${await closedPort()}/cb`;
		const { code, stdout } = await callsim(['fire', ...life, '--to', to, '--dry-run', '--json']);
		expect(code).toBe(0);
		expect(jsonLines(stdout).map(({ type, event }) => [type, event])).toEqual(
			life.map((event) => ['composed', event]),
		);
	});

	test('still refuses what fire refuses', async () => {
		const to = ['--to', ':9/cb', '--dry-run'];
		const { code } = await callsim(['fire', ...life, ...to, '--set', 'nothing=1']);
		expect(code).toBe(2);
	});
});
