import { differences } from '../../order/state.ts';
import { answerTo } from '../answer-to.ts';
import type { CaseRun, RuleCase } from '../case.ts';
import type { CaseStep, StepShaping } from '../case-step.ts';
import { failed, inconclusive, passed, warned } from '../finding.ts';
import type { ReviewFinding, Rule } from '../rule.ts';
import { forgeries } from './other-forgeries.ts';
import { bayarcashLaravel, bayarcashSdk, woocommerce } from './sources.ts';

/** Direct debit: callbacks about a mandate and its collections. */
export const mandateRules: readonly Rule[] = [
	{
		id: 'direct-debit',
		title: 'Direct-debit callbacks are acknowledged',
		level: 'should',
		providers: ['bayarcash'],
		why: 'A collection is called "transaction" too, with other fields: bayarcash/laravel 1.0 to 1.2 verified it as an ordinary one, always 403. The authorization is signed over 15 fields, one of which the page omits.',
		hint: 'Tell them by mandate_id, batch_number and cycle; verify the authorization with application_type.',
		source: bayarcashLaravel,
		cases: () => [
			...[
				...kinds,
				'dd-authorization-failed',
				'dd-bank-approval-rejected',
				'dd-transaction-failed',
			].map((event) => acknowledged(event, [])),
			...['maintenance', 'termination'].flatMap((application) =>
				['dd-authorization-success', 'dd-bank-approval-approved'].map((event) =>
					acknowledged(event, [application]),
				),
			),
		],
		review: judgeDirectDebit,
	},
	{
		id: 'direct-debit-legacy',
		title: 'An authorization signed without application_type is acknowledged',
		level: 'advice',
		providers: ['bayarcash'],
		why: 'The page’s 14 fields; the gateway signs 15 today.',
		hint: 'Nothing to do, unless your account still gets it.',
		source: bayarcashSdk,
		cases: () => [
			{
				about: 'the 14-field signature',
				steps: [{ event: 'dd-authorization-success', shaping: { variants: ['14-fields'] } }],
				answer: 'acknowledged',
				amount: '1.00',
			},
		],
	},
	{
		id: 'direct-debit-form',
		title: 'Direct-debit callbacks as forms are acknowledged',
		level: 'advice',
		providers: ['bayarcash'],
		why: 'Only one official plugin decodes JSON there; older ones read a form for everything. Nobody documents which it is.',
		hint: 'Read both by content type.',
		source: woocommerce,
		cases: () => kinds.map((event) => acknowledged(event, ['form'])),
	},
	{
		id: 'direct-debit-forged',
		title: 'A forged direct-debit callback changes nothing',
		level: 'must',
		providers: ['bayarcash'],
		why: 'The official plugin verifies payments, and neither the approval of a mandate nor its collections: anybody reports them.',
		hint: 'Verify each kind over its own fields: 15 for an authorization, 10 for an approval, 11 for a collection.',
		source: woocommerce,
		cases: () =>
			kinds.flatMap((event) =>
				forgeries.map(
					([how, shaping]): RuleCase => ({
						about: `${event} ${how}`,
						steps: withLast(mandate(event), shaping),
						answer: 'survived',
						state: 'unchanged',
						amount: '1.00',
					}),
				),
			),
	},
	{
		id: 'mandate-approval',
		title: 'An approved mandate is told from a rejected one',
		level: 'should',
		providers: ['bayarcash'],
		why: 'approval_status is a code (5 approved, 6 rejected): compared with "1" or "approved", every mandate is rejected.',
		hint: 'approval_status 5 is approved, 6 is rejected.',
		source: woocommerce,
		cases: () =>
			['dd-bank-approval-approved', 'dd-bank-approval-rejected'].map(
				(event): RuleCase => ({
					about: event,
					steps: mandate(event),
					answer: 'any',
					amount: '1.00',
				}),
			),
		review: judgeApprovals,
	},
];

const kinds = ['dd-authorization-success', 'dd-bank-approval-approved', 'dd-transaction-success'];

function acknowledged(event: string, variants: readonly string[]): RuleCase {
	return {
		about: [event, ...variants].join(' '),
		steps: withLast(mandate(event), { variants }),
		answer: 'acknowledged',
		amount: '1.00',
	};
}

