import type { RunEvent } from '../model/run-event.ts';
import type { Scenario } from '../scenario/plan.ts';

/**
 * The progress line of a run, by what has happened: scenarios where there are several, and the
 * steps of the one that is under way, with what was sent last. Empty where all is done.
 */
export function runProgress(
	scenarios: readonly Pick<Scenario, 'id' | 'tried'>[],
	sideBySide: boolean,
): (event: RunEvent) => string {
	let ended = 0;
	let steps = 0;
	let sent = '';
	// A step that is repeated is one.
	const done = new Set<number>();
	return (event) => {
		if (event.type === 'scenario') {
			steps = scenarios.find(({ id }) => id === event.scenario)?.tried.length ?? 0;
			done.clear();
			sent = '';
		}
		if (event.type === 'started') sent = event.event;
		if (event.type === 'step' || event.type === 'step-skipped') done.add(event.step);
		if (event.type === 'scenario-finished') {
			ended++;
			steps = 0;
		}
		if (ended === scenarios.length) return '';
		const parts = [
			scenarios.length > 1 ? `${ended}/${scenarios.length} scenarios` : '',
			steps > 0 && !sideBySide ? `${done.size}/${steps} steps` : '',
			steps > 0 && !sideBySide ? sent : '',
		];
		return parts.filter((part) => part !== '').join(' · ');
	};
}
