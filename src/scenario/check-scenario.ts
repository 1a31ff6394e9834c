import { scenarioProblem } from '../catalogue/scenario-file.ts';
import { carriesField, carriesRole, hasChoice, hasOption } from '../compose/carries.ts';
import { pathOf } from '../engine/defaults.ts';
import { parseDuration } from '../model/duration.ts';
import type { ExpectFile } from '../model/scenario.ts';
import { type Namespace, nameFault } from './names.ts';
import { at, type FireStep, type Scenario } from './plan.ts';
import { flagsOf } from './step-flags.ts';
import { namesIn } from './template.ts';

/** What has to be known of the run to say whether a scenario can be tried. */
export interface CheckedAgainst {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Whether callsim starts the receiver, and so can stop it. */
	readonly hasReceiver: boolean;
	/** Whether the run says how state is read, for probes that do not. */
	readonly canProbe: boolean;
}

/**
 * Everything that can be said of a scenario without sending anything: names, durations, patterns, settings that reach no
 * step. Nothing is sent before all scenarios of a run have passed.
 *
 * @throws Problem with file, line and column
 */
export function checkScenario(scenario: Scenario, against: CheckedAgainst): void {
	const { document, fires } = scenario;
	const { steps: _, vars = {}, ...whole } = document.value;
	const names = Object.keys(vars as object);
	const fault = (pointer: string, what: string) => scenarioProblem(document, pointer, what);
	const refuse = (value: unknown, pointer: string, namespace: Namespace) => {
		for (const name of namesIn(value)) {
			const what = nameFault(name, namespace);
			if (what !== undefined) throw fault(pointer, what);
		}
	};
	for (const [index, name] of names.entries())
		refuse((vars as Record<string, unknown>)[name], `/vars/${name}`, {
			vars: names.slice(0, index),
			steps: [],
			env: against.env,
		});
	const usual = { vars: names, steps: [], env: against.env };
	for (const [key, value] of Object.entries(whole)) if (key !== 'name') refuse(value, `/${key}`, usual);
	const known: string[] = [];
	for (const step of fires) {
		const namespace = { vars: names, steps: known, env: against.env };
		for (const [key, value] of Object.entries(step.file))
			if (key !== 'name') refuse(value, `${step.spot.pointer}/${key}`, namespace);
		checkStep(step, scenario, against);
		known.push(String(step.number), ...(step.file.id === undefined ? [] : [step.file.id]));
	}
	refuseRepeatedIds(scenario);
	refuseIdle(scenario);
}

function checkStep(
	{ file, spot, probes }: FireStep,
	{ document }: Scenario,
	{ hasReceiver, canProbe }: CheckedAgainst,
): void {
	const { after, expect, receiver } = file;
	const duration = (value: unknown, key: string) => {
		if (value !== undefined) at(document, `${spot.pointer}/${key}`, () => parseDuration(String(value), key));
	};
	duration(after, 'after');
	duration(expect?.within, 'expect/within');
	duration(receiver?.stoppedFor, 'receiver/stoppedFor');
	for (const probe of probes) duration(probe.within, 'probe');
	if (
		!canProbe &&
		probes.some(({ url, command, ifConfigured }) => (url ?? command) === undefined && ifConfigured !== true)
	)
		throw scenarioProblem(
			document,
			`${spot.pointer}/probe`,
			'reads nothing: it needs a url or a command',
			'Write it here, for the whole scenario, behind --probe-url, or into callsim.yaml.',
		);
	for (const pattern of patternsIn(expect)) {
		const what = patternFault(pattern);
		if (what !== undefined) throw scenarioProblem(document, `${spot.pointer}/expect`, what);
	}
	if (receiver !== undefined && !hasReceiver)
		throw scenarioProblem(
			document,
			`${spot.pointer}/receiver`,
			'stops a receiver that callsim has not started',
			'Start it with --exec "npm start".',
		);
}

function patternsIn(expect: ExpectFile | undefined): string[] {
	return [expect?.body, ...Object.values(expect?.header ?? {})].flatMap((rules) =>
		typeof rules === 'object' && rules !== null && 'matches' in rules ? [rules.matches ?? []].flat() : [],
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
			throw scenarioProblem(document, `${spot.pointer}/id`, `"${file.id}" is the id of another step`);
		seen.add(file.id);
	}
}

/** A setting of the whole scenario that reaches none of its steps is a mistake, not a default. */
function refuseIdle({ document, fires }: Scenario): void {
	const { set, ref, amount, variant, encoding, auth } = document.value;
	const events = fires.map(({ event }) => event);
	const idle = (pointer: string, what: string) => scenarioProblem(document, pointer, `reaches no step: ${what}`);
	for (const text of flagsOf(set === undefined ? {} : { set }, '').set ?? []) {
		const path = pathOf(text);
		if (namesIn(path).length === 0 && !events.some((event) => carriesField(event, path)))
			throw idle(`/set/${path}`, `none of its events has a field "${path}"`);
	}
	if (ref !== undefined && !events.some((event) => carriesRole(event, 'reference')))
		throw idle('/ref', 'none of its events carries a reference');
	if (amount !== undefined && !events.some((event) => carriesRole(event, 'amount')))
		throw idle('/amount', 'none of its events carries an amount');
	for (const option of [variant ?? []].flat())
		if (!events.some((event) => hasOption(event, option))) throw idle('/variant', `none has the option "${option}"`);
	for (const [choice, option] of Object.entries({ encoding, auth }))
		if (option !== undefined && !events.some((event) => hasChoice(event, choice, option)))
			throw idle(`/${choice}`, `none has the ${choice} "${option}"`);
}
