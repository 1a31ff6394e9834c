import { check, compose, fire, Problem, run } from 'callback-simulator';
import { describe, expect, test } from 'vitest';
import { answering } from '../support/server.ts';
import { bayarcashIsGenuine } from '../support/verifier.ts';

const success = 'bayarcash/transaction-success';
const fieldsOf = async (options: Parameters<typeof compose>[1]) =>
	Object.fromEntries(
		new URLSearchParams(Buffer.from((await compose(success, options)).body ?? []).toString()),
	);
const problemOf = (work: Promise<unknown>) =>
	work.then(
		() => expect.fail('no problem was raised'),
		(error: unknown) => {
			expect(error).toBeInstanceOf(Problem);
			const { code, message, hint } = error as Problem;
			return { code, message, hint };
		},
	);

describe('what a program says is taken as it stands', () => {
	test.each(['file:/etc/hostname', 'env:HOME', 'a=b', '@key'])(
		'a credential %j is the key itself',
		async (key) => {
			const fields = await fieldsOf({ credentials: { secret_key: key } });
			expect(bayarcashIsGenuine(fields, [], key)).toBe(true);
		},
	);

	test('a credential may name its provider', async () => {
		const fields = await fieldsOf({ credentials: { 'bayarcash.secret_key': 'my-key' } });
		expect(bayarcashIsGenuine(fields, [], 'my-key')).toBe(true);
	});

	test('a credential that a program without types leaves undefined is none', async () => {
		const credentials = { secret_key: undefined } as unknown as Record<string, string>;
		expect(await fieldsOf({ credentials })).toEqual(await fieldsOf({}));
	});

	test('the name of a header is no place for a second one', async () => {
		expect(await problemOf(compose(success, { headers: { 'x-a: injected': 'z' } }))).toMatchObject({
			code: 'header-invalid',
			message: 'headers: "x-a: injected" is no name of a header',
		});
	});

	test('a header’s value is never read as a reference', async () => {
		const { headers } = await compose(success, {
			headers: { 'x-a': 'env:HOME', 'x-b': 'file:/etc/hostname' },
		});
		expect(headers).toMatchObject({ 'x-a': 'env:HOME', 'x-b': 'file:/etc/hostname' });
	});

	test('a path is a path, whatever it ends in', async () => {
		expect(await problemOf(compose(success, { set: { 'amount:': '1' } }))).toMatchObject({
			code: 'path-unknown',
			message: `set: ${success} has no field "amount:"`,
		});
		expect(await fieldsOf({ add: { 'note:': '1' } })).toMatchObject({ 'note:': '1' });
	});

	test('a body that looks like the name of a file is a body', async () => {
		expect(await problemOf(compose(success, { body: '@order.json' }))).toMatchObject({
			code: 'body-invalid',
		});
	});
});

describe('a program is told of its own words', () => {
	const to = 'http://127.0.0.1:1/';
	test.each<[string, Promise<unknown> | (() => Promise<unknown>), string]>([
		[
			'a negative timeout',
			() => fire(success, { to, timeoutMs: -1 }),
			'timeoutMs -1 is not a number of milliseconds',
		],
		['no number', () => fire(success, { to, timeoutMs: Number.NaN }), 'timeoutMs NaN is not'],
		[
			'half a seed',
			() => compose(success, { fresh: true, seed: 1.5 }),
			'seed 1.5 is not a whole number',
		],
		[
			'half a duplicate',
			() => fire(success, { to, duplicate: 1.5 }),
			'duplicate "1.5" is not a whole number',
		],
		['no speed', () => fire(success, { to, speed: 0 }), 'speed "0" is not a factor'],
		[
			'a date that is none',
			() => compose(success, { fresh: true, now: new Date('x') }),
			'now "Invalid Date"',
		],
		[
			'a time without a zone',
			() => compose(success, { fresh: true, now: '2026-01-15' }),
			'now "2026-01-15" is not',
		],
		['a schedule', () => fire(success, { to, retry: 'often' }), 'retry "often" is not a schedule'],
		['a target', () => fire(success, { to: 'ftp://x' }), 'to "ftp://x" is ftp'],
		[
			'a gate',
			() => check('bayarcash', { to, failOn: 'never' as 'must' }),
			'failOn "never" is neither',
		],
		['a settle', () => check('bayarcash', { to, settleMs: -5 }), 'settleMs -5 is not'],
	])('%s', async (_name, work, message) => {
		const problem = await problemOf(typeof work === 'function' ? work() : work);
		expect(problem.message).toContain(message);
		expect(`${problem.message} ${problem.hint}`).not.toMatch(/--[a-z]/);
	});

	test('a wait shorter than a millisecond is one that is over', async () => {
		const { url } = await answering(200);
		expect(await fire(success, { to: url, timeoutMs: 5_000.4 })).toMatchObject({
			acknowledged: true,
		});
	});

	test.each([
		[{ unsigned: true, wrongKey: true }, 'unsigned and wrongKey contradict each other'],
		[{ rawBody: 'x', set: { amount: '1' } }, 'rawBody and set contradict each other'],
		[{ seed: 5 }, 'seed changes nothing without fresh'],
		[{ amount: 'x' }, 'amount "x" is not a number'],
		[{ body: ' ' }, 'body is empty'],
	])('%j', async (options, message) => {
		const problem = await problemOf(compose(success, options));
		expect(problem.message).toContain(message);
		expect(`${problem.message} ${problem.hint}`).not.toMatch(/--[a-z]/);
	});

	test('by the verdicts of check as well', async () => {
		const { url } = await answering(200);
		const { rules } = await check('bayarcash', {
			to: url,
			only: ['state-visible', 'success-takes-effect', 'slow-send', 'return-genuine'],
		});
		const texts = rules.map(({ reason, hint }) => `${reason} ${hint}`);
		expect(texts.join('\n')).toContain('probe');
		expect(texts.filter((text) => / --[a-z]/.test(text) || /[\ue000\ue001]/.test(text))).toEqual(
			[],
		);
	});

	test('and by the steps of run', async () => {
		const { url } = await answering(500);
		const skipped: string[] = [];
		const step = { fire: 'transaction-success', retry: 'none' };
		const scenario = { name: 'x', provider: 'bayarcash', steps: [step, step] };
		await run(scenario, {
			to: url,
			bail: true,
			onEvent: (event) => {
				if (event.type === 'step-skipped') skipped.push(event.why);
			},
		});
		expect(skipped).toEqual(['a step before it failed (bail: true)']);
		const wrong = { ...scenario, steps: [{ ...step, timeout: '5x' }] };
		expect((await problemOf(run(wrong, { to: url }))).message).toContain(
			'step 1: timeout "5x" is not a duration',
		);
	});
});
