import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { judge } from '../../src/delivery/judge.ts';
import type { Unanswered } from '../../src/model/outcome.ts';
import { harReport } from '../../src/report/har/har.ts';
import { htmlReport } from '../../src/report/html/html-report.ts';
import { deliveryReporter } from '../../src/report/text/delivery-text.ts';
import { delivery, sampleFire } from '../support/sample-report.ts';

const outcomes: readonly Unanswered[] = [
	{ kind: 'timed-out', phase: 'connect', tookMs: 30_000 },
	{ kind: 'timed-out', phase: 'headers', tookMs: 30_000 },
	{ kind: 'timed-out', phase: 'body', tookMs: 30_000 },
	{ kind: 'unreachable', cause: 'refused', detail: 'ECONNREFUSED', tookMs: 1 },
	{ kind: 'unreachable', cause: 'name-not-found', detail: 'ENOTFOUND', tookMs: 1 },
	{ kind: 'unreachable', cause: 'no-route', detail: 'EHOSTUNREACH', tookMs: 1 },
	{ kind: 'unreachable', cause: 'tls', detail: 'CERT_HAS_EXPIRED', tookMs: 1 },
	{ kind: 'broken', cause: 'reset', detail: 'ECONNRESET', tookMs: 1 },
	{ kind: 'broken', cause: 'malformed', detail: 'HPE_INVALID_CONSTANT', tookMs: 1 },
	{ kind: 'broken', cause: 'closed', detail: 'UND_ERR_SOCKET', tookMs: 1 },
];

test.each(outcomes)('the terminal, HTML and HAR have the same words for %j', (outcome) => {
	const { reason = '' } = judge({ status: ['200'] }, outcome);
	const record = delivery(1, [outcome]);
	const report = { ...sampleFire(), suites: [], deliveries: [record] };
	expect(htmlReport(report).includes(`</b> ${reason}`)).toBe(true);
	expect(JSON.stringify(harReport(report))).toContain(`"_error":${JSON.stringify(reason)}`);
	const [attempt] = record.attempts;
	if (attempt === undefined) throw new Error('the sample has one attempt');
	expect(linesOf({ ...attempt, type: 'attempt', run: 'r', reason }).join('\n')).toContain(reason);
});

test.each([
	['gave-up', 'not acknowledged in 2 attempts'],
	['never-reached', 'never reached: no connection in 2 attempts'],
	['interrupted', 'interrupted after 2 attempts'],
	['refused-target', 'refused after 2 attempts: the target is not local'],
] as const)('the terminal and HTML say alike that a delivery ended as %s', (why, words) => {
	const finished = { acknowledged: false, why, lastStatus: null };
	const record = delivery(1, [...outcomes.slice(0, 2)], { finished });
	expect(htmlReport({ ...sampleFire(), suites: [], deliveries: [record] }).includes(words)).toBe(
		true,
	);
	const event = {
		...finished,
		type: 'finished',
		run: 'r',
		delivery: 1,
		event: 'x/y',
		attempts: 2,
	} as const;
	expect(linesOf(event).join('\n')).toContain(words);
});

const linesOf = deliveryReporter({
	paint: new Chalk({ level: 0 }),
	mask: (text) => text,
	numbered: false,
	verbose: false,
	claim: () => ({ trust: 'assumed', source: null }),
	next: () => undefined,
});
