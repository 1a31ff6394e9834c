import { describe, expect, test } from 'vitest';
import type { CaseRun, RuleCase, StepRun } from '../../src/check/case.ts';
import { passed } from '../../src/check/finding.ts';
import { judgeCase } from '../../src/check/judge-case.ts';
import { effectsFrom, type LearnedEffects } from '../../src/check/learned-effects.ts';
import { recordOf, recordWithout } from '../../src/check/record.ts';
import type { Rule } from '../../src/check/rule.ts';
import type { Subject } from '../../src/check/subject.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import { type State, stateOf } from '../../src/order/state.ts';

const shop = (fields: object): State => stateOf(JSON.stringify(fields));
const unpaid = shop({ state: 'new', credited: 0 });
const paid = shop({ state: 'paid', credited: 1 });
const noted = shop({ state: 'new', credited: 0, a: 1, b: 2, c: 3, d: 4 });
const once = (amount: string) => ({
	before: unpaid,
	after: paid,
	amount,
	echoes: new Set<string>(),
	outcomes: new Set<string>(),
});
const learned = effectsFrom(
	{ successes: [once('60.00'), once('75.00')], failures: [], undecided: [] },
	false,
	() => false,
);
const blind: LearnedEffects = { ...learned, visible: false };
const unreadable: State = { kind: 'unreadable', why: 'status 500' };

/** The message of the success wants 200; the page for the browser any 3xx. */
const subject = {
	message: { acknowledge: { status: ['200'] } },
	events: new Map([['receipt', { message: { acknowledge: { status: ['3xx'] } } }]]),
} as unknown as Subject;

const answered = (status: number): Outcome => ({
	kind: 'answered',
	status,
	headers: {},
	body: new Uint8Array(),
	truncated: false,
	tookMs: 1,
});
const silent: Outcome = { kind: 'broken', cause: 'closed', detail: 'UND_ERR_SOCKET', tookMs: 1 };

const step = (
	outcomes: readonly (number | Outcome)[],
	more: Partial<StepRun> & { event?: string } = {},
): StepRun => ({
	step: { event: more.event ?? 'success' },
	results: outcomes.map((one) => ({
		outcome: typeof one === 'number' ? answered(one) : one,
		request: {
			method: 'POST',
			url: `http://shop/${typeof one === 'number' ? one : one.kind}`,
			headers: [],
			body: undefined,
		},
		warnings: [],
		reached: true,
	})),
	values: {},
	reproduce: 'callsim fire',
	...more,
});

function runOf(given: Partial<RuleCase>, more: Partial<CaseRun> = {}): CaseRun {
	return {
		rule: 'a-rule',
		case: { about: 'it', steps: [], answer: 'acknowledged', ...given },
		order: { reference: 'A', amount: '60.00', known: true, made: '' },
		steps: [step([200])],
		...more,
	};
}
const told = (run: CaseRun, known = learned) => {
	const { verdict, reason } = judgeCase(run, known, subject);
	return `${verdict} ${reason}`;
};
const looks = (before: State, final: State) => ({ before, final });

describe('a case is not judged', () => {
	test.each<[string, Partial<RuleCase>, Partial<CaseRun>]>([
		['inconclusive it: no order', {}, { trouble: 'no order' }],
		['failed it: it died', {}, { failure: { reason: 'it died', isGone: true } }],
		[
			'inconclusive it: the genuine callback is not acknowledged either, so this proves nothing',
			{},
			{ control: 'refused' },
		],
		[
			'skipped it: the receiver does not take the callback in this form',
			{ controlOptional: true },
			{ control: 'refused' },
		],
		[
			'inconclusive it: answered 429: the receiver limits how often it may be called; lift that while you check',
			{},
			{ steps: [step([200, 429]), step([200])] },
		],
		['inconclusive it: the probe could not be read: status 500', {}, looks(unreadable, paid)],
		['inconclusive it: the probe could not be read: status 500', {}, looks(unpaid, unreadable)],
		[
			'inconclusive it: the probe could not be read: status 500',
			{},
			{ steps: [step([200], { after: unreadable })] },
		],
		['inconclusive it: nothing was sent', {}, { steps: [] }],
	])('%s', (reason, given, more) => expect(told(runOf(given, more))).toBe(reason));

	test('by another than its own judge, once nothing is in its way', () => {
		const own = { judge: () => passed('as it likes') };
		expect(told(runOf(own, { steps: [step([500])], control: 'acknowledged' }))).toBe(
			'passed as it likes',
		);
		expect(told(runOf(own, { trouble: 'no order' }))).toBe('inconclusive it: no order');
	});
});

