import { named } from '../model/words.ts';
import type { CaseRun, RuleCase } from './case.ts';
import type { CheckContext } from './check-context.ts';
import { type BringBack, wentDown } from './comeback.ts';
import { controlFor, controlsOf } from './controls.ts';
import type { FirstContact } from './first-contact.ts';
import { giveBack } from './give-back.ts';
import { type HealthCheck, startHealthCheck } from './health-check.ts';
import type { Rule } from './rule.ts';
import { runCase } from './run-case.ts';

/** One case of a rule, to be tried. */
export interface Task {
	readonly rule: Rule;
	readonly case: RuleCase;
	readonly key: string;
}

export interface TrialWatch {
	/** Told of every case that has been tried. */
	readonly onProgress?: ((done: number, total: number, rule: string) => void) | undefined;
	/** Undefined where a receiver that goes down stays so. */
	readonly bringBack?: BringBack | undefined;
}

/** Cases on their way to one receiver, which may go down under them. */
export interface Trial {
	/** Undefined where nothing more is tried. */
	tryOne(task: Task, again?: string): Promise<CaseRun | undefined>;
	/** With a health check behind it, where it is dangerous or met nobody; none or one run. */
	tryAlone(task: Task, again?: string): Promise<CaseRun[]>;
	/**
	 * Whether the receiver is gone; it is brought back then, where that can be.
	 * @param suspects what it may have gone down under
	 */
	findDown(suspects?: string): Promise<boolean>;
	/** After which it was gone for good. */
	down(): string | undefined;
	hasRestarted(): boolean;
}

export function trialOf(
	total: number,
	contact: FirstContact,
	context: CheckContext,
	{ onProgress, bringBack }: TrialWatch,
): Trial {
	const sendControl = controlsOf(context, contact);
	let done = 0;
	let down: string | undefined;
	let hasRestarted = false;
	let health: HealthCheck | undefined;

	/** @param under what it went down under */
	async function revive(under: string) {
		health = undefined;
		const comeback = await interruptible(async () => bringBack?.(), context);
		if (comeback?.isBack === true) hasRestarted = true;
		else down = under;
		return comeback;
	}

	async function findDown(suspects = 'cases that were tried'): Promise<boolean> {
		if (down !== undefined) return true;
		health = await interruptible(() => startHealthCheck(context), context);
		if (health?.isGone !== true) return false;
		await revive(`${suspects}, tried side by side; ${named('only')} tells which`);
		return true;
	}

	async function tryOne({ rule, case: given, key }: Task, again = '') {
		if (context.signal?.aborted === true || down !== undefined) return undefined;
		const wanted = controlFor(given, context);
		const control =
			wanted === undefined ? undefined : await interruptible(() => sendControl(wanted), context);
		const run = await interruptible(
			() => runCase(rule.id, given, `${key}${again}`, context, contact.traits),
			context,
		);
		if (run === undefined) return undefined;
		done = Math.min(total, done + 1);
		onProgress?.(done, total, rule.id);
		const over = await interruptible(() => giveBack(run, context, contact.traits), context);
		return { ...(over ?? run), control };
	}

	async function tryAlone(task: Task, again = ''): Promise<CaseRun[]> {
		const { rule, case: given } = task;
		if (given.dangerous === true && health === undefined) await findDown();
		const run = await tryOne(task, again);
		if (run === undefined) return [];
		if (given.dangerous !== true && !isHit(run)) return [run];
		// What was sent nothing has brought nobody down.
		const isFirst = run.steps.length === 0 && !again.endsWith(':again');
		if (isFirst && (await findDown(rule.id))) return tryAlone(task, `${again}:again`);
		health ??= await interruptible(() => startHealthCheck(context), context);
		const failure = await interruptible(async () => health?.findFailure(), context);
		if (failure?.isGone !== true && health?.isGone !== true) return [{ ...run, failure }];
		const comeback = await revive(`${rule.id} (${given.about})`);
		const reason = `after it ${wentDown(comeback)}`;
		return [{ ...run, failure: { reason, isGone: true, log: comeback?.log } }];
	}

	return { tryOne, tryAlone, findDown, down: () => down, hasRestarted: () => hasRestarted };
}

/** It met nobody, was cut off, or lost its order: by its own doing, or that of a case beside it. */
export function isHit({ steps, trouble, before, final }: CaseRun): boolean {
	const isCut = steps.some(({ results }) =>
		results.some(({ outcome }) => outcome.kind === 'unreachable' || outcome.kind === 'broken'),
	);
	const looks = [before, ...steps.map(({ after }) => after), final];
	const isLost = looks.some(
		(look, at) => look?.kind === 'absent' && looks[at - 1]?.kind === 'shown',
	);
	const whys = looks.map((look) => (look?.kind === 'unreadable' ? look.why : ''));
	return isCut || isLost || [trouble ?? '', ...whys].some((why) => noConnection.test(why));
}

const noConnection = /: (connection refused|connection reset|no answer, connection closed)/;

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
