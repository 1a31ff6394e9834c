import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/delivery/clock.ts';
import type { Clock } from '../../src/model/clock.ts';
import { callsimProcess } from '../support/cli-process.ts';
import { type CliOptions, callsim, jsonLines } from '../support/run-cli.ts';
import { answering, closedPort, serve } from '../support/server.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const success = 'bayarcash/transaction-success';
const fieldsOf = (body: unknown) => Object.fromEntries(new URLSearchParams(String(body)));

/** Commands that share one journal, as those of one user do, and one clock: the newest is told first. */
function user(more: Record<string, string> = {}) {
	const state = mkdtempSync(join(tmpdir(), 'callsim-state-'));
	const env = { CALLSIM_NO_JOURNAL: '', XDG_STATE_HOME: state, ...more };
	const folder = join(state, 'callsim');
	return {
		state,
		run: (args: readonly string[], options: CliOptions = {}) =>
			callsim(args, { clock: systemClock, ...options, env }),
		process: (args: readonly string[], options: CliOptions = {}) =>
			callsimProcess(args, { ...options, env }),
		kept: () =>
			readdirSync(folder)
				.map((file) => readFileSync(join(folder, file), 'utf8'))
				.join(''),
		history: async (...flags: string[]) =>
			jsonLines((await callsim(['history', '--json', ...flags], { env })).stdout),
	};
}

describe('the journal', () => {
	test('knows every delivery, newest first, with order, target and verdict', async () => {
		const { run, history } = user();
		const { url } = await answering(200, 500);
		await run(['fire', success, '--ref', 'A-1', '--to', url]);
		await run(['fire', success, '--ref', 'A-2', '--to', url, '--retry', '2x1s']);
		expect(await history()).toMatchObject([
			{ type: 'kept', event: success, order: { reference: 'A-2' }, state: 'gave-up', attempts: 2 },
			{ type: 'kept', event: success, order: { reference: 'A-1' }, state: 'acknowledged' },
		]);
		expect(await history('--failed')).toHaveLength(1);
		expect(await history('--ref', 'A-1')).toHaveLength(1);
		expect(await history('--event', 'receipt-success')).toHaveLength(0);
		expect(await history('--since', '1h')).toHaveLength(2);
		const { stdout } = await run(['history']);
		expect(stdout).toMatch(/A-2 .*✗ not acknowledged.*\n.*A-1 .*✓ acknowledged/);
	});

	test('shows one delivery with its whole exchange', async () => {
		const { run } = user();
		const { url } = await answering(422);
		await run(['fire', success, '--ref', 'A-1', '--to', url, '--retry', 'none']);
		const { stdout } = await run(['history', '--show', 'last']);
		expect(stdout).toContain('order_number = A-1');
		expect(stdout).toContain('422');
		const whole = JSON.parse((await run(['history', '--show', 'last', '--json'])).stdout);
		expect(whole.exchanges).toMatchObject([{ attempt: 1, outcome: { status: 422 } }]);
	});

	test('shows a check with the rules that did not hold, and what listen heard', async () => {
		const { run, history, kept } = user();
		const { url } = await answering(200);
		await run(['check', 'iak', '--to', url, '--only', 'genuine-success,checksum-missing']);
		const [{ id = '' } = {}] = await history();
		const check = await run(['history', '--show', String(id)]);
		expect(check.stdout).toMatch(/✗ .*checksum-missing.*must/);
		expect(
			JSON.parse((await run(['history', '--show', String(id), '--json'])).stdout),
		).toMatchObject({
			type: 'checked',
			results: [{ rule: 'checksum-missing', verdict: 'failed' }],
		});
		let sent: Promise<unknown> | undefined;
		await run(['listen', 'bayarcash', '--port', '0'], {
			onStdout: (text, kill) => {
				const [, at] = /listening on (\S+)\n/.exec(text) ?? [];
				if (at !== undefined && sent === undefined)
					sent = callsim(['fire', success, '--ref', 'A-7', '--to', at]);
				if (text.includes('answered 200')) kill('SIGINT');
			},
		});
		await sent;
		expect(kept()).toContain('A-7');
		const heard = (await history()).find(({ type }) => type === 'received')?.['id'];
		const { stdout } = await run(['history', '--show', String(heard)]);
		expect(stdout).toMatch(/order_number = A-7.*✓ genuine.*answered 200/s);
	});

	test('holds no key of the user’s, and tells who reads it nothing about one', async () => {
		const { run, kept } = user({ CALLSIM_BAYARCASH_SECRET_KEY: 'my-own-secret-key-1234' });
		const { url } = await serve(({ body: _ }, response) =>
			response.writeHead(500).end('wrong key my-own-secret-key-1234'),
		);
		const header = ['--header', 'Authorization: Bearer my-token-98765'];
		await run(['fire', success, '--to', url, '--retry', 'none', ...header]);
		expect(kept()).toContain('"type":"attempt"');
		expect(kept()).not.toContain('my-own-secret-key-1234');
		expect(kept()).not.toContain('my-token-98765');
	});

	test.each([
		[['--no-journal'], {}],
		[[], { CALLSIM_NO_JOURNAL: '1' }],
	])('is not kept with %j %j', async (flags, env) => {
		const { run, state } = user(env as Record<string, string>);
		const { url } = await answering(200);
		await run(['fire', success, '--to', url, ...flags]);
		expect(readdirSync(state)).toEqual([]);
	});

	test('that cannot be written is one warning, and the callback is sent', async () => {
		const { run, state } = user();
		writeFileSync(join(state, 'callsim'), 'a file where the folder would be');
		const { url, seen } = await answering(200);
		const { code, stderr } = await run(['fire', success, '--to', url]);
		expect([code, seen.length]).toEqual([0, 1]);
		expect(stderr.match(/journal cannot be written/g)).toHaveLength(1);
		const read = await run(['history']);
		expect(read.code).toBe(2);
		expect(read.stderr).toContain('file-unreadable');
	});

	test('without a home is none: fire works, history says why', async () => {
		const { run } = user({ XDG_STATE_HOME: '', HOME: '' });
		const { url } = await answering(200);
		const { code, stderr } = await run(['fire', success, '--to', url]);
		expect(code).toBe(0);
		expect(stderr).not.toContain('journal');
		expect((await run(['history'])).stderr).toContain('HOME');
	});

	test('keeps what run, check and listen do, too', async () => {
		const { run, history } = user();
		const { url } = await answering(200);
		await run(['run', 'bayarcash/payment', '--to', url, '--speed', 'max']);
		await run(['check', 'iak', '--to', url, '--only', 'genuine-success,checksum-missing']);
		const types = (await history()).map(({ type, command }) => command ?? type);
		expect(types[0]).toBe('checked');
		expect(new Set(types.slice(1))).toEqual(new Set(['run']));
	});

	test('of two hundred commands at once has two hundred whole records', async () => {
		const { run, history } = user();
		const { url } = await answering(200);
		const all = Array.from({ length: 200 }, (_, at) =>
			run(['fire', success, '--ref', `R-${at}`, '--to', url]),
		);
		await Promise.all(all);
		const kept = await history();
		expect(kept).toHaveLength(200);
		expect(kept.every(({ state }) => state === 'acknowledged')).toBe(true);
	});
});

