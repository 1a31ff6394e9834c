import { execFile } from 'node:child_process';
import dns from 'node:dns';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
	check,
	compose,
	fire,
	loadCatalogue,
	Problem,
	type RunEvent,
	run,
} from 'callback-simulator';
import { describe, expect, test, vi } from 'vitest';
import { answering, closedPort, serve } from '../support/server.ts';
import { openShop } from '../support/shop.ts';
import { bayarcashIsGenuine, iakIsGenuine, parsedBody } from '../support/verifier.ts';

const success = 'bayarcash/transaction-success';

describe('fire', () => {
	test('goes through the whole schedule at once, and tells every attempt with provider time', async () => {
		const { url, seen } = await answering(500, 503, 200);
		const told: RunEvent[] = [];
		const result = await fire(success, { to: url, onEvent: (event) => told.push(event) });
		expect(result).toMatchObject({ acknowledged: true, exitCode: 0 });
		expect(result.deliveries[0]?.attempts.map(({ offsetMs }) => offsetMs)).toEqual([
			0, 300_000, 600_000,
		]);
		expect(told.map(({ type }) => type)).toEqual([
			...['started', 'attempt', 'waiting', 'attempt', 'waiting', 'attempt', 'finished', 'summary'],
		]);
		expect(new Set(seen.map(({ body }) => body.toString())).size).toBe(1);
	});

	test('sends what was asked for, signed, and one callback an event', async () => {
		const { url, seen } = await answering(200);
		const events = ['bayarcash/pre-transaction', success];
		await fire(events, { to: new URL(url), fresh: true, seed: 7, set: { order_number: 'ORD-7' } });
		const bodies = seen.map(parsedBody);
		expect(bodies.map((fields) => fields['order_number'])).toEqual(['ORD-7', 'ORD-7']);
		expect(bodies.every((fields) => bayarcashIsGenuine(fields))).toBe(true);
	});

	test('of no event sends nothing, and is not acknowledged', async () => {
		const { url, seen } = await answering(200);
		const told: RunEvent[] = [];
		const result = await fire([], { to: url, onEvent: (event) => told.push(event) });
		expect(result).toMatchObject({ acknowledged: false, deliveries: [] });
		expect(told.map(({ type }) => type)).toEqual(['summary']);
		expect(seen).toHaveLength(0);
	});

	test('refuses values that hold themselves, before anything is sent', async () => {
		const { url, seen } = await answering(200);
		const cycle: Record<string, unknown> = {};
		cycle['cycle'] = cycle;
		for (const shaping of [
			{ set: { payer_name: cycle } },
			{ add: cycle },
			{ tamper: { amount: [cycle] } },
			{ body: cycle },
		])
			await expect(fire(success, { to: url, ...shaping })).rejects.toMatchObject({
				name: 'Problem',
				code: 'value-misfit',
			});
		expect(seen).toEqual([]);
	});

	test('has a refusal and an empty port as results', async () => {
		const { url } = await answering(403);
		expect(await fire(success, { to: url, retry: 'none' })).toMatchObject({
			acknowledged: false,
			exitCode: 1,
		});
		const nobody = await fire(success, {
			to: `http://127.0.0.1:${await closedPort()}/`,
			retry: 'none',
		});
		expect(nobody).toMatchObject({ exitCode: 3, deliveries: [{ why: 'never-reached' }] });
	});

	test.each([
		['event-unknown', 'bayarcash/transaction-sucess', {}],
		['path-unknown', success, { set: { amout: '1' } }],
		['target-remote', success, { to: 'http://203.0.113.1/' }],
	] as const)('throws a Problem %s before anything is sent', async (code, event, more) => {
		const { url, seen } = await answering(200);
		const error = await fire(event, { to: url, ...more }).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(Problem);
		expect(error).toMatchObject({ code });
		expect(seen).toHaveLength(0);
	});

	test('rejects with the signal’s reason, after what was attempted has been told', async () => {
		const { url } = await answering(500);
		const controller = new AbortController();
		const reason = new Error('enough');
		const told: string[] = [];
		const stopped = fire(success, {
			to: url,
			speed: 1,
			signal: controller.signal,
			onEvent: ({ type }) => {
				told.push(type);
				if (type === 'waiting') controller.abort(reason);
			},
		});
		await expect(stopped).rejects.toBe(reason);
		expect(told).toContain('attempt');
	});

	test('masks own credentials that a receiver repeats', async () => {
		const { url } = await serve((_seen, response) =>
			response.writeHead(500).end('key is hush-hush-hush'),
		);
		const result = await fire(success, {
			to: url,
			retry: 'none',
			credentials: { secret_key: 'hush-hush-hush' },
		});
		expect(JSON.stringify(result)).not.toContain('hush-hush-hush');
	});
});

