import { scenarioProblem } from '../catalogue/scenario-file.ts';
import { parseDuration } from '../model/duration.ts';
import { faultsOf } from '../model/faults.ts';
import type { Problem } from '../model/problem.ts';
import type { ExpectFile, ScenarioFile, StepFile } from '../model/scenario.ts';
import { nearestName } from '../model/suggest.ts';
import { defaultFaults } from './check-defaults.ts';
import { nameFaults } from './check-names.ts';
import { namesIn } from './fill-names.ts';
import {
	at,
	folderOf,
	isGroup,
	type Scenario,
	type ScenarioStep,
	type ShopStep,
	type TriedStep,
} from './plan.ts';
import { saidIn, settingsSaid } from './said-settings.ts';

/** What has to be known of the run to say whether a scenario can be tried. */
export interface CheckedAgainst {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Whether callsim starts the receiver, and so can stop it. */
	readonly hasReceiver: boolean;
	/** Whether there is a sandbox in which payments are decided. */
	readonly hasSandbox: boolean;
	/** Whether the run says how state is read, for probes that do not. */
	readonly canProbe: boolean;
}

/** Nobody mends more in one go, and to look for them all takes the time of their square. */
export const mostFaults = 100;

/**
 * What can be said of a scenario without composing, in the order of its file: names, durations,
 * patterns, settings that reach no step. Nothing is sent before all scenarios of a run have passed.
 */
export function scenarioFaults(scenario: Scenario, against: CheckedAgainst): Problem[] {
	const found: Problem[] = [];
	for (const problem of allFaults(scenario, against)) {
		found.push(problem);
		if (found.length === mostFaults) break;
	}
	return found;
}

function* allFaults(scenario: Scenario, against: CheckedAgainst): Generator<Problem, void> {
	yield* scenario.faults;
	yield* nameFaults(scenario, against.env);
	yield* settingFaults(scenario.document.value, '', scenario);
	for (const step of scenario.steps) yield* stepSettingFaults(step, scenario);
	for (const step of scenario.steps) yield* waitFaults(step, scenario);
	for (const step of scenario.steps) yield* stopFaults(step, false, scenario);
	for (const step of scenario.tried) yield* stepFaults(step, scenario, against);
	yield* repeatedIds(scenario);
	// What an unknown event has is not known.
	if (scenario.unknown.length === 0) yield* defaultFaults(scenario);
}

type Faults = Generator<Problem, void>;

/** What can be read of a setting by itself, that of steps with an unknown event included. */
function* settingFaults(
	file: StepFile | ScenarioFile,
	pointer: string,
	{ document }: Pick<Scenario, 'document'>,
): Faults {
	const folder = folderOf({ document });
	for (const [key, value] of Object.entries(saidIn(file)))
		if (namesIn(value).length === 0)
			yield* faultsOf(() =>
				at(document, `${pointer}/${key}`, () => settingsSaid({ [key]: value }, folder)),
			);
}

function* stepSettingFaults(step: ScenarioStep, scenario: Scenario): Faults {
	if (step.file.fire !== undefined) yield* settingFaults(step.file, step.spot.pointer, scenario);
	else if (isGroup(step)) for (const inner of step.steps) yield* stepSettingFaults(inner, scenario);
}

function* waitFaults(step: ScenarioStep, scenario: Scenario): Faults {
	yield* durationFaults(step.file.after, step, 'after', scenario);
	if (isGroup(step)) for (const inner of step.steps) yield* waitFaults(inner, scenario);
}

/** A receiver that one step stops is not there for the others. */
function* stopFaults(step: ScenarioStep, isBeside: boolean, scenario: Scenario): Faults {
	if (isGroup(step)) {
		for (const inner of step.steps)
			yield* stopFaults(inner, isBeside || step.kind === 'parallel', scenario);
		return;
	}
	if (isBeside && step.file.receiver !== undefined)
		yield scenarioProblem(
			scenario.document,
			`${step.spot.pointer}/receiver`,
			'stops the receiver beside other steps: give it a step of its own',
		);
}

function* durationFaults(
	value: unknown,
	{ spot }: ScenarioStep,
	key: string,
	{ document }: Scenario,
): Faults {
	if (value !== undefined)
		yield* faultsOf(() =>
			at(document, `${spot.pointer}/${key}`, () =>
				parseDuration(String(value), key.split('/').at(-1)),
			),
		);
}

function* stepFaults(
	step: TriedStep,
	scenario: Scenario,
	{ hasReceiver, canProbe, hasSandbox }: CheckedAgainst,
): Faults {
	const { file, spot, probes } = step;
	const { document } = scenario;
	yield* durationFaults(file.expect?.within, step, 'expect/within', scenario);
	yield* durationFaults(file.receiver?.stoppedFor, step, 'receiver/stoppedFor', scenario);
	for (const { within } of probes) yield* durationFaults(within, step, 'probe', scenario);
	if (
		!canProbe &&
		probes.some(({ url, command, ifConfigured }) => (url ?? command) === undefined && !ifConfigured)
	)
		yield scenarioProblem(
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
		yield scenarioProblem(
			document,
			`${spot.pointer}/probe`,
			`has "${whole}" in its url${meant}: there are {reference} and {amount}`,
		);
	}
	for (const pattern of patternsIn(file.expect)) {
		const what = patternFault(pattern);
		if (what !== undefined) yield scenarioProblem(document, `${spot.pointer}/expect`, what);
	}
	if (step.kind !== 'fire') {
		yield* shopFaults(step, hasSandbox, scenario);
		return;
	}
	if (file.expect?.ifConfigured === true && step.event.message.browser !== true)
		yield scenarioProblem(
			document,
			`${spot.pointer}/expect/ifConfigured`,
			`is about the page to which the payer's browser comes back; ${step.event.id} is a server's message`,
		);
	if (file.receiver !== undefined && !hasReceiver)
		yield scenarioProblem(
			document,
			`${spot.pointer}/receiver`,
			'stops a receiver that callsim has not started',
			(say) => `Start it with ${say('exec')} "npm start".`,
		);
}

function* shopFaults(
	{ kind, file: { call, expect }, spot: { pointer } }: ShopStep,
	hasSandbox: boolean,
	{ document }: Scenario,
): Faults {
	if (kind === 'pay' && !hasSandbox)
		yield scenarioProblem(
			document,
			`${pointer}/pay`,
			'decides a payment of the sandbox, and none is open',
			(say) => `Open it with ${say('sandbox')}.`,
		);
	if (call?.body !== undefined && call.form !== undefined)
		yield scenarioProblem(document, `${pointer}/call`, 'has a body and a form: keep one of them');
	const idle = (['attempts', 'ifConfigured'] as const).find((key) => expect?.[key] !== undefined);
	if (kind === 'call' && idle !== undefined)
		yield scenarioProblem(
			document,
			`${pointer}/expect/${idle}`,
			'says nothing of a call: it is asked once',
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

function* repeatedIds({ document, tried }: Scenario): Faults {
	const seen = new Set<string>();
	for (const { file, spot } of tried) {
		if (file.id === undefined) continue;
		if (seen.has(file.id))
			yield scenarioProblem(
				document,
				`${spot.pointer}/id`,
				`"${file.id}" is the id of another step`,
			);
		seen.add(file.id);
	}
}
