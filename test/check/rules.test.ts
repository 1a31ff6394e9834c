import { expect, test } from 'vitest';
import type { CaseRun, RuleCase } from '../../src/check/case.ts';
import { judgeAnswer } from '../../src/check/judge-answer.ts';
import type { Rule } from '../../src/check/rule.ts';
import { rules } from '../../src/check/rules/index.ts';
import { subjectOf } from '../../src/check/subject.ts';
import { seedFor } from '../../src/compose/seeded-random.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import { filledAccess, makeLine } from '../../src/order/access.ts';
import { bundles, catalogue } from '../support/catalogue.ts';

const subjects = bundles.flatMap(({ provider }) => {
	const events = catalogue.events.filter((event) => event.provider.id === provider.id);
	const given = {
		target: new URL('http://127.0.0.1:3000/callback'),
		returnTo: new URL('http://127.0.0.1:3000/return'),
		secrets: [],
	};
	const auths = provider.id === 'transfez' ? ['digest', 'hmac', 'none'] : [undefined];
	return auths.map((auth) => ({
		name: `${provider.id} ${auth ?? ''}`,
		subject: subjectOf(provider, events, { ...given, auth }),
	}));
});

test('every rule has a name of its own, a reason, a way to fix it, and a source that anybody can open or none', () => {
	expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
	for (const { id, title, why, hint, source } of rules) {
		expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
		for (const text of [title, why, hint]) expect(text.length, id).toBeGreaterThan(7);
		if (source !== null) expect(source, id).toMatch(/^https:\/\//);
	}
});

test.each(subjects)('every rule has cases for $name, or says why not', ({ subject }) => {
	for (const rule of rules) {
		const cases = rule.cases(subject);
		if (typeof cases === 'string') expect(cases.length, rule.id).toBeGreaterThan(5);
		else if (rule.providers === undefined || rule.providers.includes(subject.provider.id)) {
			expect(cases.length, rule.id).toBeGreaterThan(0);
			for (const { steps } of cases)
				for (const { event } of steps) expect([...subject.events.keys()], rule.id).toContain(event);
		}
	}
});

test.each(bundles.map(({ provider }) => provider))(
	'what the file of $id says holds under any other name',
	(provider) => {
		const given = { target: new URL('http://127.0.0.1:3000/callback'), secrets: [] };
		const events = catalogue.events.filter((event) => event.provider.id === provider.id);
		const own = { ...provider, id: 'kedai' };
		const ownEvents = events.map((event) => ({
			...event,
			id: event.id.replace(/^\w+/, 'kedai'),
			provider: own,
		}));
		const about = rules.filter((rule) => rule.providers === undefined);
		const casesOf = (subject: ReturnType<typeof subjectOf>) =>
			JSON.stringify(about.map((rule) => [rule.id, rule.cases(subject)]));
		expect(casesOf(subjectOf(own, ownEvents, given))).toBe(
			casesOf(subjectOf(provider, events, given)),
		);
	},
);

test.each([
	['warned', true],
	['failed', undefined],
] as const)(
	'a redirect is %s where ownReceiverRedirects is %j',
	(verdict, ownReceiverRedirects) => {
		const [{ subject }] = subjects as [(typeof subjects)[number]];
		const { provider } = subject;
		const { outcomeFields = [], success = '' } = provider.lifecycle ?? {};
		const lifecycle = {
			outcomeFields,
			success,
			...(ownReceiverRedirects && { ownReceiverRedirects }),
		};
		const own = { ...subject, provider: { ...provider, lifecycle } };
		const rule = rules.find(({ id }) => id === 'no-redirect') as Rule;
		const [given] = rule.cases(own) as [RuleCase];
		const outcome = { kind: 'answered', status: 302, headers: { location: '/orders' }, body: '' };
		const run = { case: given, steps: [{ results: [{ outcome }] }] } as unknown as CaseRun;
		expect(given.judge?.(run, undefined as never, own).verdict).toBe(verdict);
	},
);

test('a reference is percent-encoded in a URL and one word in a command; an absent amount is empty', () => {
	const values = { reference: "A/B'&?é", amount: '' };
	expect(
		filledAccess({ kind: 'url', url: 'http://shop/setup/{reference}?amount={amount}' }, values),
	).toEqual({
		kind: 'url',
		url: "http://shop/setup/A%2FB'%26%3F%C3%A9?amount=",
	});
	expect(filledAccess({ kind: 'command', command: 'make {reference} {amount}' }, values)).toEqual({
		kind: 'command',
		command: `make 'A/B'\\''&?é' ''`,
	});
	expect(makeLine({ kind: 'url', url: "http://shop/a'b" })).toBe(
		`curl -sS -X POST 'http://shop/a'\\''b'`,
	);
});

test('the same seed and name make the same ids, another name others', () => {
	expect(seedFor('7', 'a')).toBe(seedFor('7', 'a'));
	expect(seedFor('7', 'a')).not.toBe(seedFor('7', 'b'));
	expect(Number.isSafeInteger(seedFor('7', 'a'))).toBe(true);
});

const context = {
	acknowledge: { status: ['200'] },
	about: 'it',
	orderKnown: true,
	exact: true,
	mayHangUp: false,
	optionalForm: undefined,
};
const answered = (status: number): Outcome => ({
	kind: 'answered',
	status,
	headers: {},
	body: new Uint8Array(),
	truncated: false,
	tookMs: 1,
});
const hungUp: Outcome = { kind: 'broken', cause: 'reset', detail: 'ECONNRESET', tookMs: 1 };

test.each([
	['acknowledged', 200, 'passed'],
	['acknowledged', 204, 'warned'],
	['acknowledged', 302, 'warned'],
	['acknowledged', 400, 'failed'],
	['acknowledged', 500, 'failed'],
	['refused', 400, 'passed'],
	['refused', 401, 'passed'],
	['refused', 403, 'passed'],
	['refused', 200, 'failed'],
	['refused', 302, 'inconclusive'],
	['refused', 500, 'failed'],
	['survived', 200, 'passed'],
	['survived', 404, 'passed'],
	['survived', 501, 'passed'],
	['survived', 500, 'failed'],
	['rejected', 400, 'passed'],
	['rejected', 200, 'warned'],
	['rejected', 500, 'failed'],
] as const)('where an answer is to be %s, %i is %s', (wanted, status, verdict) => {
	expect(judgeAnswer(wanted, answered(status), context).verdict).toBe(verdict);
});

test('silence fails every rule, and hanging up is allowed only on what is too much to read', () => {
	for (const wanted of ['acknowledged', 'refused', 'survived', 'rejected'] as const) {
		expect(judgeAnswer(wanted, hungUp, context).verdict).toBe('failed');
		expect(judgeAnswer(wanted, hungUp, { ...context, mayHangUp: true }).verdict).toBe('passed');
	}
});

test('404 about an order that nobody made decides nothing', () => {
	const stranger = { ...context, orderKnown: false };
	expect(judgeAnswer('acknowledged', answered(404), stranger).verdict).toBe('inconclusive');
	expect(judgeAnswer('refused', answered(404), stranger).verdict).toBe('inconclusive');
	expect(judgeAnswer('refused', answered(403), stranger).verdict).toBe('passed');
});

/** One refusal with this body, as the rules about leaks see a run. */
function leaksIn(rule: string, body: string): string | undefined {
	const outcome: Outcome = { ...answered(500), body: Buffer.from(body) } as Outcome;
	const run = { case: { about: 'x' }, steps: [{ results: [{ outcome }] }] };
	const [subject] = subjects;
	return rules.find(({ id }) => id === rule)?.review?.([run] as never, subject?.subject as never)
		.verdict;
}

test.each([
	'TypeError: x\n    at verify (/srv/my shop/app.js:12:5)',
	'TypeError: x<br> &nbsp; &nbsp;at file:///srv/app.js:12:5',
	'    at async Server.<anonymous> (C:\\Users\\Siti Aminah\\shop\\app.js:3:10)',
	'    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
	'Traceback (most recent call last):\n  File "app.py", line 3',
	'#0 /var/www/my shop/index.php(12): verify()',
	'<b>Warning</b>: Undefined array key in <b>/var/www/index.php</b> on line <b>3</b>',
	"app.rb:12:in `verify'",
])('a stack frame is seen in %j', (body) => {
	expect(leaksIn('refusal-stack-trace', body)).toBe('failed');
});

test.each([
	'invalid checksum',
	'order 12:30:45 at /orders',
	'Please select an order from the list',
	'meet us at 10:30:00',
])('an ordinary refusal is no leak: %j', (body) => {
	for (const rule of ['refusal-stack-trace', 'refusal-sql', 'refusal-secret'])
		expect(leaksIn(rule, body), rule).toBe('passed');
});
