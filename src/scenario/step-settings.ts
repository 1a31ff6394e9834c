import { seedFor } from '../compose/seeded-random.ts';
import { applicable } from '../engine/defaults.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { layered } from '../engine/layered.ts';
import { readDelivery } from '../engine/read-flags.ts';
import { Problem } from '../model/problem.ts';
import type { ValueObject } from '../model/value.ts';
import { maskedHeaders } from './masked-headers.ts';
import { type FireStep, folderOf, type RunSettings, type Scenario } from './plan.ts';
import { flagsOf, type Said } from './step-flags.ts';
import { filled, filledUrl, type Resolve } from './template.ts';

/** A step's settings as flags, and where it goes. */
export interface StepSettings {
	readonly flags: DeliveryFlags;
	readonly to: string;
}

export interface Freshness {
	/** Of the run. */
	readonly seed: string;
	/** Epoch milliseconds. */
	readonly now: number;
	readonly iteration: number;
}

/**
 * What is in force for a step, later over earlier: project file, scenario, command line, the step itself. Fresh ids come
 * from the scenario, so that its steps are about one order; a step that asks for itself gets its own.
 *
 * @throws Problem `target-missing`; NothingThere
 */
export function settingsOf(
	step: FireStep,
	scenario: Scenario,
	settings: RunSettings,
	resolve: Resolve,
	fresh: Freshness,
): StepSettings {
	const { event, file } = step;
	const folder = folderOf(scenario);
	const vars = (scenario.document.value.vars ?? {}) as ValueObject;
	const of = (said: Said) => {
		const maskedHeader = maskedHeaders(said.header, vars);
		const flags = flagsOf(resolved(said, resolve), folder, said);
		return maskedHeader.length === 0 ? flags : { ...flags, maskedHeader };
	};
	const { flags: given } = settings;
	const usual = layered(settings.defaultsFor(event), applicable(of(scenario.document.value), event), event);
	const flags = layered(layered(usual, given, event), of(file), event);
	if (flags.to === undefined)
		throw new Problem('target-missing', `no target for ${event.id}`, {
			hint: `Add --to with your receiver's URL, or name it in callsim.yaml: targets: { ${event.provider.id}: http://localhost:3000/callback }`,
		});
	return { to: flags.to, flags: flags.fresh === true ? { ...flags, ...freshFlags(step, scenario, fresh) } : flags };
}

function resolved(said: Said, resolve: Resolve): Said {
	const { to, returnTo, ...rest } = said;
	return {
		...filled(shapingOf(rest), resolve),
		...(to === undefined ? {} : { to: filledUrl(to, resolve) }),
		...(returnTo === undefined ? {} : { returnTo: filledUrl(returnTo, resolve) }),
	};
}

/** What says something about the step, not about its callback: that is filled in elsewhere. */
const aboutTheStep = new Set(['name', 'steps', 'shuffle', 'vars', 'probe', 'setup', 'expect', 'receiver']);

function shapingOf(said: Said): Said {
	return Object.fromEntries(Object.entries(said).filter(([key]) => !aboutTheStep.has(key))) as Said;
}

function freshFlags({ file, number }: FireStep, { id }: Scenario, { seed, now, iteration }: Freshness) {
	const about = file.fresh === true ? `${id}:${number}:${iteration}` : id;
	return { seed: String(seedFor(seed, about)), now: new Date(now).toISOString() };
}

/** How fast provider time passes between the steps of a scenario. */
export function speedOf(scenario: Scenario, { flags, defaultsFor }: RunSettings): number {
	const [first] = scenario.fires;
	const { speed, realTime } = scenario.document.value;
	const own = flagsOf(
		{ ...(speed === undefined ? {} : { speed }), ...(realTime === undefined ? {} : { realTime }) },
		'',
	);
	if (first === undefined) return readDelivery(flags).speed;
	const { event } = first;
	return readDelivery(layered(layered(defaultsFor(event), own, event), flags, event)).speed;
}