describe('run', () => {
	test('takes scenarios as objects, and probes as functions', async () => {
		const shop = await openShop();
		shop.orders.set('ORD-1', { reference: 'ORD-1', amount: '60.00', state: 'new', credited: 0 });
		const steps = [
			{ fire: 'transaction-success', probe: { equals: { state: 'paid' } } },
			{ fire: 'transaction-failed', after: '10m', probe: { unchanged: true } },
			{ fire: 'transaction-failed', probe: { changed: ['state'], within: 0 } },
		];
		const scenario = { name: 'late failure', provider: 'bayarcash', ref: 'ORD-1', steps };
		const result = await run(scenario, {
			to: `${shop.origin}/cb`,
			probe: ({ reference }) => shop.orders.get(reference),
		});
		expect(result.scenarios[0]?.steps.map(({ passed }) => passed)).toEqual([true, true, false]);
		expect(result).toMatchObject({
			passed: false,
			exitCode: 1,
			failures: [{ step: 3, startsAtMs: 600_000 }],
		});
	});

	test('takes shipped scenarios by name, and stops when it is told to', async () => {
		const { url } = await answering(200);
		const result = await run('bayarcash/payment', { to: url });
		expect(result.scenarios).toMatchObject([
			{ scenario: 'bayarcash/payment', passed: true, skipped: 0 },
		]);
		const aborted = AbortSignal.abort(new Error('no'));
		await expect(run('bayarcash/payment', { to: url, signal: aborted })).rejects.toThrow('no');
	});

	test('tells two scenarios of one name apart, and refuses to run none', async () => {
		const { url } = await answering(200, 500);
		const one = {
			name: 'same',
			provider: 'bayarcash',
			steps: [{ fire: 'transaction-success', retry: 'none' }],
		};
		const { scenarios } = await run([one, one], { to: url });
		expect(scenarios.map(({ passed, steps }) => [passed, steps.length])).toEqual([
			[true, 1],
			[false, 1],
		]);
		await expect(run([], { to: url })).rejects.toThrow(/no scenario/);
		await expect(run(one, { to: url, jobs: 0 })).rejects.toThrow(/^jobs "0"/);
	});

	test('refuses a probe and a set-up that are none, in place of judging without them', async () => {
		const to = 'http://127.0.0.1:1/';
		for (const none of [{}, { uri: 'http://127.0.0.1:1/' }, null] as never[]) {
			await expect(run('bayarcash/payment', { to, probe: none })).rejects.toThrow(
				/^probe has neither a url nor/,
			);
			await expect(check('bayarcash', { to, setup: none })).rejects.toMatchObject({
				code: 'usage',
			});
		}
	});

	test('can be stopped while a probe never answers', async () => {
		const { url } = await answering(200);
		const controller = new AbortController();
		const probe = () => {
			controller.abort(new Error('enough'));
			return new Promise(() => undefined);
		};
		const steps = [{ fire: 'transaction-success', probe: { changed: true } }];
		const stopped = run(
			{ name: 'x', provider: 'bayarcash', steps },
			{ to: url, probe, signal: controller.signal },
		);
		await expect(stopped).rejects.toThrow('enough');
	});

	test('has a command with nothing in it as a failed step, not as a bug', async () => {
		const { url, seen } = await answering(200);
		const setup = { command: '' };
		const result = await run('bayarcash/payment', {
			to: url,
			probe: () => ({ state: 'paid' }),
			setup,
		});
		expect(result.failures[0]).toMatchObject({
			passed: false,
			got: expect.stringContaining('nothing in it') as string,
		});
		expect(seen).toHaveLength(0);
	});

	test('sends nothing where a step is wrong', async () => {
		const { url, seen } = await answering(200);
		const steps = [
			{ fire: 'transaction-success' },
			{ fire: 'transaction-success', set: { nope: 1 } },
		];
		await expect(run({ name: 'x', provider: 'bayarcash', steps }, { to: url })).rejects.toThrow(
			/step 2.*nope/,
		);
		expect(seen).toHaveLength(0);
	});
});

test.each([
	[
		'fire',
		(to: string, page: string) =>
			fire([success, 'bayarcash/receipt-success'], { to, returnTo: page }),
	],
	['run', (to: string, page: string) => run('bayarcash/payment', { to, returnTo: page })],
	[
		'run',
		(to: string, page: string) =>
			run('bayarcash/payment', { to, probe: { url: `${page}{reference}` }, setup: { url: to } }),
	],
	['check', (to: string, page: string) => check('bayarcash', { to, returnTo: page })],
	[
		'check',
		(to: string, page: string) => check('bayarcash', { to, setup: { url: `${page}{reference}` } }),
	],
] as const)('%s sends nothing where one of its names is remote', async (_, send) => {
	const { url, seen } = await answering(200);
	vi.spyOn(dns, 'lookup').mockImplementation(((
		_name: string,
		_options: unknown,
		done: (...all: unknown[]) => void,
	) => done(null, [{ address: '203.0.113.9', family: 4 }])) as typeof dns.lookup);
	await expect(send(url, 'http://shop.test/')).rejects.toMatchObject({
		name: 'Problem',
		code: 'target-remote',
	});
	expect(seen).toHaveLength(0);
});