function withLast(steps: readonly CaseStep[], shaping: StepShaping): CaseStep[] {
	const last = steps.length - 1;
	return steps.map((step, at) =>
		at === last ? { ...step, shaping: { ...step.shaping, ...shaping } } : step,
	);
}

/** The callbacks of one mandate up to this event: they belong together by their ids. */
function mandate(event: string): CaseStep[] {
	const ids = ['mandate_id=md_{reference}', 'mandate_reference_number=E-{reference}'];
	const authorization = { event: 'dd-authorization-success', shaping: { set: ids.slice(0, 1) } };
	const approval = { event: 'dd-bank-approval-approved', shaping: { set: ids } };
	if (event.startsWith('dd-authorization')) return [{ event, shaping: { set: ids.slice(0, 1) } }];
	if (event.startsWith('dd-bank-approval'))
		return [authorization, { event, shaping: { set: ids } }];
	return [
		authorization,
		approval,
		{ event, shaping: { set: ids, ref: undefined, amount: undefined } },
	];
}

/** A shop without direct debit may refuse it all; to take some kinds only is a mistake. */
function judgeDirectDebit(runs: readonly CaseRun[]): ReviewFinding {
	const judged = runs.map((run) => ({ run, status: answerTo(run, -1)?.status }));
	const crash = judged.find(({ status }) => status === undefined || status >= 500);
	if (crash !== undefined)
		return {
			...failed(
				`${crash.run.case.about}: ${crash.status === undefined ? 'no answer' : `answered ${crash.status}, which is a crash`}`,
			),
			run: crash.run,
		};
	const refused = judged.filter(
		({ status }) => status === undefined || status < 200 || status >= 400,
	);
	const [first] = refused;
	if (first === undefined)
		return passed(`${runs.length} cases: ${runs.map((run) => run.case.about).join(', ')}`);
	const isUnknown = refused.every(
		({ run, status }) =>
			status === 404 && (!run.order.known || run.case.about.includes('dd-transaction')),
	);
	if (isUnknown)
		return {
			...inconclusive(
				`${first.run.case.about}: answered 404: the mandate, or its collection, is made up`,
			),
			run: first.run,
		};
	if (refused.length === judged.length)
		return {
			...warned(
				`refuses every direct-debit callback (${first.status}): fine while you do not use direct debit`,
			),
			run: first.run,
		};
	const answers = refused
		.map(({ run, status }) => `${run.case.about} answered ${status}`)
		.join(', ');
	return { ...failed(`some direct-debit callbacks are refused: ${answers}`), run: first.run };
}

/** Approved and rejected must not leave the same behind. */
function judgeApprovals(runs: readonly CaseRun[]): ReviewFinding {
	const [approved, rejected] = runs;
	const seen = [approved, rejected].every(
		(run) =>
			run?.steps.at(-1)?.after !== undefined && run.final !== undefined && run.before !== undefined,
	);
	if (!seen || approved === undefined || rejected === undefined)
		return inconclusive('what became of the mandate cannot be seen without a probe');
	if ([approved, rejected].some((run) => (answerTo(run, -1)?.status ?? 500) >= 400))
		return inconclusive('direct-debit callbacks are not acknowledged, see direct-debit');
	const moved = (run: CaseRun) =>
		differences(
			run.steps[0]?.after ?? { kind: 'absent' },
			run.final ?? { kind: 'absent' },
			() => false,
		);
	const changes = (run: CaseRun) =>
		moved(run)
			.map(({ path, after }) => `${path}=${after?.replaceAll(run.order.reference, '')}`)
			.sort()
			.join(' ');
	if (changes(approved) === '' && changes(rejected) === '')
		return inconclusive('the probe shows nothing of the mandate');
	return changes(approved) === changes(rejected)
		? {
				...failed(`approved and rejected leave the same behind: ${changes(approved)}`),
				run: approved,
			}
		: passed(
				`approved: ${changes(approved) || 'nothing'}; rejected: ${changes(rejected) || 'nothing'}`,
			);
}
