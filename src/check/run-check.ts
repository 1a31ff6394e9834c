import { type Millis, millis } from '../model/duration.ts';
import { own } from '../model/own.ts';
import type { RuleRecord } from '../model/rule-record.ts';
import { named } from '../model/words.ts';
import { differences } from '../order/state.ts';
import type { CaseRun } from './case.ts';
import type { Cause } from './cause.ts';
import type { CheckContext } from './check-context.ts';
import { contactRuns, type FirstContact, firstContactId } from './first-contact.ts';
import { lookOnceMore } from './last-look.ts';
import { effectsFrom, type LearnedEffects } from './learned-effects.ts';
import { meet } from './meet.ts';
import { observedEffects } from './observe-case.ts';
import { inOwnWords } from './own-words.ts';
import { pooled } from './pooled.ts';
import { recordFollowing, recordOf, recordOfCause, recordWithout } from './record.ts';
import { keyFix } from './refusal-fix.ts';
import type { Rule } from './rule.ts';
import type { Task, TrialWatch } from './trial.ts';
import { jobs, tryCases } from './try-cases.ts';
import { underCauses } from './under-causes.ts';
import { deadRecord, lastRule, unfinished } from './untried.ts';

export interface TrialOptions extends TrialWatch {
	readonly slow: boolean;
	readonly settle: Millis;
	/** Paths of the probe's answer that say nothing. */
	readonly ignored: (path: string) => boolean;
	/** Told before anything is tried where fewer orders are left than there are cases for them. */
	readonly onScarce?: ((left: number, cases: number) => void) | undefined;
	/**
	 * Told when first contact takes long.
	 * @param span how long one answer may take then; 0 for without end
	 */
	readonly onSlowStart?: ((span: Millis) => void) | undefined;
}

export interface CheckVerdicts {
	readonly records: readonly RuleRecord[];
	/** Whether any connection was ever made. */
	readonly reached: boolean;
	/** What kept everything from being proved; undefined where something was. */
	readonly cause: Cause | undefined;
}

/**
 * Tries every rule's cases and judges them. First contact, then everything that can go side by
 * side, then what needs the receiver for itself; one last look at every order, and the verdicts.
 * @throws Problem `setup-failed`, `probe-failed`; RemoteAddress
 */
export async function runCheck(
	rules: readonly Rule[],
	given: CheckContext,
	options: TrialOptions,
): Promise<CheckVerdicts> {
	const { contact, door, refusal, otherEncoding, ...found } = await tellWhenSlow(
		given,
		options,
		() => meet(given, options.ignored, options.bringBack),
	);
	given.patience.met();
	const { context } = found;
	const plans = rules
		.map((rule) => withLevelFor(rule, context))
		.map((rule) => ({ rule, plan: planOf(rule, context, options) }));
	const tasks = plans.flatMap(({ plan }) => (typeof plan === 'string' ? [] : plan));
	tellScarce(tasks, context, options);
	const { runs, down, unexplained, hasRestarted } =
		contact.dead === undefined && door === undefined
			? await tryCases(tasks, contact, context, options)
			: { runs: [], down: undefined, unexplained: undefined, hasRestarted: false };
	await letRest(context, options);
	const looked = await pooled(jobs, [...runs, ...contactRuns(contact)], (run) =>
		lookOnceMore(run, context, hasRestarted),
	);
	const learned = learnEffects(looked, contact, await readDrift(contact, context), context);
	const whole = door ?? otherEncoding;
	const teller = whole?.tellers.find((id) => rules.some((rule) => rule.id === id));
	const verdictOn = (rule: Rule, plan: readonly Task[] | string): RuleRecord => {
		if (typeof plan === 'string') return recordWithout(rule, 'skipped', plan);
		if (contact.dead !== undefined) return deadRecord(rule, contact, contact.dead.reason, context);
		if (whole !== undefined && rule.id === teller) return recordOfCause(rule, whole);
		if (door !== undefined) return recordFollowing(rule, door);
		if (rule.id === lastRule && unexplained !== undefined)
			return recordWithout(rule, 'failed', unexplained);
		const own = looked.filter((run) => run.rule === rule.id);
		if (own.length < plan.length && !own.some(({ failure }) => failure !== undefined))
			return unfinished(rule, down);
		return recordOf(rule, own, looked, learned, context.subject);
	};
	const tried = { runs: looked, learned, keyFix: keyFix(context) };
	const judged = plans.map(({ rule, plan }) => ({ rule, record: verdictOn(rule, plan) }));
	return {
		reached: contact.dead?.reached ?? true,
		cause: door ?? refusal,
		records: underCauses(judged, { refusal, otherEncoding }, tried).map((record) =>
			inOwnWords(record, context.subject),
		),
	};
}

