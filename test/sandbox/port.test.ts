import { createHash } from 'node:crypto';
import { fire, run, type SandboxPortOptions } from 'callback-simulator';
import { describe, expect, test } from 'vitest';
import { type Answer, call, intentFields } from '../support/open-sandbox.ts';
import { ownProvider } from '../support/own-provider.ts';
import { callsim, jsonLines } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { closedPort, serve } from '../support/server.ts';

type Fire = Parameters<typeof fire>[1];

/** A shop that asks while it is told, what it was answered, and how callsim opens the port for it. */
async function asking(...paths: readonly string[]) {
	const answers: Answer[] = [];
	let api = '';
	const { url } = await serve(async (_, response) => {
		for (const path of paths) answers.push(await call('GET', `${api}${path}`));
		response.end('OK');
	});
	const port: SandboxPortOptions = {
		sandboxPort: 0,
		onSandbox: (told) => {
			api = told;
		},
	};
	const fired = async (event: string, more: Omit<Fire, 'to'> = {}) => {
		answers.length = 0;
		await fire(event.split(' '), { ...port, retry: 'none', to: url, ...more });
		return answers.map(({ json }) => json);
	};
	return { url, port, answers, fired, api: () => api };
}

const transaction = '/v3/transactions/trx_q6LJdl';

