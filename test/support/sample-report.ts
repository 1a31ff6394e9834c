import { millis } from '../../src/model/duration.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { SentRequest } from '../../src/model/run-event.ts';
import type { Case, CollectedDelivery, RunReport, Suite } from '../../src/report/run-report.ts';

type ReportedAttempt = CollectedDelivery['attempts'][number];
type Finished = NonNullable<CollectedDelivery['finished']>;

const began = Date.parse('2026-11-25T10:00:00.000Z');
const minute = 60_000;
const target = 'http://127.0.0.1:3000/webhooks/bayarcash';
const form =
	'record_type=transaction&transaction_id=trx_q6LJdl&order_number=ORD-0060&currency=MYR&amount=60.00' +
	'&payer_name=Mohd+Ali&payer_email=mohd.ali%40example.com&status=3&status_description=Approved' +
	'&datetime=2024-12-27+12%3A15%3A02&checksum=3e34a8dfcfe43c2afd971c8319c968a5c81e8bc1ee72d13318a8e07d4a07ecb4';

export const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** What `shown` hides stands in `value`, so that a report which prints the wrong one is caught. */
export function sent(
	body: string,
	type = 'application/x-www-form-urlencoded',
	url = target,
): SentRequest {
	return {
		method: 'POST',
		url,
		headers: [
			{ name: 'content-type', value: type, shown: type, shell: type },
			{ name: 'authorization', value: 'Bearer hunter2', shown: '[secret:token]', shell: '$TOKEN' },
		],
		body: bytes(body),
	};
}

export function answered(
	status: number,
	body = '{"success":true}',
	type = 'application/json',
): Outcome {
	const headers = { 'content-type': type, 'x-powered-by': 'Express', 'set-cookie': ['a=1', 'b=2'] };
	return { kind: 'answered', status, headers, body: bytes(body), truncated: false, tookMs: 3.1 };
}

const down = answered(500, '<h1>SQLSTATE[HY000] [2002] Connection refused</h1>', 'text/html');
const refused: Outcome = {
	kind: 'unreachable',
	cause: 'refused',
	detail: 'ECONNREFUSED',
	tookMs: 0.8,
};
const silent: Outcome = { kind: 'timed-out', phase: 'headers', tookMs: 30_001 };
const reset: Outcome = { kind: 'broken', cause: 'reset', detail: 'ECONNRESET', tookMs: 12 };

function reasonOf(outcome: Outcome): string {
	if (outcome.kind === 'answered') return `status ${outcome.status}, expected 200`;
	if (outcome.kind === 'timed-out') return 'no answer within 30 s';
	return `connection ${outcome.cause} (${outcome.detail})`;
}

/** One delivery that got these answers, `pauseMs` apart; an acknowledgement is a 200. */
export function delivery(
	number: number,
	outcomes: readonly Outcome[],
	more: Partial<CollectedDelivery> & {
		readonly request?: SentRequest;
		readonly pauseMs?: number;
	} = {},
): CollectedDelivery {
	const { request = sent(form), pauseMs = 5 * minute, ...rest } = more;
	const attempts = outcomes.map((outcome, at): ReportedAttempt => {
		const acknowledged = outcome.kind === 'answered' && outcome.status === 200;
		return {
			delivery: number,
			attempt: at + 1,
			offsetMs: at * pauseMs,
			at: began + number * 100 + at * 3_000,
			request,
			outcome,
			acknowledged,
			...(acknowledged ? {} : { reason: reasonOf(outcome) }),
			warnings: [],
		};
	});
	const last = outcomes.at(-1);
	const acknowledged = attempts.at(-1)?.acknowledged === true;
	const neverReached = outcomes.every(({ kind }) => kind === 'unreachable');
	const why: Finished['why'] = acknowledged
		? 'acknowledged'
		: neverReached
			? 'never-reached'
			: 'gave-up';
	return {
		delivery: number,
		event: 'bayarcash/transaction-success',
		options: ['form'],
		faults: [],
		target,
		schedule: { pauses: Array.from({ length: 4 }, () => millis(pauseMs)), trust: 'documented' },
		startsAtMs: 0,
		attempts,
		finished: { acknowledged, why, lastStatus: last?.kind === 'answered' ? last.status : null },
		...rest,
	};
}

