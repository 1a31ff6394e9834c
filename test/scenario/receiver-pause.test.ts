import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Problem } from '../../src/model/problem.ts';
import type { ReceiverControl } from '../../src/scenario/run-ports.ts';
import { tried } from '../support/scenario.ts';
import { virtualClock } from '../support/virtual-clock.ts';

/** A receiver that can be stopped and started again on its port. */
async function stoppable(): Promise<{ url: string; control: ReceiverControl; told: string[] }> {
	const told: string[] = [];
	let server: Server | undefined;
	let port = 0;
	const control: ReceiverControl = {
		async stop() {
			told.push('stop');
			server?.closeAllConnections();
			await new Promise<void>((resolve) =>
				server === undefined ? resolve() : server.close(() => resolve()),
			);
			server = undefined;
		},
		async start() {
			told.push('start');
			const created = createServer((_request, response) => {
				told.push('heard');
				response.end('OK');
			});
			server = created;
			await new Promise<void>((resolve) => created.listen(port, '127.0.0.1', resolve));
			port = (created.address() as AddressInfo).port;
		},
	};
	await control.start();
	onTestFinished(() => control.stop());
	told.length = 0;
	return { url: `http://127.0.0.1:${port}/cb`, control, told };
}

const step = (more: string) => `name: a\nsteps: [{ fire: bayarcash/transaction-success, ${more} }]`;

describe('a receiver that is down for a while', () => {
	test.each(['max', '100', '1', '7.5'])(
		'recovers on the schedule at speed %s: +0, +5 min fail, +10 min is acknowledged',
		async (speed) => {
			const { url, control, told } = await stoppable();
			const clock = virtualClock();
			const { events, steps } = await tried(
				step(
					'receiver: { stoppedFor: 7m }, expect: { acknowledged: true, attempts: 3, status: 200 }',
				),
				{
					to: url,
					receiver: control,
					clock,
					flags: { speed },
				},
			);
			expect(steps).toMatchObject([{ passed: true, failures: [] }]);
			const attempts = events.filter(({ type }) => type === 'attempt');
			expect(attempts).toMatchObject([
				{ offsetMs: 0, acknowledged: false, outcome: { kind: 'unreachable' } },
				{ offsetMs: 300_000, acknowledged: false, outcome: { kind: 'unreachable' } },
				{ offsetMs: 600_000, acknowledged: true },
			]);
			expect(told).toEqual(['stop', 'start', 'heard']);
		},
	);

	test('is there again for the next step, however the delivery ended', async () => {
		const { url, control, told } = await stoppable();
		const text =
			'name: a\nprovider: bayarcash\nsteps:\n  - { fire: transaction-success, receiver: { stoppedFor: 1d }, expect: { acknowledged: false } }\n  - { fire: transaction-success, expect: { attempts: 1, acknowledged: true } }\n';
		const { steps, summary } = await tried(text, { to: url, receiver: control });
		expect(steps.map(({ passed }) => passed)).toEqual([true, true]);
		expect(told).toEqual(['stop', 'start', 'heard']);
		expect(summary?.exitCode).toBe(0);
	});

	test('a single attempt while it is down fails, unless that is expected', async () => {
		const { url, control } = await stoppable();
		const { failures } = await tried(step('retry: none, receiver: { stoppedFor: 1m }'), {
			to: url,
			receiver: control,
		});
		expect(failures).toEqual([
			'acknowledged: acknowledged ≠ connection refused (ECONNREFUSED), 1 attempt',
		]);
	});

	test('a run in which everything was as expected is 0, also when nothing was delivered on purpose', async () => {
		const { url, control } = await stoppable();
		const text = step(
			'retry: none, receiver: { stoppedFor: 1m }, expect: { acknowledged: false, attempts: 1 }',
		);
		expect((await tried(text, { to: url, receiver: control })).summary).toMatchObject({
			steps: { passed: 1 },
			exitCode: 0,
		});
	});

	test('one that does not come back fails the step, and the next ones say that nobody is there', async () => {
		const { url, control } = await stoppable();
		const broken: ReceiverControl = {
			stop: () => control.stop(),
			start: () => Promise.reject(new Problem('exec-failed', 'it does not start')),
		};
		const text =
			'name: a\nprovider: bayarcash\nsteps:\n  - { fire: transaction-success, receiver: { stoppedFor: 7m } }\n  - { fire: transaction-success, retry: none }\n';
		const { failures, summary } = await tried(text, { to: url, receiver: broken });
		expect(failures).toEqual([
			'problem: a step that can be tried ≠ it does not start',
			'unreached: a receiver that answers ≠ connection refused (ECONNREFUSED)',
		]);
		expect(summary?.exitCode).toBe(3);
	});

	test('scenarios that stop it run alone, behind the others', async () => {
		const { url, control } = await stoppable();
		const other = (name: string) =>
			`name: ${name}\nsteps: [{ fire: bayarcash/transaction-success, repeat: 3, expect: { attempts: 1, acknowledged: true } }]`;
		const { events, passed } = await tried(
			[step('receiver: { stoppedFor: 7m }'), other('b'), other('c')],
			{
				to: url,
				receiver: control,
				jobs: 3,
			},
		);
		expect(passed).toBe(true);
		const order = events.flatMap((event) => (event.type === 'scenario' ? [event.scenario] : []));
		expect(order.at(-1)).toBe('a');
	});
});