describe('beside fire, run and check', () => {
	test('a payment can be asked for before its callback has been answered, on v2 and v3', async () => {
		const { fired } = await asking(
			transaction,
			'/api/v2/transactions/trx_q6LJdl',
			'/v3/transactions?order_number=ORD-7',
			'/v3/transactions?order_number=ORD-8',
		);
		const [v3, v2, list, others] = await fired('bayarcash/transaction-success', {
			set: { order_number: 'ORD-7' },
			amount: '75.50',
		});
		expect(v3).toMatchObject({
			id: 'trx_q6LJdl',
			order_number: 'ORD-7',
			amount: 75.5,
			currency: 'MYR',
			status: 3,
			status_description: 'Approved',
			payer_email: 'mohd.ali@example.com',
			exchange_reference_number: '1-735-272-902-315691',
			datetime: '2024-12-27 12:15:02',
		});
		expect(v2).toEqual(v3);
		expect(list.data).toEqual([v3]);
		expect(others.data).toEqual([]);
	});

	test.each([
		['tampered', { tamper: { amount: '1.00' } }],
		['unsigned', { unsigned: true }],
		['signed with another key', { wrongKey: true }],
		['raw bytes', { rawBody: 'record_type=transaction&transaction_id=trx_q6LJdl&status=3' }],
	])('a callback that is %s changes nothing there', async (_, broken) => {
		const { fired, answers } = await asking(transaction, '/v3/transactions');
		const [, list] = await fired('bayarcash/transaction-success', broken);
		expect(answers.map(({ status }) => status)).toEqual([404, 200]);
		expect(list.data).toEqual([]);
	});

	test('a forged success leaves a pending payment pending, whatever came before', async () => {
		const { url, port, answers } = await asking(transaction);
		await run(
			{
				name: 'forged',
				to: url,
				retry: 'none',
				steps: [
					{ fire: 'bayarcash/transaction-pending' },
					{ fire: 'bayarcash/transaction-success', wrongKey: true },
				],
			},
			port,
		);
		expect(answers.map(({ json }) => json.status)).toEqual([1, 1]);
	});

	test('what came late says nothing new: approved stays approved, failed may become so', async () => {
		const { fired } = await asking(transaction);
		const statuses = async (line: string) => (await fired(line)).map(({ status }) => status);
		const of = (...names: string[]) => names.map((one) => `bayarcash/${one}`).join(' ');
		expect(
			await statuses(
				of('pre-transaction', 'transaction-pending', 'transaction-success', 'transaction-failed'),
			),
		).toEqual([0, 1, 3, 3]);
		expect(
			await statuses(of('transaction-failed', 'transaction-pending', 'transaction-success')),
		).toEqual([2, 2, 3]);
	});

	test('every message about a payment tells of it: receipts, manual transfers, second attempts', async () => {
		const { fired } = await asking(transaction, '/v3/transactions/trx_YdoXvn');
		const seen = async (event: string) => (await fired(`bayarcash/${event}`))[0];
		expect(await seen('receipt-failed')).toMatchObject({ status: 2, amount: 60 });
		expect(await seen('manual-transfer')).toMatchObject({ status: 3, amount: 60, currency: 'MYR' });
		expect(await seen('pre-transaction')).toMatchObject({ status: 0, amount: null });
		const [first, second] = (
			await fired('bayarcash/transaction-failed bayarcash/transaction-second-attempt')
		).slice(2);
		expect([first.status, second.status]).toEqual([2, 3]);
	});

	test('a mandate is known by its callbacks, and so is what is collected', async () => {
		const { fired } = await asking(
			'/v3/mandates/md_nq5oAG',
			'/api/v2/mandates/transactions/trx_DD0001',
		);
		const answers = await fired(
			'bayarcash/dd-authorization-success bayarcash/dd-bank-approval-approved bayarcash/dd-transaction-success',
		);
		expect(answers[0]).toMatchObject({ status: 1, order_number: 'DDD-24060323', amount: null });
		expect(answers[2]).toMatchObject({
			status: 3,
			status_description: 'Active',
			payer_bank_account_number: '033112228108',
			mandate_reference_number: 'E-20241719482236',
		});
		expect(answers[5]).toMatchObject({ status: 3, amount: 100, mandate: { id: 'md_nq5oAG' } });
		const [refused] = await fired('bayarcash/dd-authorization-failed');
		expect(refused.status).toBe(2);
		const [collected] = await fired('bayarcash/dd-transaction-failed');
		expect(collected.status).toBe(3);
		const [, nothing] = await fired('bayarcash/dd-transaction-success', { wrongKey: true });
		expect(nothing).toEqual({ message: 'Not found.' });
	});

	test('it tells what was sent, not what would have been right', async () => {
		const { fired } = await asking(transaction);
		const set = { currency: '', status: 9, status_description: 'Unknown' };
		const [told] = await fired('bayarcash/transaction-success', { set, amount: '0.01' });
		expect(told).toMatchObject({
			currency: '',
			amount: 0.01,
			status: 9,
			status_description: 'Unknown',
		});
	});

	test('an intent that the shop made is the one that is paid', async () => {
		const answers: Answer[] = [];
		let api = '';
		let intent = '';
		const { url } = await serve(async (_, response) => {
			answers.push(await call('GET', `${api}/v3/payment-intents/${intent}`));
			response.end('OK');
		});
		const onSandbox = (told: string) => {
			api = told;
		};
		await run(
			{
				name: 'intent',
				to: url,
				setup: {},
				steps: [{ fire: 'bayarcash/transaction-success', ref: 'ORD-9', amount: '60.00' }],
			},
			{
				...{ sandboxPort: 0, onSandbox },
				async setup() {
					const fields = intentFields({ order_number: 'ORD-9' });
					const made = await call('POST', `${api}/v3/payment-intents`, fields);
					intent = made.json.id;
				},
			},
		);
		expect(answers[0]?.json).toMatchObject({ id: intent, status: 'paid', order_number: 'ORD-9' });
	});

	test('nobody pays or decides there, and unknown addresses are told', async () => {
		const { fired, answers } = await asking(
			'/payment-intent/pi_1',
			'/_callsim/orders',
			'/v3/transactions/trx_none',
			'/v3/transaction/trx_q6LJdl',
		);
		await fired('bayarcash/transaction-success');
		expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
	});

	test('it is gone when the command is', async () => {
		const { fired, api } = await asking();
		await fired('bayarcash/transaction-success');
		await expect(call('GET', `${api()}${transaction}`)).rejects.toThrow('fetch failed');
	});

	test('a shop that asks behind its answer is waited for', async () => {
		let api = '';
		const asked = new Promise<Answer>((resolve) => {
			const onSandbox = (told: string) => {
				api = told;
			};
			const port = { sandboxPort: 0, onSandbox };
			void serve((_, response) => {
				response.end('OK', () => setImmediate(() => resolve(call('GET', `${api}${transaction}`))));
			}).then(({ url }) => fire('bayarcash/transaction-success', { to: url, ...port }));
		});
		expect((await asked).json.status).toBe(3);
	});
});