test('a check that reached nobody, or could judge nothing, is not kept as one without failures', async () => {
	const { run } = user();
	const { url } = await serve((_, response) =>
		response
			.writeHead(404, { 'content-type': 'application/json' })
			.end('{"error":"order not found"}'),
	);
	const only = ['--only', 'genuine-success'];
	const open = await run(['check', 'bayarcash', '--to', url, ...only]);
	expect([open.code, open.stdout]).toEqual([1, expect.stringContaining('nothing proved')]);
	const silent = await run([
		'check',
		'bayarcash',
		'--to',
		`http://127.0.0.1:${await closedPort()}/`,
	]);
	expect(silent.code).toBe(3);
	const told = (await run(['history'])).stdout.split('\n');
	expect(told[0]).toContain('never reached');
	expect(told[1]).toContain('nothing proved');
});

describe('an order', () => {
	test('lives its whole life without its number being typed twice', async () => {
		const { run } = user();
		const { url, seen } = await answering(200);
		await run([
			'fire',
			'bayarcash/transaction-pending',
			'--fresh',
			'--amount',
			'75.50',
			'--to',
			url,
		]);
		const next = ['--order', 'last'];
		await run(['fire', success, ...next]);
		await run(['replay', 'last']);
		await run(['fire', 'bayarcash/transaction-failed', ...next]);
		await run(['fire', success, ...next, '--new-attempt']);
		const sent = seen.map(({ body }) => fieldsOf(body));
		const first = sent[0] ?? {};
		expect(new Set(sent.map((fields) => fields['order_number'])).size).toBe(1);
		expect(sent.map(({ amount }) => amount)).toEqual(Array(5).fill('75.50'));
		expect(sent.map(({ status }) => status)).toEqual(['1', '3', '3', '2', '3']);
		const transactions = sent.map((fields) => fields['transaction_id']);
		expect(transactions.slice(0, 4)).toEqual(Array(4).fill(first['transaction_id']));
		expect(transactions[4]).not.toBe(first['transaction_id']);
		expect(seen[2]?.body.toString()).toBe(seen[1]?.body.toString());
	});

	test('is paid at a second attempt under ids of that attempt, and the same ones said again', async () => {
		const { run } = user();
		const { url, seen } = await answering(200);
		const second = ['fire', 'bayarcash/transaction-second-attempt', '--order', 'last'];
		await run(['fire', 'bayarcash/transaction-failed', '--fresh', '--to', url]);
		await run(second);
		await run(second);
		const sent = seen.map(({ body }) => fieldsOf(body));
		expect(new Set(sent.map((fields) => fields['order_number'])).size).toBe(1);
		const [failed, paid, again] = sent.map((fields) => fields['transaction_id']);
		expect(paid).not.toBe(failed);
		expect(again).toBe(paid);
	});

	test('is shown by show as fire would send its next message', async () => {
		const { run } = user();
		const { url, seen } = await answering(200);
		await run(['fire', 'bayarcash/transaction-pending', '--fresh', '--to', url]);
		const next = [success, '--order', 'last', '--seed', '7', '--now', '2026-01-15T10:30:45+08:00'];
		const shown = await run(['show', ...next, '--print', 'body']);
		await run(['fire', ...next]);
		expect(shown.stdout).toBe(seen[1]?.body.toString());
	});

	test('is found by its reference, among orders that were sent since', async () => {
		const { run } = user();
		const { url, seen } = await answering(200);
		for (const ref of ['A-1', 'A-2']) await run(['fire', success, '--ref', ref, '--to', url]);
		await run(['fire', 'bayarcash/receipt-success', '--order', 'A-1']);
		const query = new URL(seen.at(-1)?.url ?? '', url).searchParams;
		expect(query.get('transaction_id')).toBe(fieldsOf(seen[0]?.body)['transaction_id']);
	});

	test('is found in a folder of its own, named from where the command is given', async () => {
		const { run, state } = user();
		const { url, seen } = await answering(200);
		const here = { cwd: state };
		const own = ['--journal', './mine'];
		await run(['fire', success, '--ref', 'A-1', '--to', url, ...own], here);
		const { code } = await run(['fire', success, '--order', 'last', ...own], here);
		expect([code, seen.length]).toEqual([0, 2]);
		expect(fieldsOf(seen[1]?.body)['order_number']).toBe('A-1');
	});

	test.each([
		[['--order', 'last', '--ref', 'A-9'], '--ref'],
		[['--order', 'nobody'], 'nobody'],
	])('is a problem with %j', async (flags, named) => {
		const { run } = user();
		const { url, seen } = await answering(200);
		await run(['fire', success, '--ref', 'A-1', '--to', url]);
		const { code, stderr } = await run(['fire', success, '--to', url, ...flags]);
		expect([code, seen.length]).toEqual([2, 1]);
		expect(stderr).toContain(named);
	});
});