export function judged(
	name: string,
	deliveries: readonly number[] = [],
	more: Partial<Case> = {},
): Case {
	return {
		name,
		verdict: 'passed',
		kind: '',
		message: '',
		details: [],
		tookMs: 120,
		deliveries,
		evidence: [],
		...more,
	};
}

const suite = (name: string, cases: readonly Case[], file?: string): Suite => ({
	name,
	startedAt: began,
	tookMs: 900,
	cases,
	...(file === undefined ? {} : { file, line: 1 }),
});

const report = (more: Partial<RunReport>): RunReport => ({
	version: '0.1.0',
	command: 'run',
	title: 'run scenarios/',
	run: '20261125-180000-9a28',
	startedAt: began,
	endedAt: began + 12_340,
	exitCode: 1,
	suites: [],
	deliveries: [],
	...more,
});

const again = (flags: string) =>
	`callsim fire bayarcash/transaction-success --to ${target} ${flags}`;

/** Six scenarios: every verdict, every outcome, a delivery that was cut off, an expected refusal. */
export function sampleRun(): RunReport {
	const of = (scenario: string, step: number, startsAtMs = 0) => ({ scenario, step, startsAtMs });
	const json = sent(
		'{"data":{"ref_id":"R-1","price":60.00,"status":"1","sign":"5f0c"}}',
		'application/json',
	);
	const [outage, forged, twice, dead, topup, late] = [
		'receiver down, then up',
		'a forged callback is refused',
		'the same callback twice',
		'a receiver that never comes back',
		'top-up, with a quiet answer',
		'a late failure after a success',
	] as const;
	const state = '{"reference":"ORD-0060","state":"paid","credited":120}';
	const evidence = {
		case: 'the order',
		verdict: 'failed' as const,
		reason: 'credited 120, expected 60',
		after: state,
	};
	return report({
		suites: [
			suite(outage, [judged('step 1: fire transaction-success', [1])], 'scenarios/outage.yaml'),
			suite(
				forged,
				[
					judged('step 1: fire transaction-success --unsigned', [2], {
						verdict: 'failed',
						kind: 'status',
						message: 'a callback without its checksum was accepted',
						expected: 'refused: 400 to 499',
						got: '200 {"success":true}',
						details: [
							'Anybody who knows the URL marks orders as paid.',
							'Refuse with 401 when the checksum is absent.',
						],
						file: 'scenarios/forged.yaml',
						line: 7,
						reproduce: `curl -sS -X POST 'http://127.0.0.1:3000/setup/ORD-0060?amount=60.00'\n${again('--unsigned --retry none')}`,
					}),
					judged('step 2: fire transaction-success --wrong-key', [3]),
				],
				'scenarios/forged.yaml',
			),
			suite(
				twice,
				[
					judged('step 1: fire transaction-success', [4]),
					judged('step 2: fire it again', [5]),
					judged('step 3: the order is paid once', [4, 5], {
						verdict: 'failed',
						kind: 'probe',
						message: 'the order was credited twice',
						expected: '{"reference":"ORD-0060","state":"paid","credited":60}',
						got: state,
						details: ['credited: 60 expected, 120 found'],
						file: 'scenarios/twice.yaml',
						line: 19,
						reproduce: again('--duplicate 2'),
						evidence: [
							{
								...evidence,
								before: '{"state":"new","credited":0}',
								sent: sent(form),
								answer: answered(200),
							},
						],
					}),
				],
				'scenarios/twice.yaml',
			),
			suite(
				dead,
				[
					judged('step 1: fire transaction-success', [6], {
						verdict: 'error',
						kind: 'not-acknowledged',
						message: 'no attempt was acknowledged: the provider gives up after 5 attempts',
						file: 'scenarios/dead.yaml',
						line: 4,
					}),
					judged('step 2: the order is paid', [], {
						verdict: 'skipped',
						kind: 'skipped',
						message: 'step 1 failed',
					}),
				],
				'scenarios/dead.yaml',
			),
			suite(topup, [
				judged('step 1: fire iak/topup-success', [7], {
					verdict: 'warned',
					kind: 'answer',
					message: 'answered 200 with a body that nobody reads',
					details: ['IAK looks at the status only.'],
				}),
			]),
			suite(late, [
				judged('step 1: fire transaction-success', [8]),
				judged('step 2: fire transaction-failed', [9]),
			]),
		],
		deliveries: [
			delivery(1, [down, down, answered(200)], of(outage, 1)),
			delivery(2, [answered(200)], { ...of(forged, 1), faults: ['unsigned'] }),
			delivery(3, [answered(403, '{"error":"checksum"}')], {
				...of(forged, 2),
				faults: ['wrong-key'],
			}),
			delivery(4, [answered(200)], of(twice, 1)),
			delivery(5, [answered(200)], of(twice, 2, 2 * minute)),
			delivery(6, [refused, silent, reset, down, refused], of(dead, 1)),
			delivery(7, [answered(200, '')], {
				...of(topup, 1),
				event: 'iak/topup-success',
				options: ['json'],
				request: json,
			}),
			delivery(8, [answered(200)], of(late, 1)),
			delivery(9, [down], {
				...of(late, 2, 10 * minute),
				event: 'bayarcash/transaction-failed',
				finished: undefined,
			}),
		],
	});
}

