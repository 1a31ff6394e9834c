import { createHmac } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { answering, serve } from '../support/server.ts';

const success = 'bayarcash/transaction-success';

/** What `fire` suggests next at a receiver that answers so, split as a shell would. */
async function next(
	status: number,
	body: string | ((sent: string) => string) = '',
	flags: readonly string[] = [],
	headers: Readonly<Record<string, string>> = {},
): Promise<string[] | undefined> {
	const { url } = await serve((seen, response) => {
		const text = typeof body === 'string' ? body : body(seen.body.toString());
		response.writeHead(status, headers).end(text);
	});
	const { stdout } = await callsim(['fire', success, '--to', url, '--retry', 'none', ...flags]);
	const [, line] = /next: callsim (.*?) {3}\(/.exec(stdout) ?? [];
	return line?.split(' ');
}

test.each([
	[404, 'Not Found', {}],
	[404, '{"error":"order not found"}', {}],
	[405, '', { allow: 'GET' }],
	[413, '', {}],
	[429, '', { 'retry-after': '5' }],
	[301, '', { location: '/login' }],
	[403, 'CSRF verification failed. Request aborted.', {}],
	[401, '', { 'www-authenticate': 'Basic realm="staging"' }],
	[503, '', {}],
	[202, '', {}],
])('no command is suggested where none helps: %i %s', async (status, body, headers) => {
	expect(await next(status, body, [], headers)).toBeUndefined();
});

test('where the receiver printed what it computed, verify is suggested, and explains it', async () => {
	const wrong = (sent: string) => {
		const values = Object.entries(Object.fromEntries(new URLSearchParams(sent)));
		const text = values.filter(([name]) => name !== 'checksum').map(([, value]) => value);
		const key = 'sim_bayarcash_secret_0123456789ab';
		return createHmac('sha256', key).update(text.join('|')).digest('hex');
	};
	const suggested = await next(
		403,
		(sent) => `{"expected":"${wrong(sent)}","got":"${new URLSearchParams(sent).get('checksum')}"}`,
		['--fresh', '--set', 'amount=77.00'],
	);
	expect(suggested?.slice(0, 2)).toEqual(['verify', 'bayarcash']);
	const { stdout } = await callsim(suggested ?? []);
	expect(stdout).toContain('✗ not genuine · bayarcash/transaction-success · unsorted');
});

test('where it cannot read a form, JSON is suggested', async () => {
	const suggested = await next(400, '{"error":"Unexpected token r in JSON at position 0"}');
	expect(suggested?.slice(0, 2)).toEqual(['fire', success]);
	expect(suggested?.join(' ')).toContain('--encoding json');
});

test('what is shown of a fresh callback is what was sent', async () => {
	let sent = '';
	const refuse = (body: string) => {
		sent = body;
		return 'no';
	};
	const suggested = await next(403, refuse, ['--fresh']);
	expect(suggested?.[0]).toBe('show');
	const { stdout } = await callsim([...(suggested ?? []), '--print', 'body']);
	expect(stdout.trim()).toContain(sent);
});

test('an order that the receiver does not know is told as that, not as a wrong path', async () => {
	const { url } = await serve((_seen, response) =>
		response
			.writeHead(404, { 'content-type': 'application/json' })
			.end('{"error":"Order not found"}'),
	);
	const { stderr } = await callsim(['fire', success, '--to', url, '--retry', 'none']);
	expect(stderr).toContain('hint: It does not know this order: name one of its own with --ref.');
	expect(stderr).not.toContain('Check the path');
});

test('an order that is not there yet can be made before the next attempt, and is acknowledged then', async () => {
	const { url } = await serve((_seen, response, count) =>
		count === 1 ? response.writeHead(404).end('order not found') : response.end(),
	);
	const flags = ['--retry', '3x1s', '--speed', 'max'];
	const { stdout, stderr, code } = await callsim(['fire', success, '--to', url, ...flags]);
	expect(stderr).toContain('with --ref, or make it before the next attempt.');
	expect([stdout, code]).toEqual([expect.stringContaining('acknowledged at attempt 2'), 0]);
});

test('a replay that is refused suggests what explains the signature of that very callback', async () => {
	const { url, seen } = await serve((_seen, response) => response.writeHead(403).end('checksum'));
	const env = {
		CALLSIM_NO_JOURNAL: '',
		XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'callsim-replayed-')),
	};
	await callsim(['fire', success, '--to', url, '--fresh', '--retry', 'none'], { env });
	const suggested = async (...more: string[]) => {
		const { stdout } = await callsim(['replay', 'last', ...more], { env });
		return /next: callsim (.*?) {3}\(/.exec(stdout)?.[1] ?? '';
	};
	const show = await suggested();
	expect(show).toMatch(/^show .* --explain$/);
	const { stdout } = await callsim(
		[...show.split(' '), '--print', 'body'].filter((word) => word !== '--explain'),
		{ env },
	);
	expect(stdout.trim()).toBe(seen[1]?.body.toString());
	expect(await suggested('--resign')).toBe('history --show last');
});

describe('an order that was sent before', () => {
	const journal = () => mkdtempSync(join(tmpdir(), 'callsim-continued-'));
	const bodies = (seen: readonly { readonly body: Buffer }[]) =>
		seen.map(({ body }) => body.toString());
	const nextOf = (stdout: string) => /next: callsim (.*?) {3}/.exec(stdout)?.[1]?.split(' ') ?? [];

	test('is named by the next command, which goes on with it and says nothing twice', async () => {
		const { url, seen } = await answering(200);
		const kept = ['--journal', journal()];
		await callsim(['fire', 'bayarcash/transaction-pending', '--to', url, '--fresh', ...kept]);
		const { stdout } = await callsim(['fire', success, '--order', 'last', ...kept]);
		const next = nextOf(stdout);
		expect(next.join(' ')).toMatch(/^fire \S+ --duplicate 2 --order ORD-\S+ --journal \S+$/);
		await callsim(next);
		const ids = bodies(seen).map((body) => new URLSearchParams(body).get('transaction_id'));
		expect([ids.length, new Set(ids).size]).toEqual([4, 1]);
	});

	test('is explained as it was sent where it was refused, another attempt, too', async () => {
		const { url, seen } = await serve(({ body }, response) =>
			response.writeHead(String(body).includes('status=3') ? 403 : 200).end('checksum'),
		);
		const kept = ['--journal', journal()];
		await callsim(['fire', 'bayarcash/transaction-failed', '--to', url, '--fresh', ...kept]);
		const again = ['--order', 'last', '--new-attempt', '--retry', 'none'];
		const { stdout } = await callsim(['fire', success, ...again, ...kept]);
		const next = nextOf(stdout).filter((word) => word !== '--explain');
		expect(next.join(' ')).not.toContain('--set');
		const shown = await callsim([...next, '--print', 'body']);
		expect(shown.stdout.trim()).toBe(bodies(seen).at(-1));
	});
});
