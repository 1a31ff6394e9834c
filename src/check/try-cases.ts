import { named } from '../model/words.ts';
import type { State } from '../order/state.ts';
import type { CaseRun, RuleCase } from './case.ts';
import type { CaseStep } from './case-step.ts';
import type { CheckContext } from './check-context.ts';
import { type FirstContact, isAccepted } from './first-contact.ts';
import { type HealthCheck, startHealthCheck } from './health-check.ts';
import { isUnread } from './idle.ts';
import { pooled } from './pooled.ts';
import type { Rule } from './rule.ts';
import { runCase } from './run-case.ts';
import type { Subject } from './subject.ts';

/** How many cases are tried at the same time: enough to be quick, too few to be a load test. */
export const jobs = 6;

/** One case of a rule, to be tried. */
export interface Task {
	readonly rule: Rule;
	readonly case: RuleCase;
	readonly key: string;
}

interface TriedCases {
	readonly runs: readonly CaseRun[];
	/** After which the receiver was gone, so that nothing more could be tried. */
	readonly down: string | undefined;
}

/**
 * First what goes side by side, then what needs the receiver for itself, with a health check after
 * what is dangerous.
 */
export async function tryCases(
	tasks: readonly Task[],
	contact: FirstContact,
	context: CheckContext,
	onProgress?: (done: number, total: number, rule: string) => void,
): Promise<TriedCases> {
	let done = 0;
	let down: string | undefined;
	const sendControl = controlsOf(context, contact);
	const tryOne = async (task: Task, health?: HealthCheck): Promise<CaseRun[]> => {
		if (context.signal?.aborted === true || down !== undefined) return [];
		const { rule, case: given, key } = task;
		const wanted = controlFor(given, context);
		const control =
			wanted === undefined ? undefined : await interruptible(() => sendControl(wanted), context);
		const run = await interruptible(
			() => runCase(rule.id, given, key, context, contact.traits),
			context,
		);
		if (run === undefined) return [];
		const failure =
			given.dangerous === true
				? await interruptible(async () => health?.findFailure(), context)
				: undefined;
		if (failure?.isGone === true) down = `${rule.id} (${given.about})`;
		else if (isGone(run)) down ??= sideBySideDown;
		onProgress?.(++done, tasks.length, rule.id);
		return [{ ...run, failure: failure?.reason, control }];
	};
	const isAlone = ({ rule, case: given }: Task) => rule.alone === true || given.dangerous === true;
	const sideBySide = tasks.filter((task) => !isAlone(task));
	const together = await pooled(jobs, sideBySide, async (task) => {
		const runs = await tryOne(task);
		// A receiver that does not outlive what comes now has been seen before.
		return Promise.all(runs.map((run) => lookOnceMore(run, context)));
	});
	const alone: CaseRun[][] = [];
	const solitary = tasks.filter(isAlone);
	const health =
		solitary.length === 0
			? undefined
			: await interruptible(() => startHealthCheck(context), context);
	if (health?.isGone === true) down ??= sideBySideDown;
	for (const task of solitary) alone.push(await tryOne(task, health));
	// What met nobody says nothing about its own rule.
	const ended =
		down === sideBySideDown
			? [...together.flat().filter((run) => !isBroken(run)), ...alone.flat()]
			: [...together, ...alone].flat();
	return { runs: ended.filter((run) => run.failure !== undefined || !isGone(run)), down };
}

/** The connection broke in the middle: of another case's doing, perhaps. */
function isBroken({ steps }: CaseRun): boolean {
	return steps.some(({ results }) => results.some(({ outcome }) => outcome.kind === 'broken'));
}

const sideBySideDown = `cases that were tried side by side; ${named('only')} tells which`;

/** Nobody listens where a moment ago somebody did. */
function isGone({ steps }: CaseRun): boolean {
	return steps.some(({ results }) => results.some(({ outcome }) => outcome.kind === 'unreachable'));
}

/** A signal ends the run, not the report. */
async function interruptible<T>(
	work: () => Promise<T>,
	{ signal }: CheckContext,
): Promise<T | undefined> {
	try {
		return await work();
	} catch (error) {
		if (signal?.aborted === true) return undefined;
		throw error;
	}
}

/** The genuine callback that has to be accepted where a refusal is to prove anything. */
function controlFor(
	{ control, controlStep }: RuleCase,
	{ subject }: CheckContext,
): CaseStep | undefined {
	if (controlStep !== undefined || control === undefined) return controlStep;
	return genuineIn(control, subject);
}

const genuineIn = (variants: readonly string[], { success }: Subject): CaseStep => ({
	event: success,
	shaping: { variants },
});

/** Whether a control is acknowledged; each is asked once. */
function controlsOf(
	context: CheckContext,
	contact: FirstContact,
): (step: CaseStep) => Promise<'acknowledged' | 'refused'> {
	const plain = JSON.stringify(genuineIn([], context.subject));
	const asked = new Map([[plain, Promise.resolve(contact.isAcknowledged)]]);
	const isAcknowledged = async (step: CaseStep, key: string): Promise<boolean> => {
		const given: RuleCase = { about: 'control', steps: [step], answer: 'acknowledged' };
		const run = await runCase('control', given, `control:${key}`, context, contact.traits);
		const outcome = run.steps[0]?.results[0]?.outcome;
		if (outcome === undefined || !isAccepted(outcome, run.order.known)) return false;
		return contact.isIdle || !(await isUnread(run, context, contact.traits));
	};
	return async (step) => {
		const key = JSON.stringify(step);
		const answer = asked.get(key) ?? isAcknowledged(step, key);
		asked.set(key, answer);
		return (await answer) ? 'acknowledged' : 'refused';
	};
}

const unseen: State = { kind: 'unreadable', why: 'stopped before the last look' };

/** How an order looks now; an earlier look where the receiver is gone. */
export async function lookOnceMore(run: CaseRun, { probe }: CheckContext): Promise<CaseRun> {
	if (probe === undefined || run.trouble !== undefined || run.steps.length === 0) return run;
	// Stopped by the user: what was seen before is what there is.
	const now = await probe
		.read(run.order)
		.catch(() => run.final ?? run.steps.at(-1)?.after ?? unseen);
	return { ...run, final: now.kind === 'unreadable' ? (run.final ?? now) : now };
}
