import { scenarioProblem } from '../catalogue/scenario-file.ts';
import { parseDuration } from '../model/duration.ts';
import type { ExpectFile } from '../model/scenario.ts';
import { nearestName } from '../model/suggest.ts';
import { checkDefaults } from './check-defaults.ts';
import { checkNames } from './check-names.ts';
import { namesIn } from './fill-names.ts';
import { at, type FireStep, type Scenario, type ScenarioStep } from './plan.ts';

/** What has to be known of the run to say whether a scenario can be tried. */
export interface CheckedAgainst {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Whether callsim starts the receiver, and so can stop it. */
	readonly hasReceiver: boolean;
	/** Whether the run says how state is read, for probes that do not. */
	readonly canProbe: boolean;
}

/**
 * Everything that can be said of a scenario without composing: names, durations, patterns, settings
 * that reach no step. Nothing is sent before all scenarios of a run have passed.
 * @throws Problem with file, line and column
 */
export function checkScenario(scenario: Scenario, against: CheckedAgainst): void {
	checkNames(scenario, against.env);
	for (const step of scenario.steps) checkWaits(step, scenario);
	for (const step of scenario.steps) refuseStopsBeside(step, false, scenario);
	for (const step of scenario.fires) checkStep(step, scenario, against);
	refuseRepeatedIds(scenario);
	checkDefaults(scenario);
}

function checkWaits(step: ScenarioStep, scenario: Scenario): void {
	refuseDuration(step.file.after, step, 'after', scenario);
	if (step.kind !== 'fire') for (const inner of step.steps) checkWaits(inner, scenario);
}

/** A receiver that one step stops is not there for the others. */
function refuseStopsBeside(step: ScenarioStep, isBeside: boolean, scenario: Scenario): void {
	if (step.kind !== 'fire') {
		for (const inner of step.steps)
			refuseStopsBeside(inner, isBeside || step.kind === 'parallel', scenario);
		return;
	}
	if (isBeside && step.file.receiver !== undefined)
		throw scenarioProblem(
			scenario.document,
			`${step.spot.pointer}/receiver`,
			'stops the receiver beside other steps: give it a step of its own',
		);
}

function refuseDuration(
	value: unknown,
	{ spot }: ScenarioStep,
	key: string,
	{ document }: Scenario,
): void {
	if (value !== undefined)
		at(document, `${spot.pointer}/${key}`, () =>
			parseDuration(String(value), key.split('/').at(-1)),
		);
}

function checkStep(
	step: FireStep,
	scenario: Scenario,
	{ hasReceiver, canProbe }: CheckedAgainst,
): void {
	const { file, spot, probes } = step;
	const { document } = scenario;
	refuseDuration(file.expect?.within, step, 'expect/within', scenario);
	refuseDuration(file.receiver?.stoppedFor, step, 'receiver/stoppedFor', scenario);
	for (const { within } of probes) refuseDuration(within, step, 'probe', scenario);
	if (
		!canProbe &&
		probes.some(({ url, command, ifConfigured }) => (url ?? command) === undefined && !ifConfigured)
	)
		throw scenarioProblem(
			document,
			`${spot.pointer}/probe`,
			'reads nothing: it needs a url or a command',
			(say) =>
				`Write it here, for the whole scenario, behind ${say('probeUrl')}, or into callsim.yaml.`,
		);
	for (const { url } of probes) {
		const [whole, name] =
			/(?<!\$)\{(\w+)\}/.exec(url?.replace(/\{(reference|amount)\}/g, '') ?? '') ?? [];
		if (whole === undefined) continue;
		const near = nearestName(name ?? '', ['reference', 'amount']);
		const meant = near === undefined ? '' : ` (did you mean "{${near}}"?)`;
		throw scenarioProblem(
			document,
			`${spot.pointer}/probe`,
			`has "${whole}" in its url${meant}: there are {reference} and {amount}`,
		);
	}
	for (const pattern of patternsIn(file.expect)) {
		const what = patternFault(pattern);
		if (what !== undefined) throw scenarioProblem(document, `${spot.pointer}/expect`, what);
	}
	if (file.expect?.ifConfigured === true && step.event.message.browser !== true)
		throw scenarioProblem(
			document,
			`${spot.pointer}/expect/ifConfigured`,
			`is about the page to which the payer's browser comes back; ${step.event.id} is a server's message`,
		);
	if (file.receiver !== undefined && !hasReceiver)
		throw scenarioProblem(
			document,
			`${spot.pointer}/receiver`,
			'stops a receiver that callsim has not started',
			(say) => `Start it with ${say('exec')} "npm start".`,
		);
}

function patternsIn(expect: ExpectFile | undefined): string[] {
	return [expect?.body, ...Object.values(expect?.header ?? {})].flatMap((rules) =>
		typeof rules === 'object' && rules !== null && 'matches' in rules
			? [rules.matches ?? []].flat()
			: [],
	);
}

function patternFault(pattern: string): string | undefined {
	if (namesIn(pattern).length > 0) return undefined;
	try {
		new RegExp(pattern, 'su');
		return undefined;
	} catch (error) {
		return `has a pattern that is none (${(error as Error).message})`;
	}
}

function refuseRepeatedIds({ document, fires }: Scenario): void {
	const seen = new Set<string>();
	for (const { file, spot } of fires) {
		if (file.id === undefined) continue;
		if (seen.has(file.id))
			throw scenarioProblem(
				document,
				`${spot.pointer}/id`,
				`"${file.id}" is the id of another step`,
			);
		seen.add(file.id);
	}
}
