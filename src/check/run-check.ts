import type { Millis } from '../model/duration.ts';
import type { RuleRecord } from '../model/rule-record.ts';
import type { CaseRun } from './case-run.ts';
import { experienceOf, type FirstContact, firstContact, isAccepted } from './first-contact.ts';
import type { Lab } from './lab.ts';
import { type Lesson, lessonFrom } from './lesson.ts';
import { pooled } from './pooled.ts';
import { type Pulse, pulseOf } from './pulse.ts';
import { recordOf, recordWithout } from './record.ts';
import type { Case, Rule } from './rule.ts';
import { runCase } from './run-case.ts';
import { differences, type State } from './state.ts';

export interface CheckOptions {
	readonly slow: boolean;
	readonly settle: Millis;
	/** Paths of the probe's answer that say nothing. */
	readonly ignored: (path: string) => boolean;
	/** Told of every case that has been tried. */
	readonly onProgress?: ((done: number, total: number, rule: string) => void) | undefined;
}

export interface CheckResult {
	readonly records: readonly RuleRecord[];
	/** Whether any connection was ever made. */
	readonly reached: boolean;
}

/** How many cases are tried at the same time: enough to be quick, too few to be a load test. */
const jobs = 6;

interface Task {
	readonly rule: Rule;
	readonly case: Case;
	readonly key: string;
}

/**
 * Tries every rule's cases and judges them. First contact, then everything that can go side by side, then what needs the
 * receiver for itself; one last look at every order, and the verdicts.
 *
 * @throws Problem `setup-failed`, `probe-failed`; RemoteAddress
 */
export async function runCheck(rules: readonly Rule[], lab: Lab, options: CheckOptions): Promise<CheckResult> {
	const plans = rules.map((rule) => weighed(rule, lab)).map((rule) => ({ rule, plan: planOf(rule, lab, options) }));
	const tasks = plans.flatMap(({ plan }) => (typeof plan === 'string' ? [] : plan));
	const contact = await firstContact(lab, options.ignored);
	const { runs, down } =
		contact.dead === undefined ? await tried(tasks, contact, lab, options) : { runs: [], down: undefined };
	await restAfter(lab, options);
	const looked = await pooled(jobs, [...runs, ...contact.successes, ...contact.failures], (run) => lastLook(run, lab));
	const lesson = learned(looked, contact, await driftOf(contact, lab), lab);
	return {
		reached: contact.dead?.reached ?? true,
		records: plans.map(({ rule, plan }) => {
			if (typeof plan === 'string') return recordWithout(rule, 'skipped', plan);
			if (contact.dead !== undefined) return deadRecord(rule, contact, contact.dead.reason, lab);
			const own = looked.filter((run) => run.rule === rule);
			if (own.length < plan.length && !own.some(({ ill }) => ill !== undefined)) return unfinished(rule, down);
			return recordOf(rule, own, looked, lesson, lab.subject);
		}),
	};
}

function weighed(rule: Rule, { subject }: Lab): Rule {
	const level = rule.levels?.[subject.provider.id];
	return level === undefined ? rule : { ...rule, level };
}

/** The cases of a rule, or why there are none. */
function planOf(rule: Rule, { subject }: Lab, { slow }: CheckOptions): readonly Task[] | string {
	if (rule.providers !== undefined && !rule.providers.includes(subject.provider.id))
		return `not for ${subject.provider.id}`;
	if (rule.slow === true && !slow) return 'takes long: add --slow';
	const cases = rule.cases(subject);
	if (typeof cases === 'string') return cases;
	return cases.map((one, at) => ({ rule, case: one, key: `${rule.id}:${at}` }));
}

interface Tried {
	readonly runs: readonly CaseRun[];
	/** After which the receiver was gone, so that nothing more could be tried. */
	readonly down: string | undefined;
}

async function tried(tasks: readonly Task[], contact: FirstContact, lab: Lab, options: CheckOptions): Promise<Tried> {
	let done = 0;
	let down: string | undefined;
	const twinOf = twinsOf(lab, contact);
	const one = async (task: Task, pulse?: Pulse): Promise<CaseRun[]> => {
		if (lab.signal?.aborted === true || down !== undefined) return [];
		const { rule, case: given, key } = task;
		const twin = given.twin === undefined ? undefined : await twinOf(given.twin);
		const run = await interruptible(() => runCase(rule, given, key, lab, contact.known), lab);
		if (run === undefined) return [];
		const ill = given.dangerous === true ? await pulse?.illness() : undefined;
		if (ill?.isGone === true) down = `${rule.id} (${given.about})`;
		else if (isGone(run)) down ??= sideBySideDown;
		options.onProgress?.(++done, tasks.length, rule.id);
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
	const pulse = lonely.length === 0 ? undefined : await pulseOf(lab);
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

/** Receivers may work after they have answered: the last look waits as long as that may take. */
async function restAfter({ probe, clock, signal }: Lab, { settle }: CheckOptions): Promise<void> {
	if (probe === undefined || signal?.aborted === true) return;
	await clock.sleep(settle, signal).catch(() => undefined);
}

async function lastLook(run: CaseRun, { probe }: Lab): Promise<CaseRun> {
	if (probe === undefined || run.trouble !== undefined || run.steps.length === 0) return run;
	// Stopped by the user: what was seen before is what there is.
	const now = await probe.read(run.order).catch(() => run.final ?? run.steps.at(-1)?.after ?? unseen);
	return { ...run, final: now.kind === 'unreadable' ? (run.final ?? now) : now };
}

/** What moved meanwhile on the order that no callback was about: shared between orders, or a clock. */
async function driftOf({ untouched, known }: FirstContact, { probe }: Lab): Promise<ReadonlySet<string>> {
	if (probe === undefined || untouched === undefined) return new Set();
	const now = await probe.read(untouched.order).catch(() => untouched.look);
	if (now.kind === 'unreadable') return new Set();
	return new Set(differences(untouched.look, now, known.isVolatile).map(({ path }) => path));
}

function learned(
	looked: readonly CaseRun[],
	{ successes, failures, known }: FirstContact,
	drift: ReadonlySet<string>,
	{ subject }: Lab,
): Lesson {
	const tells = subject.provider.lifecycle?.tells ?? [];
	const of = (runs: readonly CaseRun[]) => {
		const keys = new Set(runs.map(({ order }) => order.reference));
		return looked
			.filter((run) => run.rule.id === 'first-contact' && keys.has(run.order.reference))
			.flatMap((run) => experienceOf(run, tells));
	};
	return lessonFrom(of(successes), of(failures), known.late, (path) => drift.has(path) || known.isVolatile(path));
}

/** Stopped by the user, or because the receiver had gone: which is what the last rule is about. */
function unfinished(rule: Rule, down: string | undefined): RuleRecord {
	if (down === undefined) return recordWithout(rule, 'inconclusive', 'stopped before it was tried');
	const verdict = rule.id === 'healthy-at-the-end' ? 'failed' : 'inconclusive';
	return recordWithout(rule, verdict, `the receiver went down after ${down}`);
}

/** A receiver that never answers fails the first rule; nothing else can be said of it. */
function deadRecord(rule: Rule, { successes, dead }: FirstContact, reason: string, lab: Lab): RuleRecord {
	if (rule.id !== 'genuine-success' || dead?.reached !== true)
		return recordWithout(rule, 'inconclusive', `the receiver did not answer: ${reason}`);
	const runs = successes.slice(0, 1).map((run) => ({ ...run, rule }));
	return recordOf(
		rule,
		runs,
		runs,
		lessonFrom([], [], false, () => false),
		lab.subject,
	);
}