describe('replay', () => {
	test('sends the same bytes to another receiver, once, and answers its challenge anew', async () => {
		const { run } = user();
		const event = 'transfez/transaction-completed';
		const { url } = await answering(200);
		const challenge = await serve(({ headers }, response) =>
			headers['authorization'] === undefined
				? response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n"' }).end()
				: response.end('OK'),
		);
		await run(['fire', event, '--fresh', '--to', url]);
		const { code } = await run(['replay', 'last', '--to', challenge.url]);
		expect(code).toBe(0);
		const shown = JSON.parse((await run(['history', '--show', 'last', '--json'])).stdout);
		expect(challenge.seen.at(-1)?.body.toString()).toBe(shown.request.body);
		expect(shown.request.body).toContain(url);
	});

	test('sends the query of a receipt behind another page', async () => {
		const { run } = user();
		const [before, after] = [await answering(302), await answering(302)];
		await run(['fire', 'bayarcash/receipt-success', '--fresh', '--to', before.url]);
		await run(['replay', 'last', '--to', `${after.url}?page=1`]);
		const query = before.seen[0]?.url.split('?')[1];
		expect(after.seen[0]?.url).toContain(`?page=1?${query}`);
	});

	test('signs the same fields anew with --resign', async () => {
		const { run } = user();
		const { url, seen } = await answering(200);
		await run(['fire', success, '--fresh', '--to', url]);
		const key = ['--credential', 'secret_key=another-key-of-mine'];
		await run(['replay', 'last', '--resign', ...key]);
		const [one, other] = seen.map(({ body }) => fieldsOf(body));
		const { checksum: before, ...fields } = one ?? {};
		const { checksum: after, ...same } = other ?? {};
		expect(same).toEqual(fields);
		expect(after).not.toBe(before);
	});

	test('sends what listen captured, and what other tools did', async () => {
		const { run } = user();
		const { url, seen } = await answering(200);
		const wrappings = join(import.meta.dirname, '..', 'verify', 'wrappings');
		for (const file of readdirSync(wrappings)) {
			const { code } = await run(['replay', '--from', join(wrappings, file), '--to', url]);
			expect(code, file).toBe(0);
			const { body, url: target } = seen.at(-1) ?? { body: '', url: '' };
			expect(`${decodeURIComponent(String(body))}${target}`, file).toContain('ORD-0060');
		}
		const count = seen.length;
		const nothing = await run(['replay', '--from', '-', '--to', url], { input: 'hello' });
		expect([nothing.code, seen.length]).toEqual([2, count]);
	});

	test('of what nobody knows is a problem', async () => {
		const { run } = user();
		expect((await run(['replay', 'last'])).code).toBe(2);
		expect((await run(['replay'])).stderr).toContain('--from');
	});
});

