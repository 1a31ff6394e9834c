import type { CaseRun } from './case.ts';
import type { CheckContext } from './check-context.ts';
import type { FirstContact } from './first-contact.ts';
import { lookOnceMore } from './last-look.ts';
import { pooled } from './pooled.ts';
import { isHit, type Task, type Trial, type TrialWatch, trialOf } from './trial.ts';

/** How many cases are tried at the same time: enough to be quick, too few to be a load test. */
export const jobs = 6;

interface TriedCases {
	readonly runs: readonly CaseRun[];
	/** After which the receiver was gone for good, so that nothing more could be tried. */
	readonly down: string | undefined;
	/** A sentence, where it went down under several cases at once, and under none of them alone. */
	readonly unexplained: string | undefined;
	/** It went down and came back: what it kept in memory is lost. */
	readonly hasRestarted: boolean;
}

/**
 * First what goes side by side, then what needs the receiver for itself, with a health check after
 * what is dangerous. A receiver that goes down is brought back where that can be.
 */
export async function tryCases(
	tasks: readonly Task[],
	contact: FirstContact,
	context: CheckContext,
	watch: TrialWatch,
): Promise<TriedCases> {
	const trial = trialOf(tasks.length, contact, context, watch);
	const isAlone = ({ rule, case: given }: Task) => rule.alone === true || given.dangerous === true;
	const { runs, unexplained } = await trySideBySide(
		tasks.filter((task) => !isAlone(task)),
		trial,
		context,
	);
	for (const task of tasks.filter(isAlone)) runs.push(...(await trial.tryAlone(task)));
	return { runs, unexplained, down: trial.down(), hasRestarted: trial.hasRestarted() };
}

/**
 * What was under way when the receiver went down, or when a connection broke, is tried once more,
 * one after the other: so it is told of the case whose doing it was, and of no other.
 */
async function trySideBySide(tasks: readonly Task[], trial: Trial, context: CheckContext) {
	const runs: CaseRun[] = [];
	let unexplained: string | undefined;
	for (let waiting = tasks; waiting.length > 0; ) {
		const hit: Task[] = [];
		const left: Task[] = [];
		await pooled(jobs, waiting, async (task) => {
			const run = hit.length > 0 ? undefined : await trial.tryOne(task);
			// A receiver that does not outlive what comes now has been seen before.
			const looked = run === undefined ? undefined : await lookOnceMore(run, context);
			if (looked === undefined) left.push(task);
			else if (isHit(looked)) hit.push(task);
			else runs.push(looked);
		});
		if (hit.length === 0) break;
		const names = hit.map(({ rule, case: given }) => `${rule.id} (${given.about})`).join(', ');
		const wasDown = await trial.findDown(names);
		const again: CaseRun[] = [];
		for (const task of hit) again.push(...(await trial.tryAlone(task, ':alone')));
		const isBack = wasDown && trial.down() === undefined;
		if (isBack && !again.some(({ failure }) => failure?.isGone === true))
			unexplained ??= `the receiver went down while these were tried side by side, and under none of them alone: ${names}`;
		runs.push(...again);
		waiting = trial.down() === undefined ? left : [];
	}
	return { runs, unexplained };
}
