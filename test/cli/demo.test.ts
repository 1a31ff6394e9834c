import { expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { answering } from '../support/server.ts';

test.each([
	['max', 'here nothing is waited for (--speed max)'],
	['3000', 'here 300 s pass in 100 ms (--speed 3000)'],
])(
	'demo says how time passes under --speed %s, and is acknowledged at the third attempt',
	async (speed, told) => {
		const { stdout, code } = await callsim(['demo', '--speed', speed]);
		expect(stdout).toContain(told);
		expect(stdout).toContain('acknowledged at attempt 3');
		expect(code).toBe(0);
	},
);

test('what is advised after a receipt names the page and the target as they were', async () => {
	const { url } = await answering(200);
	const to = 'http://127.0.0.1:1/cb';
	const { stdout } = await callsim([
		'fire',
		'bayarcash/receipt-success',
		'--to',
		to,
		'--return-to',
		url,
	]);
	expect(stdout).toContain(`--to ${to} --return-to ${url} --duplicate 2`);
});
