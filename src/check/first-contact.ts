import type { AttemptResult } from '../delivery/attempt.ts';
import { millis } from '../model/duration.ts';
import type { Outcome } from '../model/outcome.ts';
import { Problem } from '../model/problem.ts';
import type { Say } from '../model/words.ts';
import type { Order } from '../order/order.ts';
import { differences, type State } from '../order/state.ts';
import { answerTo } from './answer-to.ts';
import type { CaseRun, RuleCase } from './case.ts';
import type { CheckContext } from './check-context.ts';
import { comeToRest, hasStayed } from './idle.ts';
import { unansweredReason } from './judge-answer.ts';
import { type ReceiverTraits, runCase } from './run-case.ts';
import { otherAmount } from './subject.ts';
import { undecidedStep } from './undecided.ts';

/** What the first orders of a run taught: the receiver is known well enough to be tried. */
export interface FirstContact {
	readonly successes: readonly CaseRun[];
	readonly failures: readonly CaseRun[];
	/** Of a report that decides nothing, where it was acknowledged. */
	readonly undecided: readonly CaseRun[];
	readonly traits: ReceiverTraits;
	/** An order that no callback is about, as it looked at first. */
	readonly untouched: { readonly order: Order; readonly look: State } | undefined;
	/** Whether the genuine callback, as the provider sends it, is acknowledged. */
	readonly isAcknowledged: boolean;
	/** No genuine success changed anything that can be seen. */
	readonly isIdle: boolean;
	/** Why there is no point in going on, or undefined. */
	readonly dead: { readonly reason: string; readonly reached: boolean } | undefined;
}

/** In the place of a rule's id, for cases that no rule asks for: they are never reported. */
export const firstContactId = 'first-contact';

/** Where orders are scarce, one is enough to learn from. */
const plenty = 8;

/**
 * Sends the genuine callbacks everything else is compared with.
 * @param round what tells its orders from those of an earlier one
 * @param alone one success and nothing beside it
 * @throws Problem `setup-failed`, `probe-failed`
 */
export async function makeFirstContact(
	context: CheckContext,
	ignored: (path: string) => boolean,
	round = '',
	alone = false,
): Promise<FirstContact> {
	const { subject, orders } = context;
	const few = alone || orders.left < plenty;
	const { untouched, fluctuating } = await makeFirstOrder(context, few, round);
	const traits: ReceiverTraits = {
		late: false,
		isVolatile: (path) => ignored(path) || fluctuating.has(path),
	};
	const success: RuleCase = {
		about: 'a genuine success',
		steps: [{ event: subject.success }],
		answer: 'acknowledged',
	};
	const other =
		subject.amount === undefined || orders.isScarce
			? {}
			: { amount: otherAmount(subject.amount, subject) };
	const failure: RuleCase = {
		about: 'a genuine failure',
		steps: [{ event: subject.failure ?? '' }],
		answer: 'any',
	};
	const idle = undecidedStep(subject);
	const undecided: RuleCase = {
		about: 'a report that decides nothing',
		steps: idle === undefined ? [] : [idle],
		answer: 'any',
	};
	const [first, ...more] = await Promise.all([
		runCase(firstContactId, success, `first${round}`, context, traits),
		...(few
			? []
			: [runCase(firstContactId, { ...success, ...other }, `second${round}`, context, traits)]),
		...(few || subject.failure === undefined
			? []
			: [runCase(firstContactId, failure, `failure${round}`, context, traits)]),
		...(few || idle === undefined || context.probe === undefined
			? []
			: [runCase(firstContactId, undecided, `undecided${round}`, context, traits)]),
	]);
	const runs = [first, ...more];
	const result = first.steps[0]?.results[0];
	const outcome = result?.outcome;
	const known = { ...traits, late: await isLate(runs, context, traits) };
	const looked = await Promise.all(
		// A failure may well have no effect; whether it has is seen at the end.
		runs.map((run) =>
			(run.case === failure || run.case === undecided) && !known.late
				? run
				: comeToRest(run, context, known),
		),
	);
	const successes = looked.filter((run) => run.case !== failure && run.case !== undecided);
	return {
		successes,
		failures: looked.filter((run) => run.case === failure),
		undecided: looked.filter(
			(run) => run.case === undecided && (answerTo(run)?.status ?? 500) < 400,
		),
		traits: known,
		untouched,
		isIdle: successes.every((run) => hasStayed(run, known)),
		isAcknowledged: outcome !== undefined && isAccepted(outcome, first.order.known),
		dead: result === undefined ? undefined : deadReason(result, looked),
	};
}