describe('the answer', () => {
	test('of the last step counts, and of several at once the worst', () => {
		expect(told(runOf({}, { steps: [step([500]), step([200])] }))).toBe('passed it: answered 200');
		expect(told(runOf({}, { steps: [step([200, 500, 200])] }))).toBe(
			'failed it: answered 500, expected 200',
		);
		expect(told(runOf({}, { steps: [step([])] }))).toBe('passed it');
	});

	test('is what the message of its event wants', () => {
		expect(told(runOf({}, { steps: [step([302], { event: 'receipt' })] }))).toBe(
			'passed it: answered 302',
		);
		expect(told(runOf({}, { steps: [step([200], { event: 'receipt' })] }))).toBe(
			'failed it: answered 200, expected 3xx',
		);
		expect(told(runOf({ exact: true }, { steps: [step([204])] }))).toMatch(
			/^warned it: answered 204; /,
		);
		expect(told(runOf({}, { steps: [step([204])] }))).toBe('passed it: answered 204');
	});

	test('may be a hang-up where there was too much to read, and is silence otherwise', () => {
		const steps = [step([silent])];
		expect(told(runOf({ mayHangUp: true }, { steps }))).toBe('passed hung up on it');
		expect(told(runOf({}, { steps }))).toBe(
			'failed it: no answer, connection closed (UND_ERR_SOCKET)',
		);
		const onPurpose: Outcome = {
			kind: 'broken',
			cause: 'closed',
			detail: 'we hung up early',
			tookMs: 1,
		};
		expect(told(runOf({}, { steps: [step([onPurpose])] }))).toBe('passed we hung up on purpose');
	});

	test('decides alone where the order cannot be seen', () => {
		expect(told(runOf({ state: 'success', stateAdds: true }))).toBe('passed it: answered 200');
		expect(told(runOf({ state: 'success' }))).toMatch(
			/^inconclusive it: answered 200; whether the order is right cannot be seen without /,
		);
		expect(told(runOf({ state: 'success' }, { before: unpaid }))).toMatch(
			/^inconclusive it: answered 200; /,
		);
	});

	test('that is wrong needs no look at the order', () => {
		expect(
			told(runOf({ state: 'success' }, { steps: [step([500])], ...looks(unpaid, paid) })),
		).toBe('failed it: answered 500, expected 200');
		const stranger = { reference: 'A', amount: '', known: false, made: '' };
		const lost = { steps: [step([404])], order: stranger, ...looks(unpaid, unpaid) };
		expect(told(runOf({ state: 'success' }, lost))).toMatch(
			/^inconclusive it: answered 404: the order is made up/,
		);
	});
});

describe('the order', () => {
	test('and the answer are both right, or the worse of them tells', () => {
		const seen = (final: State, given: Partial<RuleCase> = {}, known = learned) =>
			told(runOf({ state: 'success', ...given }, looks(unpaid, final)), known);
		expect(seen(paid)).toBe('passed it: state: "new" → "paid", credited: 0 → 1');
		expect(seen(unpaid)).toBe('failed it: acknowledged, and nothing happened to the order');
		expect(seen(paid, {}, blind)).toMatch(/^inconclusive it: not even a genuine success/);
		expect(seen(paid, { stateAdds: true }, blind)).toBe('passed it: answered 200');
	});

	test('is not asked for where an optional form was refused openly', () => {
		const given = { state: 'success', optionalForm: 'nobody is sure' } as const;
		const refused = { steps: [step([400])], ...looks(unpaid, unpaid) };
		expect(told(runOf(given, refused))).toBe('warned it: answered 400; nobody is sure');
		const late = { steps: [step([204])], ...looks(unpaid, unpaid) };
		expect(told(runOf({ ...given, exact: true }, late))).toMatch(
			/^failed it: acknowledged, and nothing/,
		);
	});
});

