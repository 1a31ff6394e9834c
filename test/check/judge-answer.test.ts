import { expect, test } from 'vitest';
import { isThrottled, judgeAnswer } from '../../src/check/judge-answer.ts';
import type { AnswerWanted } from '../../src/check/wanted.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import { named } from '../../src/model/words.ts';

const usual = {
	acknowledge: { status: ['200', '201'] },
	about: 'it',
	orderKnown: true,
	exact: true,
	mayHangUp: false,
	optionalForm: undefined as string | undefined,
};
const answered = (status: number): Outcome => ({
	kind: 'answered',
	status,
	headers: {},
	body: new Uint8Array(),
	truncated: false,
	tookMs: 1,
});
const told = (wanted: AnswerWanted, status: number, context = {}) => {
	const { verdict, reason } = judgeAnswer(wanted, answered(status), { ...usual, ...context });
	return `${verdict} ${reason}`;
};
const stranger = { orderKnown: false };
const any2xx = { acknowledge: { status: ['2xx'] } };
const unsure = { optionalForm: 'nobody is sure of this form' };

test.each<[AnswerWanted, number, object, string]>([
	['acknowledged', 201, {}, 'passed it: answered 201'],
	[
		'acknowledged',
		299,
		{},
		'warned it: answered 299; the provider documents 200 or 201, and may try again',
	],
	[
		'acknowledged',
		399,
		{},
		'warned it: answered 399; the provider documents 200 or 201, and may try again',
	],
	['acknowledged', 302, { exact: false }, 'passed it: answered 302'],
	['acknowledged', 400, { exact: false }, 'failed it: answered 400, expected 200 or 201'],
	['acknowledged', 302, any2xx, 'failed it: answered 302, expected 2xx'],
	[
		'acknowledged',
		204,
		{ acknowledge: { status: ['200', '3xx'] } },
		'failed it: answered 204, expected 200 or 3xx',
	],
	['acknowledged', 400, stranger, 'failed it: answered 400, expected 200 or 201'],
	['acknowledged', 400, unsure, 'warned it: answered 400; nobody is sure of this form'],
	['acknowledged', 499, unsure, 'warned it: answered 499; nobody is sure of this form'],
	['acknowledged', 500, unsure, 'failed it: answered 500, expected 200 or 201'],
	['acknowledged', 302, { ...unsure, ...any2xx }, 'failed it: answered 302, expected 2xx'],
	['refused', 404, {}, 'passed it: answered 404'],
	[
		'refused',
		410,
		stranger,
		'inconclusive it: answered 410, as any order would be that the receiver does not know',
	],
	['refused', 299, {}, 'failed it: answered 299: it was accepted'],
	[
		'refused',
		300,
		{},
		'inconclusive it: answered 300: a redirect tells neither that it was refused nor that it was not',
	],
	['refused', 500, {}, 'failed it: answered 500, which is a crash and not a refusal'],
	['survived', 499, {}, 'passed it: answered 499'],
	['survived', 500, {}, 'failed it: answered 500, which is a crash'],
	['survived', 502, {}, 'failed it: answered 502, which is a crash'],
	['rejected', 500, {}, 'failed it: answered 500, which is a crash'],
	['rejected', 499, {}, 'passed it: answered 499'],
	[
		'rejected',
		399,
		{},
		'warned it: answered 399: what could not be read is reported as received, and never comes again',
	],
	['any', 500, {}, 'passed it: answered 500'],
])('%s, %i with %j', (wanted, status, context, expected) =>
	expect(told(wanted, status, context)).toBe(expected),
);

test.each([404, 410])('%i about a made up order is told with what would make one', (status) => {
	expect(told('acknowledged', status, stranger)).toMatch(
		/^inconclusive it: answered \d+: the order is made up; name one with .*orders.*, or have it made with .*setup/i,
	);
});

test('one that was asked too often says nothing else', () => {
	expect(isThrottled(answered(429))).toBe(true);
	expect(isThrottled(answered(428))).toBe(false);
	expect(isThrottled({ kind: 'timed-out', phase: 'headers', tookMs: 429 })).toBe(false);
});

test('who does not answer at all is told with what happened', () => {
	const context = { ...usual, mayHangUp: true };
	const silent: Outcome = { kind: 'timed-out', phase: 'headers', tookMs: 2_000 };
	expect(judgeAnswer('refused', silent, context)).toEqual({
		verdict: 'failed',
		reason: `it: no answer within 2 s; allow more with ${named('timeout')}`,
	});
	const purpose: Outcome = { kind: 'broken', cause: 'closed', detail: 'we hung up', tookMs: 1 };
	expect(judgeAnswer('refused', purpose, usual)).toEqual({
		verdict: 'passed',
		reason: 'we hung up on purpose',
	});
	const other: Outcome = { kind: 'unreachable', cause: 'refused', detail: 'we hung up', tookMs: 1 };
	expect(judgeAnswer('refused', other, context).verdict).toBe('failed');
});