/**
 * Makes one order to see that making and reading work at all, and looks twice: what differs without
 * any callback changes by itself.
 */
async function makeFirstOrder(
	{ orders, probe, subject, clock, signal }: CheckContext,
	few: boolean,
	round: string,
): Promise<{ untouched: FirstContact['untouched']; fluctuating: ReadonlySet<string> }> {
	const nothing = { untouched: undefined, fluctuating: new Set<string>() };
	const drawn = few ? undefined : orders.draw(`look${round}`, subject.amount ?? '');
	if (drawn === undefined) return nothing;
	const { order, why } = await orders.make(drawn);
	if (why !== undefined) {
		throw new Problem('setup-failed', `the first order could not be set up: ${why}`, {
			hint: wantsLogin(why, 'setupHeader') ?? wantsNumbers(why) ?? `Try it: ${order.made}`,
		});
	}
	if (probe === undefined) return nothing;
	const look = await probe.read(order);
	if (look.kind === 'unreadable') {
		throw new Problem('probe-failed', `the probe could not be read: ${look.why}`, {
			hint:
				wantsLogin(look.why, 'probeHeader') ??
				'Try it by hand with the reference of an order you have.',
		});
	}
	await clock.sleep(millis(20), signal);
	const fluctuating = new Set(
		differences(look, await probe.read(order), () => false).map(({ path }) => path),
	);
	return { untouched: { order, look }, fluctuating };
}

/** What a page that not everybody may ask is told. */
const wantsLogin = (why: string, setting: 'setupHeader' | 'probeHeader') =>
	/status 40[13],/.test(why)
		? (say: Say) =>
				`Give it the header that it asks for: ${say(setting, 'Authorization: env:TOKEN')}`
		: undefined;

/** A number of ours that the shop may not take for one. */
const wantsNumbers = (why: string) =>
	/status 4(00|22),/.test(why)
		? (say: Say) =>
				`Where the shop takes no other numbers than its own: ${say('reference', 'INV/{year}/{n}')}`
		: undefined;

/** Two readings a moment apart: where the state still moves, it answers first and works later. */
async function isLate(
	runs: readonly CaseRun[],
	{ probe, clock, signal }: CheckContext,
	traits: ReceiverTraits,
): Promise<boolean> {
	if (probe === undefined) return false;
	const looks = runs.flatMap((run) => {
		const after = run.steps.at(-1)?.after;
		return after === undefined || run.before === undefined
			? []
			: [{ ...run, before: run.before, after }];
	});
	const idle = looks.some(
		({ case: given, before, after }) =>
			given.answer === 'acknowledged' && differences(before, after, traits.isVolatile).length === 0,
	);
	if (idle) return true;
	await clock.sleep(millis(60), signal);
	const again = await Promise.all(looks.map(({ order }) => probe.read(order)));
	return looks.some(({ after }, at) => {
		const later = again[at];
		return later !== undefined && differences(after, later, traits.isVolatile).length > 0;
	});
}

/** Everything that was sent, for one more look. */
export const contactRuns = ({ successes, failures, undecided }: FirstContact): CaseRun[] => [
	...successes,
	...failures,
	...undecided,
];

/** Taken, in whatever way: any 2xx or 3xx, or 404 about an order that nobody made. */
export function isAccepted(outcome: Outcome, isKnown: boolean): boolean {
	if (outcome.kind !== 'answered') return false;
	const { status } = outcome;
	return (status >= 200 && status < 400) || (!isKnown && (status === 404 || status === 410));
}

/** @param runs beside it: one that was reached may have brought it down for the others */
function deadReason({ outcome }: AttemptResult, runs: readonly CaseRun[]): FirstContact['dead'] {
	if (outcome.kind === 'answered') return undefined;
	const results = runs.flatMap(({ steps }) => steps.flatMap((step) => step.results));
	return { reason: unansweredReason(outcome), reached: results.some(({ reached }) => reached) };
}
