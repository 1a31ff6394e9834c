import { named } from '../../model/words.ts';
import { likelyReference } from '../../order/answered-reference.ts';
import { differences, differenceText } from '../../order/state.ts';
import { answerTo } from '../answer-to.ts';
import type { CaseRun, RuleCase } from '../case.ts';
import { effectsSeen } from '../effects-seen.ts';
import { type Finding, failed, inconclusive, passed } from '../finding.ts';
import { answerOf, blockedReason } from '../judge-case.ts';
import type { LearnedEffects } from '../learned-effects.ts';
import { leftOutText } from '../left-out.ts';
import type { ReviewFinding, Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { crmpg, standardWebhooks } from './sources.ts';
import { genuine, success } from './steps.ts';

const orderPage = 'http://localhost:3000/orders/{reference}';
const makingPage = 'http://localhost:3000/setup/{reference}?amount={amount}';
const probes = `${named('probeUrl')} or ${named('probeCommand')}`;
export const unseen = `no probe is given (${probes}): what needs the receiver’s state cannot pass`;

/** The provider's own callbacks about a success, as it sends them. */
export const successRules: readonly Rule[] = [
	{
		id: 'state-visible',
		title: 'The receiver’s state can be seen, so that effects can be proved',
		level: 'should',
		why: 'An answer of 200 says that a callback was received, not that the order was paid once, for the right sum, and stayed paid.',
		hint: `Give a way to read an order, and one to make it: ${named('probeUrl', orderPage)} ${named('setupUrl', makingPage)} (or ${named('probeCommand')}, ${named('setupCommand')}, ${named('orders', 'A,B,C')}).`,
		source: null,
		cases: (subject) => [
			{
				about: 'a genuine success',
				steps: [success(subject)],
				answer: 'any',
				judge: (run, learned) => {
					if (run.before === undefined) return inconclusive(unseen);
					if (run.before.kind === 'unreadable')
						return failed(`the probe could not be read: ${run.before.why}`);
					if (!learned.visible)
						return inconclusive('a genuine success changes nothing that the probe shows');
					const effects = [...learned.success]
						.slice(0, 3)
						.map(([path, value]) => `${path} ${value}`);
					return passed(
						`a success shows as ${effects.join(', ') || 'a change'}${leftOutText(learned)}`,
					);
				},
			},
		],
	},
	{
		id: 'genuine-success',
		title: 'A genuine success is acknowledged',
		level: 'must',
		why: 'A receiver that refuses the real callback loses the payment. One public billing service parsed the form as JSON and lost real callbacks until it was changed.',
		hint: 'Read the body in the encoding it comes in, verify over the documented fields, and answer as the provider wants it. `callsim show <event> --explain` prints what is signed; `callsim verify` names the mistake.',
		source: standardWebhooks,
		cases: (subject) => [
			{
				about: 'a genuine success',
				steps: [success(subject)],
				answer: 'acknowledged',
				exact: true,
			},
		],
		readsAll: true,
		review: judgeServed,
	},
	{
		id: 'success-takes-effect',
		title: 'A genuine success changes the order',
		level: 'must',
		why: 'A 200 without an effect is a payment lost in silence: the provider does not try again.',
		hint: 'Compare the status in the type it arrives in (a form carries "3", not 3), and look the order up by the reference.',
		source: crmpg,
		cases: (subject) => [
			{
				about: 'a genuine success',
				steps: [success(subject)],
				answer: 'acknowledged',
				judge: judgeEffect,
			},
		],
	},
	{
		id: 'every-kind',
		title: 'Every kind of callback about an order is acknowledged',
		level: 'must',
		why: 'What is not acknowledged is sent again, up to five times, or never comes again.',
		hint: 'Acknowledge every callback that is genuine, also one that decides nothing.',
		source: standardWebhooks,
		cases: (subject) => {
			const known = new Set([
				subject.success,
				subject.failure,
				...subject.pending,
				...subject.unreadable,
			]);
			const { message } = subject.events.get(subject.success) ?? {};
			const others = [...subject.events].filter(
				([name, event]) => event.message === message && !known.has(name),
			);
			if (others.length === 0) return 'there are no other kinds';
			return others.map(
				([name]): RuleCase => ({ about: name, steps: [{ event: name }], answer: 'acknowledged' }),
			);
		},
	},
	{
		id: 'extra-fields',
		title: 'Fields beside the documented ones do no harm',
		level: 'must',
		why: 'Providers add fields without notice. A signature over "all fields but itself" breaks on the day they do.',
		hint: 'Verify over the fixed list of fields, ignore the rest.',
		source: 'https://api.webimpian.support/bayarcash/checksum/checksum-validation',
		cases: (subject) => [
			genuine('one more field', subject, { add: unlisted(subject) }),
			...(subject.events.has('transaction-identity')
				? [
						{
							about: 'identity extras',
							steps: [{ event: 'transaction-identity' }],
							answer: 'acknowledged',
							state: 'success',
							stateAdds: true,
						} satisfies RuleCase,
					]
				: []),
		],
	},
];

/** What the provider is seen to add, or a field that nobody has. */
function unlisted({ message }: Subject): string[] {
	const seen = Object.entries(message.unlisted ?? { callsim_extra: '1' });
	return seen.map(([path, value]) => `${path}=${value}`);
}

/** 404 to this one may mean the order; to everything, nonsense included, it means the path. */
function judgeServed(runs: readonly CaseRun[], subject: Subject): ReviewFinding {
	const own = runs.find(({ rule }) => rule === 'genuine-success');
	if (own === undefined) return inconclusive('it was not tried');
	const statuses = runs.flatMap(({ steps }) =>
		steps.flatMap(({ results }) =>
			results.map(({ outcome }) => (outcome.kind === 'answered' ? outcome.status : 0)),
		),
	);
	const isNowhere =
		statuses.length > 20 && statuses.every((status) => status === 404 || status === 405);
	if (isNowhere)
		return {
			...failed('everything is answered 404: nothing serves callbacks at this path'),
			run: own,
		};
	return { ...(blockedReason(own) ?? answerOf(own, subject)), run: own };
}

function judgeEffect(run: CaseRun, learned: LearnedEffects): Finding {
	const about = 'a genuine success';
	const isAccepted = (answerTo(run)?.status ?? 500) < 400;
	if (run.before === undefined || run.final === undefined)
		return inconclusive(`${about}: the order cannot be seen without ${probes}`);
	if (!isAccepted) return inconclusive(`${about}: it is not acknowledged, see genuine-success`);
	const changed = differences(run.before, run.final, learned.isVolatile);
	if (changed.length > 0)
		return passed(
			`${about}: ${(learned.visible ? effectsSeen(learned.success, run.before, run.final) : changed).slice(0, 3).map(differenceText).join(', ')}`,
		);
	if (differences(run.before, run.final, () => false).length > 0)
		return inconclusive(`${about}: what changed changes by itself, too`);
	if (!run.order.known)
		return inconclusive(
			`${about}: nothing happened, but nobody made the order; use ${named('setupUrl')} or ${named('orders')}`,
		);
	return noSuchOrder(run) ?? failed(`${about}: acknowledged, and nothing happened to the order`);
}

/** The set-up made an order that nobody finds: its shop may know it by another name. */
function noSuchOrder({ order, before, final }: CaseRun): Finding | undefined {
	if (order.answer === undefined || before?.kind !== 'absent' || final?.kind !== 'absent')
		return undefined;
	const { pointer, reference } = likelyReference(order.answer, order.reference) ?? {};
	const missing = `a genuine success: acknowledged, but the probe finds no order ${order.reference}`;
	const fix = `Say where the answer of the set-up names the order: ${named('setupReference', pointer ?? '/id')}`;
	return reference === undefined
		? failed(
				`${missing}, neither before nor after it; the set-up said that it made one`,
				`Try set-up and probe by hand. Where the shop numbers its orders itself: ${fix.charAt(0).toLowerCase()}${fix.slice(1)}`,
			)
		: failed(
				`${missing}: the shop numbers its orders itself, the set-up answered ${reference}`,
				fix,
			);
}
