import { Problem } from '../model/problem.ts';
import { type FireStep, placed, type Scenario } from './plan.ts';
import { preparedStep } from './prepare-step.ts';
import { Counter, emptyTally, type RunOptions, type RunPorts } from './run-ports.ts';
import { begun } from './scenario-run.ts';
import { namesIn } from './template.ts';

/**
 * Composes every step once without sending it: a mistake in the last step must not show after the first went out. A step
 * that asks what an earlier one was answered can only be composed when its time has come.
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
		if (asksOthers(step)) continue;
		try {
			const { item } = await preparedStep(step, 1, run);
			targets.set(item.request.url.host, item.request.url);
		} catch (error) {
			throw error instanceof Problem ? placed(scenario.document, step.spot.pointer, error) : error;
		}
	}
	return [...targets.values()];
}

function asksOthers({ file, probes }: FireStep): boolean {
	return namesIn([file, probes]).some((name) => name.startsWith('steps.'));
}
