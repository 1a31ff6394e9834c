import { expect, test } from 'vitest';
import { patienceFor } from '../../src/check/patience.ts';
import { httpAttempt } from '../../src/delivery/attempt.ts';
import { millis } from '../../src/model/duration.ts';
import { deliveryOf, random } from '../support/deliver.ts';
import { callsim } from '../support/run-cli.ts';
import { serve } from '../support/server.ts';

test('an answer may take a minute until the receiver has been met, and ten seconds from then on', () => {
	const patience = patienceFor(undefined);
	expect(patience.span).toBe(60_000);
	patience.met();
	expect(patience.span).toBe(10_000);
});

test.each([0, 5_000, 90_000])(
	'what the user allows (%d ms) holds from the first answer on',
	(said) => {
		const patience = patienceFor(millis(said));
		expect(patience.span).toBe(said);
		patience.met();
		expect(patience.span).toBe(said);
	},
);

test('an attempt asks how long it may take when it is made', async () => {
	const { url } = await serve((_seen, response, count) => count === 1 && response.end('OK'));
	const patience = patienceFor(undefined, millis(5_000), millis(30));
	const options = {
		get timeout() {
			return patience.span;
		},
		...{ insecure: false, allowRemote: false },
	};
	const attempt = httpAttempt(options, random);
	const { request } = await deliveryOf('bayarcash/transaction-success', url);
	expect((await attempt(request, 0, undefined)).outcome.kind).toBe('answered');
	patience.met();
	expect((await attempt(request, 0, undefined)).outcome).toMatchObject({
		kind: 'timed-out',
		phase: 'headers',
	});
});

test('a verdict for want of an answer in time names --timeout, and advises nothing else', async () => {
	const { url } = await serve(() => undefined);
	const { stdout, code } = await callsim([
		'check',
		'bayarcash',
		'--to',
		url,
		'--only',
		'genuine-success',
		'--timeout',
		'200ms',
		'--json',
	]);
	const verdict = JSON.parse(stdout.split('\n')[0] ?? '') as { reason: string; hint: string };
	expect(verdict).toMatchObject({
		rule: 'genuine-success',
		verdict: 'failed',
		reason: expect.stringMatching(/no answer within \d+ ms; allow more with --timeout$/) as string,
		hint: expect.stringContaining('--timeout') as string,
	});
	expect(verdict.hint).not.toContain('form');
	expect(code).toBe(1);
});
