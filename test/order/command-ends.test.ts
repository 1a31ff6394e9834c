import { describe, expect, test } from 'vitest';
import type { ConnectionOptions } from '../../src/delivery/http.ts';
import { commandShop } from '../../src/order/command-shop.ts';
import { runShell } from '../../src/order/run-command.ts';
import { serveTcp } from '../support/server.ts';

const place = { cwd: '/', env: { PATH: process.env['PATH'], SHOP: 'kedai' } };
const order = { reference: 'A', amount: '60.00' };

describe('a command', () => {
	test('runs in its place, with its environment, and without an input', async () => {
		expect(await runShell('pwd; echo $SHOP; cat', 5_000, place)).toEqual({
			code: 0,
			output: '/\nkedai\n',
		});
	});

	test('that fails is told by its code, with its errors behind what it printed', async () => {
		const failing = 'echo out; echo err >&2; exit 3';
		expect(await runShell(failing, 5_000, place)).toEqual({ code: 3, output: 'out\nerr\n' });
		expect(await runShell('echo out; echo err >&2', 5_000, place)).toEqual({
			code: 0,
			output: 'out\n',
		});
	});

	test('that a signal ends is told by the signal', async () => {
		expect(await runShell('echo out; kill -TERM $$', 5_000, place)).toEqual({
			code: 'signal SIGTERM',
			output: 'out\n',
		});
	});

	test('that prints too much, or does not end, is stopped', async () => {
		const most = "head -c 65536 /dev/zero | tr '\\0' x";
		expect((await runShell(most, 5_000, place)).output).toHaveLength(65_536);
		const printing = await runShell("head -c 70000 /dev/zero | tr '\\0' x; sleep 20", 5_000, place);
		expect(printing.code).toBe('more than 65536 bytes of output');
		expect(await runShell('echo a; sleep 20 & sleep 20', 100, place)).toEqual({
			code: 'no end within 100 ms',
			output: 'a\n',
		});
	});

	test('that leaves a server behind is done when its shell is', async () => {
		const left = (then: string) => runShell(`sleep 3 & ${then}`, 2_000, place);
		expect(await left('echo started')).toEqual({ code: 0, output: 'started\n' });
		expect(await left('kill -TERM $$')).toEqual({ code: 'signal SIGTERM', output: '' });
	});

	test('has no deadline where none is given', async () => {
		expect(await runShell('sleep 0.05; echo a', 0, place)).toEqual({ code: 0, output: 'a\n' });
	});

	test('is stopped by the signal, and not begun behind it', async () => {
		const stop = new AbortController();
		const running = runShell('sleep 20', 5_000, place, stop.signal);
		stop.abort();
		expect(await running).toEqual({ code: 'an interruption', output: '' });
		expect(await runShell('echo a', 5_000, place, stop.signal)).toEqual({
			code: 'an interruption',
			output: '',
		});
	});

	test('takes along what it started when it is stopped', async () => {
		const stop = new AbortController();
		let closed = (_hadError: boolean): void => undefined;
		const gone = new Promise<boolean>((resolve) => (closed = resolve));
		const url = await serveTcp((socket) => {
			socket.once('close', closed);
			stop.abort();
		});
		const child = `require("net").connect(${new URL(url).port}, "127.0.0.1")`;
		const running = runShell(
			`"${process.execPath}" -e '${child}' & sleep 20`,
			0,
			place,
			stop.signal,
		);
		expect(await running).toMatchObject({ code: 'an interruption' });
		// Its connection closes with it; else this waits until the test is late.
		expect(await gone).toEqual(expect.any(Boolean));
	});

	test('in a folder that is not there is told', async () => {
		const { code } = await runShell('echo a', 5_000, { ...place, cwd: '/no/such/folder' });
		expect(code).toMatch(/ENOENT/);
	});
});

describe('a shop that is reached with commands', () => {
	const connection = { timeout: 5_000, insecure: false, allowRemote: false } as ConnectionOptions;
	const shop = commandShop(connection, place);
	const made = (command: string) =>
		shop.make({ kind: 'command', command }, order).then(({ why }) => why);

	test('tells a failure with what was said of it, up to 200 characters', async () => {
		expect(await made('true')).toBeUndefined();
		expect(await made('exit 3')).toBe('the command ended with 3');
		expect(await made('echo; echo "  no such order " >&2; exit 4')).toBe(
			'the command ended with 4: no such order',
		);
		const saying = (length: number) => made(`printf '%0${length}d' 0; exit 1`);
		expect(await saying(200)).toBe(`the command ended with 1: ${'0'.repeat(200)}`);
		expect(await saying(201)).toBe(`the command ended with 1: ${'0'.repeat(200)}…`);
		expect(await made('kill -9 $$')).toBe('the command had signal SIGKILL');
	});

	test('reads a text without the number and the sum of its order', async () => {
		const read = (command: string) => shop.read({ kind: 'command', command }, order);
		expect(await read('echo paid: A 60.00')).toMatchObject({
			leaves: new Map([['', '"paid: … …"']]),
		});
		expect(await read('echo gone >&2; exit 1')).toEqual({
			kind: 'unreadable',
			why: 'the command ended with 1: gone',
		});
	});
});
