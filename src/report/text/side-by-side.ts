import type { RunEvent } from '../../model/run-event.ts';

type Reporter = (event: RunEvent) => string[];

/** Scenarios that run side by side are told one after the other, each when it has ended. */
export function byScenario(report: Reporter): Reporter {
	const waiting = new Map<string, string[]>();
	return (event) => {
		const lines = report(event);
		if (!('scenario' in event) || event.scenario === undefined) return lines;
		const all = [...(waiting.get(event.scenario) ?? []), ...lines];
		if (event.type === 'scenario-finished') {
			waiting.delete(event.scenario);
			return all;
		}
		waiting.set(event.scenario, all);
		return [];
	};
}
