import { Problem } from '../model/problem.ts';
import { NothingThere } from './names.ts';
import { placed, type Scenario } from './plan.ts';
import { preparedStep } from './prepare-step.ts';
import { Counter, emptyTally, type RunOptions, type RunPorts } from './run-ports.ts';
import { begun, namesOf, remember } from './scenario-run.ts';
import type { Resolve } from './template.ts';

/**
 * Composes every step once without sending it: a mistake in the last step must not show after the first went out. Of a step
 * that asks what an earlier one was answered only the shape is certain; its values are known when its time has come.
 *
 * @returns where the steps go, each host once
 * @throws Problem with the step's place
 */
export async function rehearse(scenario: Scenario, ports: RunPorts, options: RunOptions): Promise<URL[]> {
	const { composed: _, ...quiet } = ports;
	const shared = { ports: quiet, options, deliveries: new Counter(), seq: new Counter(), tally: emptyTally() };
	const run = begun(scenario, shared);
	const targets = new Map<string, URL>();
	for (const step of scenario.fires) {
		const guess = guessing(namesOf(run));
		try {
			const { item } = await preparedStep(step, 1, run, guess.resolve);
			targets.set(item.request.url.host, item.request.url);
			remember(run, step, { request: item.values });
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			if (guess.hasGuessed() && !isOfTheShape(error)) continue;
			throw placed(scenario.document, step.spot.pointer, error);
		}
	}
	return [...targets.values()];
}

/** What a receiver will answer is not known yet; something has to stand in its place. */
function guessing(resolve: Resolve) {
	let hasGuessed = false;
	return {
		hasGuessed: () => hasGuessed,
		resolve: (name: string) => {
			try {
				return resolve(name);
			} catch (error) {
				if (!(error instanceof NothingThere)) throw error;
				hasGuessed = true;
				return '1';
			}
		},
	};
}

/** Mistakes that no value could mend. */
function isOfTheShape({ code }: Problem): boolean {
	return [
		'path-unknown',
		'path-exists',
		'option-unknown',
		'option-conflict',
		'nothing-sealed',
		'target-missing',
	].includes(code);
}