/** A clock that stands still, and whose sleep ends with the run alone. */
const stoppedWhileWaiting = (): Clock => ({
	now: () => Date.parse('2026-11-20T02:00:00.000Z'),
	sleep: (_span, signal) =>
		new Promise((_, reject) => {
			const stop = () => reject(signal?.reason);
			if (signal?.aborted === true) stop();
			else signal?.addEventListener('abort', stop, { once: true });
		}),
});

describe('resume', () => {
	test('goes on at the right provider time, and repeats nothing that was acknowledged', async () => {
		const { run } = user();
		const { url, seen } = await answering(200, 500, 500, 500, 200);
		const events = ['bayarcash/pre-transaction', success, 'bayarcash/receipt-success'];
		const cut = await run(['fire', ...events, '--fresh', '--to', url, '--speed', '10'], {
			onStdout: (text, kill) => {
				if (text.includes(' 500 in')) kill('SIGINT');
			},
		});
		expect([cut.code, seen.length]).toEqual([130, 2]);
		const { code, stdout } = await run(['resume', '--speed', 'max', '--json']);
		const attempts = jsonLines(stdout).filter(({ type }) => type === 'attempt');
		expect(
			attempts.map(({ delivery, attempt, offsetMs }) => [delivery, attempt, offsetMs]),
		).toEqual([
			...[
				[2, 2, 300_000],
				[2, 3, 600_000],
				[2, 4, 900_000],
				[3, 1, 0],
			],
		]);
		expect(code).toBe(0);
		expect((await run(['resume'])).stdout).toBe('nothing was cut off\n');
	});

	test.each([
		['set back a day', '2026-11-19T02:00:00.000Z', 3_000],
		['set on a day', '2026-11-21T02:00:00.000Z', 0],
	])('waits no longer than the pause under a clock that was %s', async (_how, start, most) => {
		const { run } = user();
		const { url, seen } = await answering(500, 200);
		await run(['fire', success, '--to', url], {
			clock: stoppedWhileWaiting(),
			onStdout: (text, kill) => {
				if (text.includes(' 500 in')) kill('SIGINT');
			},
		});
		const clock = virtualClock(start);
		const { code } = await run(['resume'], { clock });
		expect([code, seen.length]).toEqual([0, 2]);
		expect(clock.slept.reduce((sum, span) => sum + span, 0)).toBe(most);
	});

	test('is kept also where nothing else is to be: it would be sent twice', async () => {
		const { run, state } = user();
		const { url, seen } = await answering(500, 200);
		await run(['fire', success, '--to', url, '--speed', '10'], {
			onStdout: (text, kill) => {
				if (text.includes(' 500 in')) kill('SIGINT');
			},
		});
		const off = { CALLSIM_NO_JOURNAL: '1', XDG_STATE_HOME: state };
		const resume = () => callsim(['resume', '--speed', 'max'], { env: off });
		expect((await resume()).code).toBe(0);
		expect((await resume()).stdout).toBe('nothing was cut off\n');
		expect(seen).toHaveLength(2);
	});

	test('needs a journal that it can write', async () => {
		const { run, state } = user();
		const { url, seen } = await answering(500);
		await run(['fire', success, '--to', url, '--speed', '10'], {
			onStdout: (text, kill) => {
				if (text.includes(' 500 in')) kill('SIGINT');
			},
		});
		const [file = ''] = readdirSync(join(state, 'callsim'));
		// As root, permissions keep nobody out: a folder of the file's name does.
		const other = mkdtempSync(join(tmpdir(), 'callsim-state-'));
		writeFileSync(join(other, 'callsim'), readFileSync(join(state, 'callsim', file)));
		const { code } = await run(['resume', '--journal', join(other, 'callsim')]);
		expect([code, seen.length]).toEqual([2, 1]);
		chmodSync(other, 0o700);
	});

	test('does not touch a run that is still at work', async () => {
		const { run, process } = user();
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		const came = new AbortController();
		const arrived = once(came.signal, 'abort');
		const { url, seen } = await serve(async (_seen, response) => {
			came.abort();
			await held;
			response.end('OK');
		});
		const firing = process(['fire', success, '--to', url]);
		await arrived;
		expect((await run(['resume'])).stdout).toBe('nothing was cut off\n');
		release();
		await firing;
		expect(seen).toHaveLength(1);
	});
});
