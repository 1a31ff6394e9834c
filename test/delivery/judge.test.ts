import { expect, test } from 'vitest';
import { judge, matchesStatus } from '../../src/delivery/judge.ts';
import type { Outcome } from '../../src/model/outcome.ts';

const answered = (status: number, text = ''): Outcome => ({
	kind: 'answered',
	status,
	headers: {},
	body: Buffer.from(text),
	truncated: false,
	tookMs: 1,
});

test.each([
	['200', 200, true],
	['200', 201, false],
	['2xx', 200, true],
	['2xx', 299, true],
	['2xx', 300, false],
	['2xx', 199, false],
	['4xx', 404, true],
] as const)('%s for %i: %s', (wanted, status, expected) =>
	expect(matchesStatus(wanted, status)).toBe(expected),
);

test('one of several statuses is enough, and the others are named', () => {
	const rule = { status: ['200', '3xx'] };
	expect(judge(rule, answered(302))).toEqual({ acknowledged: true });
	expect(judge(rule, answered(200, 'anything'))).toEqual({ acknowledged: true });
	expect(judge(rule, answered(404))).toEqual({
		acknowledged: false,
		reason: 'status 404, expected 200 or 3xx',
	});
});

test('where a text is wanted it is the whole body, but for what surrounds it', () => {
	const rule = { status: ['2xx'], body: 'OKé' };
	expect(judge(rule, answered(200, ' OKé\n'))).toEqual({ acknowledged: true });
	expect(judge(rule, answered(200, 'OKé, thanks'))).toEqual({
		acknowledged: false,
		reason: 'body is not "OKé"',
	});
	expect(judge(rule, answered(500, 'OKé'))).toMatchObject({ reason: 'status 500, expected 2xx' });
});

test('no answer is none, and the reason is told', () => {
	const refused: Outcome = {
		kind: 'unreachable',
		cause: 'refused',
		detail: 'ECONNREFUSED',
		tookMs: 1,
	};
	expect(judge({ status: ['200'] }, refused)).toEqual({
		acknowledged: false,
		reason: 'connection refused (ECONNREFUSED)',
	});
});
