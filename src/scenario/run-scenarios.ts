import { merged } from '../delivery/merged.ts';
import { exitCodeOf, type RunEnd } from '../model/exit-code.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Scenario } from './plan.ts';
import {
	type RunPorts,
	type RunShared,
	type RunTally,
	type ScenarioRunOptions,
	sharedBy,
} from './run-ports.ts';
import { runScenario, skippedStep, timesOf } from './run-scenario.ts';

/**
 * Scenarios with expectations, `jobs` of them at a time; those that stop the receiver run alone,
 * behind the others. Ends with the summary. Nothing is kept of what has been yielded: memory does
 * not grow with the number of steps.
 */
export async function* runScenarios(
	scenarios: readonly Scenario[],
	ports: RunPorts,
	options: ScenarioRunOptions,
): AsyncGenerator<RunEvent> {
	const shared = sharedBy(ports, options);
	const stopping = scenarios.filter(stopsReceiver);
	const others = scenarios.filter((scenario) => !stopping.includes(scenario));
	const [together, alone] = options.jobs === 1 ? [[], scenarios] : [others, stopping];
	yield* merged(
		together.map((scenario) => unlessOver(scenario, shared)),
		options.jobs,
	);
	for (const scenario of alone) yield* unlessOver(scenario, shared);
	yield summary(scenarios.length, shared);
}

const stopsReceiver = ({ fires }: Scenario): boolean =>
	fires.some(({ file }) => file.receiver !== undefined);

async function* unlessOver(scenario: Scenario, shared: RunShared): AsyncGenerator<RunEvent> {
	const { tally, options } = shared;
	if (!tally.stopped && options.signal?.aborted !== true)
		return yield* runScenario(scenario, shared);
	tally.steps.skipped += timesOf(scenario.steps);
	for (const step of scenario.tried) yield skippedStep(step, scenario, shared);
}

function summary(planned: number, { options, tally }: RunShared): RunEvent {
	const { deliveries, acknowledged, scenarios, steps } = tally;
	const skipped = planned - scenarios.passed - scenarios.failed;
	return {
		type: 'summary',
		run: options.run,
		deliveries,
		acknowledged,
		skipped: 0,
		scenarios: { ...scenarios, skipped },
		steps: { ...steps },
		exitCode: exitCodeOf(endOf(tally, options.signal)),
	};
}

/** Nobody there is 3, unless steps that stopped the receiver expected it. */
function endOf(
	{ refused, reached, deliveries, calls, scenarios, steps }: RunTally,
	signal: AbortSignal | undefined,
): RunEnd {
	const isFailed = scenarios.failed > 0 || steps.skipped > 0;
	return {
		signal,
		isRefused: refused,
		isUnreached: isFailed && deliveries + calls > 0 && !reached,
		isFailed,
	};
}
