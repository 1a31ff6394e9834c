import { scenarioProblem } from '../catalogue/scenario-file.ts';
import { assignmentsOf } from '../compose/assignment.ts';
import { carriesField, carriesRole, hasChoice, hasOption } from '../compose/carries.ts';
import { choose } from '../compose/options.ts';
import { pathsIn } from '../compose/path.ts';
import type { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { didYouMean } from '../model/suggest.ts';
import { namesIn } from './fill-names.ts';
import { at, type Scenario } from './plan.ts';

/**
 * A setting of the whole scenario that reaches none of its steps is a mistake, not a default.
 */
export function* defaultFaults({ document, fires }: Scenario): Generator<Problem, void> {
	const { set, ref, amount, variant, encoding, auth } = document.value;
	const events = fires.map(({ event }) => event);
	const stray = (pointer: string, what: string): Problem =>
		scenarioProblem(document, pointer, `reaches no step: ${what}`);
	for (const { path } of at(document, '/set', () => assignmentsOf(set, 'set')) ?? [])
		if (namesIn(path).length === 0 && !events.some((event) => carriesField(event, path)))
			yield stray(`/set/${path}`, `none of its events has a field "${path}"${meant(path, events)}`);
	if (ref !== undefined && !events.some((event) => carriesRole(event, 'reference')))
		yield stray('/ref', 'none of its events carries a reference');
	if (amount !== undefined && !events.some((event) => carriesRole(event, 'amount')))
		yield stray('/amount', 'none of its events carries an amount');
	for (const option of [variant ?? []].flat())
		if (!events.some((event) => hasOption(event, option)))
			yield stray('/variant', `none has the option "${option}"`);
	for (const [choice, option] of Object.entries({ encoding, auth }))
		if (option !== undefined && !events.some((event) => hasChoice(event, choice, option)))
			yield stray(`/${choice}`, `none has the ${choice} "${option}"`);
}

function meant(path: string, events: readonly CallbackEvent[]): string {
	const known = [...new Set(events.flatMap((event) => pathsIn(choose(event).values)))];
	const hint = didYouMean(path, known);
	return hint === undefined ? '' : ` (${hint.charAt(0).toLowerCase()}${hint.slice(1)})`;
}