describe('--sandbox-port', () => {
	const free = async () => String(await closedPort());

	test('the address stands on stderr, and a receiver that is started knows it', async () => {
		const port = await free();
		const oneLine = `require("node:http").createServer(async (request, response) => {
			const url = process.env.CALLSIM_SANDBOX_URL + "/v3/transactions/trx_q6LJdl";
			const answer = await fetch(url, { headers: { authorization: "Bearer x" } });
			const isPaid = answer.ok && (await answer.json()).status === 3;
			response.writeHead(request.method === "POST" && !isPaid ? 403 : 200).end();
		}).listen(${port}, "127.0.0.1")`.replaceAll('\n', ' ');
		const scenario = { name: 'one', steps: [{ fire: 'bayarcash/transaction-success' }] };
		const { code, stdout, stderr } = await callsim(
			[
				...['run', 'one.json', '--to', `127.0.0.1:${port}`, '--exec', `node -e '${oneLine}'`],
				...['--sandbox-port', '0', '--json'],
			],
			{ cwd: folderWith({ 'one.json': JSON.stringify(scenario) }).path },
		);
		expect(stderr).toMatch(
			/^sandbox on http:\/\/127\.0\.0\.1:\d+: answers status queries of bayarcash/m,
		);
		expect(jsonLines(stdout).at(-1)).toMatchObject({ type: 'summary', exitCode: 0 });
		expect(code).toBe(0);
	});

	test('what was wrong about what the shop asked is told, or that it asked nothing', async () => {
		let api = '';
		const asked = await serve(async (_, response) => {
			await fetch(`${api}/v3/transactions/trx_1`);
			response.end();
		});
		const port = await free();
		api = `http://127.0.0.1:${port}`;
		const fired = (to: string) =>
			callsim(['fire', 'bayarcash/transaction-success', '--to', to, '--sandbox-port', port]);
		const { stderr, stdout } = await fired(asked.url);
		expect(stderr).toContain(
			'the shop asked GET /v3/transactions/trx_1: there is no Authorization',
		);
		expect(stdout).toContain(`--sandbox-port ${port}`);
		const silent = await serve((_, response) => response.end());
		expect((await fired(silent.url)).stderr).toContain(`nobody asked http://127.0.0.1:${port}`);
	});

	test('a forgery that is not found is no mistake of the shop that asked', async () => {
		const port = await free();
		const { url } = await serve(async ({ body }, response) => {
			const reference = /ref_id=?":?"?([\w-]+)/.exec(String(body))?.[1] ?? '';
			const sign = createHash('md5').update(`081234567890dev0123456789abcdef${reference}`);
			const fields = { username: '081234567890', ref_id: reference, sign: sign.digest('hex') };
			const answer = await call('POST', `http://127.0.0.1:${port}/api/check-status`, fields);
			response.writeHead(answer.json.data.rc === '06' ? 403 : 200).end();
		});
		const { stderr } = await callsim([
			...['check', 'iak', '--to', url, '--sandbox-port', port],
			...['--only', 'checksum-wrong-key'],
		]);
		expect(stderr).toContain('status queries of iak');
		expect(stderr).not.toContain('the shop asked');
	});

	test('check repeats a rule with it', async () => {
		const { url } = await serve((_, response) => response.end());
		const port = await free();
		const { stdout } = await callsim([
			...['check', 'bayarcash', '--to', url, '--sandbox-port', port],
			...['--only', 'checksum-wrong-key'],
		]);
		expect(stdout).toMatch(new RegExp(`--wrong-key .*--sandbox-port ${port}`));
	});

	test('no port is a problem, nor is a provider that cannot be asked, and nothing is sent', async () => {
		const { url, seen } = await serve((_, response) => response.end());
		const line = ['fire', 'bayarcash/transaction-success', '--to', url];
		const { code, stderr } = await callsim([...line, '--sandbox-port', 'x']);
		expect([code, seen.length]).toEqual([2, 0]);
		expect(stderr).toContain('is not a port');
		const { path } = ownProvider({}, {}, { order_no: 'A-1' });
		const options = { to: url, sandboxPort: 0, providers: `${path}/own` };
		await expect(fire('kedai/paid', options)).rejects.toMatchObject({
			message: 'sandboxPort: nothing here answers status queries of kedai',
			hint: expect.stringContaining('bayarcash'),
		});
		await expect(fire('khoins/transaction-success', { to: url, sandboxPort: 0 })).rejects.toThrow(
			'sandboxPort: KHOINS documents no status query',
		);
		expect(seen).toHaveLength(0);
	});

	test('a port that is taken is a problem, and nothing is sent', async () => {
		const { url, seen } = await serve((_, response) => response.end());
		const line = ['fire', 'bayarcash/transaction-success', '--to', url];
		const { code, stderr } = await callsim([...line, '--sandbox-port', new URL(url).port]);
		expect([code, seen.length]).toEqual([2, 0]);
		expect(stderr).toContain('port-unavailable');
		expect(stderr).toContain('--sandbox-port 0');
	});
});
