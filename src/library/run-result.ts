import type { RunEvent, RunResult, ScenarioResult, StepEvent } from './types.ts';

/** What a run came to, from its events. */
export function runResult(told: readonly RunEvent[], seed: number): RunResult {
	const steps = told.filter((event) => event.type === 'step');
	const summary = told.find((event) => event.type === 'summary');
	const scenarios = told.flatMap((event): ScenarioResult[] =>
		event.type === 'scenario' ? [scenarioResult(event, told, steps)] : [],
	);
	return {
		run: summary?.run ?? '',
		passed: summary?.exitCode === 0,
		scenarios,
		failures: steps.filter(({ passed }) => !passed),
		deliveries: summary?.deliveries ?? 0,
		acknowledged: summary?.acknowledged ?? 0,
		exitCode: summary?.exitCode ?? 70,
		seed,
	};
}

function scenarioResult(
	{ scenario, title, file }: Extract<RunEvent, { type: 'scenario' }>,
	told: readonly RunEvent[],
	steps: readonly StepEvent[],
): ScenarioResult {
	const end = told.find(
		(event) => event.type === 'scenario-finished' && event.scenario === scenario,
	);
	const finished = end?.type === 'scenario-finished' ? end : undefined;
	return {
		scenario,
		title,
		file,
		passed: finished?.passed === true,
		steps: steps.filter((step) => step.scenario === scenario),
		skipped: finished?.skipped ?? 0,
		tookMs: finished?.tookMs ?? 0,
	};
}
