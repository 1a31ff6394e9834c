import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { keys } from '../support/verifier.ts';

const event = 'bayarcash/transaction-success';
const genuine = async () => (await callsim(['show', event, '--print', 'body'])).stdout;

test.each([
	['--set', 'amount=10.00'],
	['--amount', '10.00'],
	['--ref', 'ORD-7'],
	['--add', 'x=1'],
	['--unset', 'amount'],
	['--body', '{}'],
	['--variant', 'json'],
	['--encoding', 'json'],
	['--fresh'],
	['--tamper', 'amount=1.00'],
	['--unsigned'],
	['--wrong-key'],
	['--header', 'x-a: b'],
	['--event', 'transaction-success'],
])('verify of what was received refuses %s, which would change nothing', async (...flag) => {
	for (const file of [[], ['-']]) {
		const told = await callsim(['verify', 'bayarcash', ...file, ...flag], {
			input: await genuine(),
		});
		expect(told).toMatchObject({ code: 2, stdout: '' });
		expect(told.stderr).toContain(
			`error usage: ${flag[0]} describes a callback that callsim makes`,
		);
	}
});

test('all of them are named at once, and refused beside --expect and a file, too', async () => {
	const told = await callsim(
		['verify', 'bayarcash', '-', '--expect', 'abc', '--set', 'amount=1', '--event', event],
		{ input: await genuine() },
	);
	expect(told).toMatchObject({ code: 2, stdout: '' });
	expect(told.stderr).toContain('--event, --set describe a callback');
});

test('what says nothing of the input, or of the signature, is refused without a file', async () => {
	const own = ['verify', 'bayarcash', '--expect', 'abc', '--event', event];
	for (const flag of [['--content-type', 'application/json'], ['--wrong-key']]) {
		const told = await callsim([...own, ...flag]);
		expect(told).toMatchObject({ code: 2, stdout: '' });
		expect(told.stderr).toContain(`error usage: ${flag[0]} `);
	}
});

test('--expect with a file explains what one’s own code made of this very callback', async () => {
	const input = (await callsim(['show', event, '--set', 'amount=77.00', '--print', 'body'])).stdout;
	const fields = Object.entries(Object.fromEntries(new URLSearchParams(input)));
	const values = fields.filter(([name]) => name !== 'checksum').map(([, value]) => value);
	const own = createHmac('sha256', keys.bayarcash).update(values.join('|')).digest('hex');
	const told = await callsim(['verify', 'bayarcash', '-', '--expect', `${own}\n`], { input });
	expect(told).toMatchObject({ code: 1 });
	expect(told.stdout).toContain('unsorted');
	expect(told.stdout).toContain(`yours     ${own}`);
	const right = new URLSearchParams(input).get('checksum') ?? '';
	expect(await callsim(['verify', 'bayarcash', '-', '--expect', right], { input })).toMatchObject({
		code: 0,
	});
	const digest = (await callsim(['show', 'transfez/transaction-completed', '--print', 'http']))
		.stdout;
	expect(
		await callsim(['verify', 'transfez', '-', '--expect', 'abc'], { input: digest }),
	).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing-signed') as string });
});