describe('a forgery', () => {
	const forged = (status: number, final?: State, known = learned) =>
		told(
			runOf(
				{ answer: 'refused', state: 'unchanged' },
				{ steps: [step([status])], ...(final === undefined ? {} : looks(unpaid, final)) },
			),
			known,
		);

	test('is refused with an answer, and the order stays', () => {
		expect(forged(403, unpaid)).toBe('passed it: answered 403');
		expect(forged(403)).toBe('passed it: answered 403');
		expect(forged(403, unpaid, blind)).toBe('passed it: answered 403');
		expect(forged(403, noted)).toMatch(/^failed it: it changed the order: a: .* \(answered 403\)$/);
	});

	test('that did something was accepted, whatever was answered', () => {
		expect(forged(403, paid)).toBe(
			'failed it: the order is as after a success: state: "new" → "paid", credited: 0 → 1 (answered 403)',
		);
		expect(forged(200, paid)).toMatch(
			/^failed it: the order is as after a success: .* \(answered 200: it was accepted\)$/,
		);
		expect(forged(200, noted)).toBe(
			'failed it: it changed the order: a: (absent) → 1, b: (absent) → 2, c: (absent) → 3 (answered 200: it was accepted)',
		);
	});

	test('that was answered 2xx and did nothing is worth a warning, where that can be seen', () => {
		expect(forged(200, unpaid)).toBe(
			'warned it: answered 200: it was accepted; it changed nothing',
		);
		expect(forged(302, unpaid)).toMatch(
			/^warned it: answered 302: a redirect tells neither .*; it changed nothing$/,
		);
		expect(forged(200)).toBe('failed it: answered 200: it was accepted');
		expect(forged(200, unpaid, blind)).toMatch(/^inconclusive it: not even a genuine success/);
	});

	test('that crashes the receiver is no refusal', () => {
		expect(forged(500, unpaid)).toBe('failed it: answered 500, which is a crash and not a refusal');
	});
});

