import type { CaseRun } from './case-run.ts';
import { type FirstContact, isAccepted } from './first-contact.ts';
import type { Lab } from './lab.ts';
import { pooled } from './pooled.ts';
import { type Pulse, pulseOf } from './pulse.ts';
import type { Case, Rule } from './rule.ts';
import { runCase } from './run-case.ts';
import type { State } from './state.ts';

/** How many cases are tried at the same time: enough to be quick, too few to be a load test. */
export const jobs = 6;

/** One case of a rule, to be tried. */
export interface Task {
	readonly rule: Rule;
	readonly case: Case;
	readonly key: string;
}

interface Tried {
	readonly runs: readonly CaseRun[];
	/** After which the receiver was gone, so that nothing more could be tried. */
	readonly down: string | undefined;
}

/** First what goes side by side, then what needs the receiver for itself, with a pulse after what is dangerous. */
export async function tried(
	tasks: readonly Task[],
	contact: FirstContact,
	lab: Lab,
	onProgress?: (done: number, total: number, rule: string) => void,
): Promise<Tried> {
	let done = 0;
	let down: string | undefined;
	const twinOf = twinsOf(lab, contact);
	const one = async (task: Task, pulse?: Pulse): Promise<CaseRun[]> => {
		if (lab.signal?.aborted === true || down !== undefined) return [];
		const { rule, case: given, key } = task;
		const wanted = given.twin;
		const twin = wanted === undefined ? undefined : await interruptible(() => twinOf(wanted), lab);
		const run = await interruptible(() => runCase(rule, given, key, lab, contact.known), lab);
		if (run === undefined) return [];
		const ill = given.dangerous === true ? await interruptible(async () => pulse?.illness(), lab) : undefined;
		if (ill?.isGone === true) down = `${rule.id} (${given.about})`;
		else if (isGone(run)) down ??= sideBySideDown;
		onProgress?.(++done, tasks.length, rule.id);
		return [{ ...run, ill: ill?.told, twin }];
	};
	const isAlone = ({ rule, case: given }: Task) => rule.alone === true || given.dangerous === true;
	const sideBySide = tasks.filter((task) => !isAlone(task));
	const together = await pooled(jobs, sideBySide, async (task) => {
		const runs = await one(task);
		// A receiver that does not outlive what comes now has been seen before.
		return Promise.all(runs.map((run) => lastLook(run, lab)));
	});
	const alone: CaseRun[][] = [];
	const lonely = tasks.filter(isAlone);
	const pulse = lonely.length === 0 ? undefined : await interruptible(() => pulseOf(lab), lab);
	if (pulse?.isGone === true) down ??= sideBySideDown;
	for (const task of lonely) alone.push(await one(task, pulse));
	// What met nobody says nothing about its own rule.
	const ended =
		down === sideBySideDown
			? [...together.flat().filter((run) => !isBroken(run)), ...alone.flat()]
			: [...together, ...alone].flat();
	return { runs: ended.filter((run) => run.ill !== undefined || !isGone(run)), down };
}

/** The connection broke in the middle: of another case's doing, perhaps. */
function isBroken({ steps }: CaseRun): boolean {
	return steps.some(({ results }) => results.some(({ outcome }) => outcome.kind === 'broken'));
}

const sideBySideDown = 'cases that were tried side by side; --only tells which';

/** Nobody listens where a moment ago somebody did. */
function isGone({ steps }: CaseRun): boolean {
	return steps.some(({ results }) => results.some(({ outcome }) => outcome.kind === 'unreachable'));
}

/** A signal ends the run, not the report. */
async function interruptible<T>(work: () => Promise<T>, { signal }: Lab): Promise<T | undefined> {
	try {
		return await work();
	} catch (error) {
		if (signal?.aborted === true) return undefined;
		throw error;
	}
}

const twinRule: Rule = { id: 'twin', title: '', level: 'should', why: '', hint: '', source: null, cases: () => [] };

/** Whether the genuine callback is acknowledged under these options too; each is asked once. */
function twinsOf(lab: Lab, contact: FirstContact): (names: readonly string[]) => Promise<'acknowledged' | 'refused'> {
	const known = new Map([['', Promise.resolve(contact.isAcknowledged)]]);
	const sent = async (variants: readonly string[]): Promise<boolean> => {
		const steps = [{ event: lab.subject.success, shaping: { variants } }];
		const given: Case = { about: 'twin', steps, answer: 'acknowledged' };
		const run = await runCase(twinRule, given, `twin:${variants.join(',')}`, lab, contact.known);
		const outcome = run.steps[0]?.results[0]?.outcome;
		return outcome !== undefined && isAccepted(outcome, run.order.known);
	};
	return async (variants) => {
		const key = variants.join(',');
		const asked = known.get(key) ?? sent(variants);
		known.set(key, asked);
		return (await asked) ? 'acknowledged' : 'refused';
	};
}

const unseen: State = { kind: 'unreadable', why: 'stopped before the last look' };

/** How an order looks now; an earlier look where the receiver is gone. */
export async function lastLook(run: CaseRun, { probe }: Lab): Promise<CaseRun> {
	if (probe === undefined || run.trouble !== undefined || run.steps.length === 0) return run;
	// Stopped by the user: what was seen before is what there is.
	const now = await probe.read(run.order).catch(() => run.final ?? run.steps.at(-1)?.after ?? unseen);
	return { ...run, final: now.kind === 'unreadable' ? (run.final ?? now) : now };
}