/** Two deliveries of `fire`, the second given up. */
export function sampleFire(): RunReport {
	const message = 'not acknowledged: the provider gives up after 5 attempts';
	return report({
		command: 'fire',
		title: 'fire bayarcash/transaction-success',
		suites: [
			suite('fire', [
				judged('#1 bayarcash/transaction-success', [1]),
				judged('#2 bayarcash/transaction-success', [2], {
					verdict: 'failed',
					kind: 'not-acknowledged',
					message,
					expected: '200',
					got: '500 <h1>SQLSTATE[HY000] [2002] Connection refused</h1>',
					reproduce: again('--ref ORD-0060'),
				}),
			]),
		],
		deliveries: [delivery(1, [down, answered(200)]), delivery(2, [down, down, down, down, down])],
	});
}

/** Rules of every verdict; two not decided for the same reason. */
export function sampleCheck(): RunReport {
	const unseen = 'whether the order is right cannot be seen: name a probe with --probe-url';
	const open = { verdict: 'skipped', kind: 'inconclusive', message: unseen } as const;
	return report({
		command: 'check',
		title: 'check bayarcash',
		suites: [
			suite('bayarcash', [
				judged('acknowledge-genuine', [], { message: 'a genuine callback: answered 200' }),
				judged('checksum-missing', [], {
					verdict: 'failed',
					kind: 'must',
					message: 'no checksum: the order is as after a success: state: "new" → "paid"',
					expected: 'A callback without its checksum is refused',
					got: 'no checksum: the order is as after a success: state: "new" → "paid"',
					details: [
						'A callback without its checksum is refused',
						'why: Anybody who knows the URL marks orders as paid.',
						'fix: Refuse with 401 when the checksum is absent.',
						'source: https://github.com/cariiDev/bookcars',
					],
					reproduce: again('--unsigned --retry none'),
					evidence: [
						{
							case: 'no checksum',
							verdict: 'failed',
							reason: 'answered 200: it was accepted',
							sent: sent(form),
							answer: answered(200),
							before: '{"reference":"CS-1WPI4MQ803","state":"new","credited":0}',
							after: '{"reference":"CS-1WPI4MQ803","state":"paid","credited":1}',
						},
					],
				}),
				judged('refusal-status', [], {
					verdict: 'warned',
					kind: 'advice',
					message: 'a forgery was answered 200',
				}),
				judged('duplicate', [], open),
				judged('late-failure', [], open),
				judged('direct-debit', [], {
					verdict: 'skipped',
					kind: 'skipped',
					message: 'not for bayarcash forms',
				}),
			]),
		],
	});
}