const slowAfter = millis(5_000);

/** A framework in development mode compiles when it is asked for the first time. */
async function tellWhenSlow<T>(
	{ clock, patience }: CheckContext,
	{ onSlowStart }: TrialOptions,
	work: () => Promise<T>,
): Promise<T> {
	const over = new AbortController();
	const slow = clock.sleep(slowAfter, over.signal).then(
		() => over.signal.aborted || onSlowStart?.(patience.span),
		() => undefined,
	);
	try {
		return await work();
	} finally {
		over.abort();
		await slow;
	}
}

/** Refusals give their orders back, so that it is not certain how many it takes. */
function tellScarce(
	tasks: readonly Task[],
	{ orders }: CheckContext,
	{ onScarce }: TrialOptions,
): void {
	const wanting = tasks.filter(
		({ case: { unknownOrder, prefix } }) => unknownOrder !== true && prefix === undefined,
	);
	if (orders.isScarce && orders.left < wanting.length) onScarce?.(orders.left, wanting.length);
}

function withLevelFor(rule: Rule, { subject }: CheckContext): Rule {
	const level = own(rule.levels ?? {}, subject.provider.id) ?? rule.levelFor?.(subject);
	return level === undefined ? rule : { ...rule, level };
}

/** The cases of a rule, or why there are none. */
function planOf(
	rule: Rule,
	{ subject }: CheckContext,
	{ slow }: TrialOptions,
): readonly Task[] | string {
	if (rule.providers !== undefined && !rule.providers.includes(subject.provider.id))
		return `not for ${subject.provider.id}`;
	if (rule.slow === true && !slow) return `takes long: add ${named('slow', 'true')}`;
	const cases = rule.cases(subject);
	if (typeof cases === 'string') return cases;
	return cases.map((one, at) => ({ rule, case: one, key: `${rule.id}:${at}` }));
}

/** Receivers may work after they have answered: the last look waits as long as that may take. */
async function letRest(
	{ probe, clock, signal }: CheckContext,
	{ settle }: TrialOptions,
): Promise<void> {
	if (probe === undefined || signal?.aborted === true) return;
	await clock.sleep(settle, signal).catch(() => undefined);
}

/**
 * What moved meanwhile on the order that no callback was about: shared between orders, or a clock.
 */
async function readDrift(
	{ untouched, traits }: FirstContact,
	{ probe }: CheckContext,
): Promise<ReadonlySet<string>> {
	if (probe === undefined || untouched === undefined) return new Set();
	const now = await probe.read(untouched.order).catch(() => untouched.look);
	// An order that is no longer there was lost with the memory of a receiver that was started again.
	if (now.kind !== untouched.look.kind) return new Set();
	return new Set(differences(untouched.look, now, traits.isVolatile).map(({ path }) => path));
}

function learnEffects(
	looked: readonly CaseRun[],
	{ successes, failures, undecided, traits }: FirstContact,
	drift: ReadonlySet<string>,
	{ subject }: CheckContext,
): LearnedEffects {
	const outcomeFields = subject.provider.lifecycle?.outcomeFields ?? [];
	const of = (runs: readonly CaseRun[]) => {
		const keys = new Set(runs.map(({ order }) => order.reference));
		return looked
			.filter((run) => run.rule === firstContactId && keys.has(run.order.reference))
			.flatMap((run) => observedEffects(run, outcomeFields));
	};
	return effectsFrom(
		{ successes: of(successes), failures: of(failures), undecided: of(undecided) },
		traits.late,
		(path) => drift.has(path) || traits.isVolatile(path),
	);
}
