import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/delivery/clock.ts';
import { inherited } from '../support/cli-process.ts';
import { ways } from '../support/faults/ways.ts';
import { jsonLines } from '../support/run-cli.ts';
import { scratch } from '../support/scratch.ts';
import { answering, serve, serveTcp } from '../support/server.ts';

const one = (most: number) => (most > 1 ? ['--count', '1'] : []);
const schedule = ['--retry', '5x300s', '--speed', 'max', '--json'];

const listening = (server: Server, port = 0) =>
	new Promise<number>((resolve) =>
		server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
	);

test.each(ways)(
	'a receiver restarted behind its first answer is met again by $name',
	async (way) => {
		let arrived = 0;
		const second = createServer((_, response) => {
			arrived++;
			response.end('OK');
		});
		const first = createServer(async (request, response) => {
			arrived++;
			first.close();
			await listening(second, port);
			response.writeHead(500).end('', () => request.socket.destroySoon());
		});
		const port = await listening(first);
		onTestFinished(() => {
			second.close();
			second.closeAllConnections();
		});
		const flags = [...schedule, ...one(way.most)];
		const { code, stdout } = await way.send(`http://127.0.0.1:${port}/cb`, flags);
		const lines = jsonLines(stdout);
		const told = Number(
			lines.at(-1)?.['attempts'] ?? lines.filter(({ type }) => type === 'attempt').length,
		);
		// What went out on the connection that was closing met nobody, and is told as well.
		expect({ code, isAllTold: arrived <= told && told <= 3 }).toEqual({ code: 0, isAllTold: true });
	},
);

test.each(ways)('a clock on the wall that jumps changes no schedule of $name', async (way) => {
	const { url, seen } = await answering(500, 500, 200);
	const jumps = [0, 86_400_000, -86_400_000 * 400, 3_600_000, 86_400_000 * 7_000, -1];
	let read = 0;
	const clock = {
		now: () => Date.now() + (jumps[read++ % jumps.length] ?? 0),
		sleep: systemClock.sleep,
	};
	const flags = [...schedule, ...one(way.most)];
	const { code, stdout } = await way.send(url, flags, { clock });
	const offsets = jsonLines(stdout).flatMap(({ type, offsetMs }) =>
		type === 'attempt' ? [offsetMs] : [],
	);
	expect(offsets).toEqual(way.most > 1 ? [] : [0, 300_000, 600_000]);
	expect({ code, arrived: seen.length }).toEqual({ code: 0, arrived: 3 });
});

/** A body of which the first packets are a small part. */
const long = ['--set', `payer_name=${'x'.repeat(1_000_000)}`];
const shaped = ways.filter(({ name }) => name === 'fire' || name === 'burst');

test.each(shaped)(
	'an answer before the body was read is the answer to $name, with one request',
	async (way) => {
		let requests = 0;
		const url = await serveTcp((socket) =>
			socket.once('data', () => {
				requests++;
				socket.pause().write('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n');
			}),
		);
		const flags = ['--retry', 'none', '--json', ...long, ...one(way.most)];
		const { code, outcomes } = await way.send(url, flags);
		expect({ code, outcomes, requests }).toEqual({
			code: 1,
			outcomes: ['answered 413'],
			requests: 1,
		});
	},
);

test.each(shaped)(
	'a connection closed before the body was read is one attempt of $name, whatever is still seen',
	async (way) => {
		let requests = 0;
		const url = await serveTcp((socket) =>
			socket.once('data', () => {
				requests++;
				socket
					.pause()
					.end('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n', () => socket.destroy());
			}),
		);
		const flags = ['--retry', 'none', '--json', ...long, ...one(way.most)];
		const { code, outcomes } = await way.send(url, flags);
		expect({ code, requests, count: outcomes.length }).toEqual({ code: 1, requests: 1, count: 1 });
		// The system may drop an answer behind which it tells of a reset.
		expect(['answered 413', 'broken reset', 'broken closed']).toContain(outcomes[0]);
	},
);

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];

test.runIf(process.platform === 'linux').each([
	['fire', ['fire', 'bayarcash/transaction-success']],
	['burst', ['burst', 'bayarcash/transaction-success', '--count', '3', '--connections', '1']],
] as const)(
	'a %s that is stopped and continued reads what was answered meanwhile',
	async (_, args) => {
		let stops = 0;
		const { url, seen } = await serve(async (_seen, response) => {
			child.kill('SIGSTOP');
			stops++;
			await expect.poll(() => stateOf(child.pid ?? 0)).toBe('T');
			response.end('OK', () => child.kill('SIGCONT'));
		});
		const child = spawn(process.execPath, [bin, ...args, '--to', url, '--json'], {
			env: inherited(),
			cwd: scratch(),
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		const code = await new Promise((resolve) => child.once('exit', resolve));
		const sent = args[0] === 'fire' ? 1 : 3;
		expect({ code, stops, arrived: seen.length }).toEqual({ code: 0, stops: sent, arrived: sent });
	},
);