describe('the record of a rule', () => {
	const facts = {
		id: 'a-rule',
		title: 'does it',
		level: 'must',
		why: 'money',
		hint: 'mend it',
		source: null,
	} as const;
	const rule = (more: Partial<Rule> = {}): Rule => ({ ...facts, cases: () => [], ...more });
	const of = (runs: readonly CaseRun[], more: Partial<Rule> = {}, all = runs) =>
		recordOf(rule(more), runs, all, learned, subject);
	const at = (about: string, status: number, more: Partial<CaseRun> = {}) =>
		runOf({ about }, { steps: [step([status], { reproduce: `send ${about}` })], ...more });

	test('of cases that were not tried has the reason alone', () => {
		const { id, ...rest } = facts;
		expect(recordWithout(rule(), 'skipped', 'no time')).toEqual({
			rule: id,
			...rest,
			verdict: 'skipped',
			reason: 'no time',
			evidence: [],
			reproduce: '',
		});
		expect(of([])).toMatchObject({
			verdict: 'skipped',
			reason: 'there is nothing to try here',
			evidence: [],
		});
	});

	test('tells the first of the worst, how many more, and how to send it again', () => {
		const record = of([at('a', 200), at('b', 500), at('c', 400)]);
		expect(record).toMatchObject({
			verdict: 'failed',
			reason: 'b: answered 500, expected 200 (and 1 more)',
			reproduce: 'send b',
		});
		expect(record.evidence.map((one) => [one.case, one.verdict, one.reason])).toEqual([
			['b', 'failed', 'b: answered 500, expected 200'],
			['c', 'failed', 'c: answered 400, expected 200'],
		]);
		expect(of([at('b', 500)]).reason).toBe('b: answered 500, expected 200');
	});

	test('that passed names its cases, or the one', () => {
		expect(of([at('a', 200)]).reason).toBe('a: answered 200');
		const skipped = at('s', 200, {
			control: 'refused',
			case: { ...at('s', 200).case, controlOptional: true },
		});
		expect(of([at('a', 200), at('b', 200), skipped]).reason).toBe('2 cases: a, b');
		expect(of([skipped, skipped])).toMatchObject({
			verdict: 'skipped',
			reason: 's: the receiver does not take the callback in this form',
		});
	});

	test('shows five cases at most', () => {
		expect(of(Array.from({ length: 7 }, (_, n) => at(String(n), 500))).evidence).toHaveLength(5);
	});

	test('of advice warns and never fails', () => {
		expect(of([at('a', 500)], { level: 'advice' })).toMatchObject({
			verdict: 'warned',
			level: 'advice',
		});
		expect(of([at('a', 500)], { level: 'should' }).verdict).toBe('failed');
	});

	test('shows the looks at the order, and the worst of several answers', () => {
		const seen = (before: State | undefined, final: State | undefined) => {
			const [evidence] = of([
				at('a', 200, { before, final, steps: [step([200, 502, silent])] }),
			]).evidence;
			return [evidence?.before, evidence?.after, evidence?.sent?.url, evidence?.answer?.kind];
		};
		expect(seen(unpaid, { kind: 'absent' })).toEqual([
			'{"state":"new","credited":0}',
			'(absent)',
			'http://shop/502',
			'answered',
		]);
		expect(seen(undefined, unreadable).slice(0, 2)).toEqual([
			undefined,
			'(unreadable: status 500)',
		]);
		const [silence] = of([at('a', 200, { steps: [step([200, silent])] })]).evidence;
		expect(silence?.sent?.url).toBe('http://shop/broken');
		const [plain] = of([at('a', 200, { steps: [step([204, 200])] })]).evidence;
		expect(plain?.sent?.url).toBe('http://shop/204');
	});

	test('has its order made at the place where the case had it made', () => {
		const order = { reference: 'A', amount: '', known: true, made: 'make A' };
		const late = step([200], { reproduce: 'first', step: { event: 'success', orderAfter: true } });
		const then = step([200], { reproduce: 'then' });
		expect(of([runOf({}, { order, steps: [late, then] })]).reproduce).toBe('first\nmake A\nthen');
		expect(of([runOf({}, { order, steps: [then, then] })]).reproduce).toBe('make A\nthen\nthen');
	});

	test('that reviews several cases has the finding of its review, and shows the culprit', () => {
		const runs = [at('a', 200), at('b', 200)];
		const review = (given: readonly CaseRun[]) =>
			({ verdict: 'failed', reason: `${given.length}`, run: given[1] }) as const;
		expect(of(runs, { review })).toMatchObject({
			verdict: 'failed',
			reason: '2',
			reproduce: 'send b',
		});
		expect(of(runs, { review, level: 'advice' }).verdict).toBe('warned');
		expect(of(runs, { review: () => passed('fine') })).toMatchObject({
			verdict: 'passed',
			reason: 'fine',
			reproduce: 'send a',
			evidence: [{ case: 'a', verdict: 'passed', reason: 'fine' }],
		});
		expect(of([], { review: () => passed('fine') })).toMatchObject({ evidence: [], reproduce: '' });
	});

	test('that reviews every answer is blocked only where all of its own cases are', () => {
		const blocked = at('x', 200, { trouble: 'no order' });
		const other = at('o', 200);
		const review = (given: readonly CaseRun[]) => passed(given.map((run) => run.case.about).join());
		const reason = (own: readonly CaseRun[], readsAll: boolean) =>
			of(own, { review, readsAll }, [...own, other]).reason;
		expect(reason([at('a', 200), blocked], true)).toBe('a,x,o');
		expect(reason([blocked], true)).toBe('x: no order');
		expect(reason([], true)).toBe('o');
		expect(reason([at('a', 200)], false)).toBe('a');
		expect(reason([at('a', 200), blocked], false)).toBe('x: no order');
	});
});