/** What a receiver would write that wants to own the reader of the report. */
export const hostileText =
	`</script><script>window.hacked=1</script><img src=x onerror="window.hacked=2">'"\`]]>--><!--&amp;\u2028\u2029` +
	'\u202egnp.exe\u0000\u001b[31m\u200b javascript:window.hacked=3';

/** Hostile text in every place that a receiver, a user or a file name has a hand in. */
export function hostileRun(): RunReport {
	const text = hostileText;
	const request = sent(text, text, `http://127.0.0.1:3000/${text}`);
	const binary: Outcome = {
		...answered(200),
		body: Uint8Array.of(0xff, 0, 1, 2, 0xfe, 0x3c),
		truncated: true,
	} as Outcome;
	const named: Outcome = {
		...answered(500, text),
		headers: { [text]: text, 'x-many': [text, text] },
	} as Outcome;
	const evidence = {
		case: text,
		verdict: 'failed' as const,
		reason: text,
		sent: request,
		answer: named,
		before: text,
		after: text,
	};
	const said = {
		message: text,
		expected: text,
		got: text,
		details: [text],
		file: text,
		line: 1,
		reproduce: text,
	};
	return report({
		title: text,
		run: text,
		broken: { kind: 'bug', message: text },
		exitCode: 70,
		suites: [
			suite(
				text,
				[
					judged(text, [1], { verdict: 'failed', kind: text, ...said, evidence: [evidence] }),
					judged(`${text} 2`, [2], { verdict: 'skipped', kind: text, ...said }),
				],
				text,
			),
		],
		deliveries: [
			delivery(1, [named, { kind: 'broken', cause: 'malformed', detail: text, tookMs: 1 }], {
				event: text,
				options: [text],
				faults: [text],
				target: text,
				scenario: text,
				request,
				finished: { acknowledged: false, why: 'refused-target', lastStatus: null, detail: text },
			}),
			delivery(2, [binary], {
				request: sent(`{"a":${JSON.stringify(text)},"b":60.00}`, 'application/json'),
			}),
			delivery(3, [answered(200, 'ok', text)], {
				request: sent(`a=${encodeURIComponent(text)}&b=%zz&c`),
			}),
		],
	});
}

/** `n` deliveries of five attempts each, in scenarios of twenty; every fourth is given up. */
export function manyDeliveries(n: number): RunReport {
	const numbers = Array.from({ length: n }, (_, at) => at + 1);
	const scenarioOf = (number: number) => `scenario ${Math.ceil(number / 20)}`;
	const isLost = (number: number) => number % 4 === 0;
	const names = [...new Set(numbers.map(scenarioOf))];
	const caseOf = (number: number): Case =>
		isLost(number)
			? judged(`step ${number}`, [number], {
					verdict: 'failed',
					kind: 'not-acknowledged',
					message: `no answer to ${number}`,
				})
			: judged(`step ${number}`, [number]);
	return report({
		title: `run ${n} deliveries`,
		suites: names.map((name) =>
			suite(name, numbers.filter((number) => scenarioOf(number) === name).map(caseOf)),
		),
		deliveries: numbers.map((number) =>
			delivery(number, [down, refused, silent, reset, isLost(number) ? down : answered(200)], {
				scenario: scenarioOf(number),
				step: number,
				startsAtMs: (number % 20) * minute,
				request: sent(`${form}&n=${number}`),
			}),
		),
	});
}