test('check tells every rule, with orders made and read by functions', async () => {
	const shop = await openShop();
	const { rules, failed, passed } = await check('bayarcash', {
		to: `${shop.origin}/cb`,
		only: ['duplicate', 'checksum-missing', 'late-failure'],
		setup: ({ reference, amount }) =>
			shop.orders.set(reference, { reference, amount, state: 'new', credited: 0 }),
		probe: ({ reference }) => shop.orders.get(reference),
	});
	expect([passed, failed]).toEqual([true, []]);
	expect(rules.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed']);
	const [evidence] = rules.find(({ rule }) => rule === 'checksum-missing')?.evidence ?? [];
	expect(evidence?.sent?.method).toBe('POST');
	expect(evidence?.answer).toMatchObject({ kind: 'answered' });
});

test('compose gives the bytes that would be sent, without sending them', async () => {
	const { body, method, headers, signature } = await compose('iak/pulsa-success', {
		fresh: true,
		ref: 'order-7',
	});
	const json = JSON.parse(Buffer.from(body ?? []).toString('utf8')) as Record<string, unknown>;
	expect(iakIsGenuine(json)).toBe(true);
	expect([method, headers['content-type']]).toEqual(['POST', 'application/json']);
	expect(signature?.algorithm).toBe('md5');
});

test('loadCatalogue lists what the command lists', async () => {
	const { providers, events, scenarios } = await loadCatalogue();
	expect(providers.map(({ id }) => id)).toEqual(['bayarcash', 'iak', 'khoins', 'transfez']);
	expect(events.find(({ id }) => id === success)).toMatchObject({
		encoding: 'form',
		schedule: { attempts: 5 },
	});
	expect(scenarios.map(({ id }) => id)).toContain('bayarcash/late-failure');
});

test('leaves the process alone: no output, no signal handlers, no environment', async () => {
	const { url } = await answering(200);
	const program = `
		import { fire } from 'callback-simulator';
		process.env.CALLSIM_BAYARCASH_SECRET_KEY = 'not handed over';
		const { deliveries, acknowledged } = await fire('${success}', { to: '${url}' });
		if (!acknowledged || process.listenerCount('SIGINT') + process.listenerCount('SIGTERM') > 0) process.exit(1);
	`;
	const root = fileURLToPath(new URL('../..', import.meta.url));
	const { stdout, stderr } = await promisify(execFile)(
		process.execPath,
		['--input-type=module', '-e', program],
		{
			cwd: root,
		},
	);
	expect([stdout, stderr]).toEqual(['', '']);
});

test('has types that need no other package', async () => {
	const root = fileURLToPath(new URL('../..', import.meta.url));
	const folder = mkdtempSync(join(tmpdir(), 'callsim-types-'));
	writeFileSync(
		join(folder, 'consumer.ts'),
		`import { check, fire, run, Problem, type FireResult } from '${join(root, 'dist/types/index.js')}';
		const result: FireResult = await fire('x/y', { to: 'x', onEvent: (event) => { if (event.type === 'attempt' && event.outcome.kind === 'answered') event.outcome.status.toFixed(); } });
		const { failures } = await run('x', { probe: ({ reference }) => reference.length });
		failures[0]?.reproduce.trim();
		const { rules } = await check('x', { to: 'x' });
		rules[0]?.evidence[0]?.sent?.url.trim();
		export const code = (error: unknown): boolean => error instanceof Problem && error.code === 'event-unknown' && result.acknowledged;
		// @ts-expect-error there is no such option
		await fire('x/y', { to: 'x', nope: 1 });
		`,
	);
	const options = {
		module: 'nodenext',
		target: 'es2023',
		lib: ['es2023', 'dom'],
		strict: true,
		types: [],
	};
	writeFileSync(
		join(folder, 'tsconfig.json'),
		JSON.stringify({
			compilerOptions: { ...options, skipLibCheck: false, noEmit: true },
			files: ['consumer.ts'],
		}),
	);
	writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
	const tsc = join(root, 'node_modules/typescript/bin/tsc');
	const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(
		(error) => error,
	);
	expect(stdout).toBe('');
});
