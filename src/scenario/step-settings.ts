import { seedFor } from '../compose/seeded-random.ts';
import { usualTarget } from '../delivery/target.ts';
import { paceOf } from '../model/number-settings.ts';
import { Problem } from '../model/problem.ts';
import type { ScenarioFile, StepFile } from '../model/scenario.ts';
import type { Settings } from '../model/settings.ts';
import type { ValueObject } from '../model/value.ts';
import { applicable } from '../settings/defaults.ts';
import { deliveryInForce } from '../settings/delivery-in-force.ts';
import { layered } from '../settings/layered.ts';
import { filled, filledUrl, type ResolveName } from './fill-names.ts';
import { maskedHeaders } from './masked-headers.ts';
import { type FireStep, folderOf, type RunSettings, type Scenario } from './plan.ts';
import { type Said, saidIn, settingsSaid } from './said-settings.ts';

/** What is said of a step, and where it goes. */
export interface StepSettings {
	readonly settings: Settings;
	readonly to: URL;
}

export interface Freshness {
	/** Of the run. */
	readonly seed: string;
	/** Epoch milliseconds. */
	readonly now: number;
	readonly iteration: number;
}

/**
 * What is in force for a step, later over earlier: project file, scenario, command line, the step
 * itself. Fresh ids come from the scenario, so that its steps are about one order; a step that asks
 * for itself gets its own.
 * @throws Problem `target-missing`; NothingThere
 */
export function settingsOf(
	step: FireStep,
	scenario: Scenario,
	run: RunSettings,
	resolve: ResolveName,
	fresh: Freshness,
): StepSettings {
	const { event, file } = step;
	const folder = folderOf(scenario);
	const vars = (scenario.document.value.vars ?? {}) as ValueObject;
	const of = (given: StepFile | ScenarioFile) => {
		const said = saidIn(given);
		const settings = settingsSaid(resolved(said, resolve), folder, said);
		const { headers } = settings;
		return headers === undefined
			? settings
			: { ...settings, headers: maskedHeaders(headers, said.header, vars) };
	};
	const usual = layered(
		run.defaultsFor(event),
		applicable(of(scenario.document.value), event),
		event,
	);
	const settings = layered(layered(usual, run.settings, event), of(file), event);
	const { to } = settings;
	if (to === undefined)
		throw new Problem('target-missing', `no target for ${event.id}`, {
			hint: (say) =>
				`Add ${say('to')} with your receiver's URL, or name it in callsim.yaml: targets: { ${event.provider.id}: ${usualTarget} }`,
		});
	if (settings.fresh !== true) return { to, settings };
	return { to, settings: { ...settings, ...freshness(step, scenario, fresh) } };
}

function resolved(said: Said, resolve: ResolveName): Said {
	const { to, returnTo, ...rest } = said;
	return {
		...filled(rest, resolve),
		...(to === undefined ? {} : { to: filledUrl(to, resolve) }),
		...(returnTo === undefined ? {} : { returnTo: filledUrl(returnTo, resolve) }),
	};
}

function freshness(
	{ file, number }: FireStep,
	{ id }: Scenario,
	{ seed, now, iteration }: Freshness,
): Settings {
	const about = file.fresh === true ? `${id}:${number}:${iteration}` : id;
	return { seed: String(seedFor(seed, about)), now };
}

/** How fast provider time passes between the steps of a scenario. */
export function speedOf(scenario: Scenario, { settings, defaultsFor }: RunSettings): number {
	const [first] = scenario.fires;
	const { speed, realTime } = scenario.document.value;
	const own = paceOf(speed === undefined ? undefined : String(speed), realTime);
	const usual = first === undefined ? undefined : defaultsFor(first.event).speed;
	return deliveryInForce({ speed: settings.speed ?? own ?? usual }).speed;
}
