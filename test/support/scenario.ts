import { Readable } from 'node:stream';
import { readScenario } from '../../src/catalogue/read-scenario.ts';
import type { TypedFlags } from '../../src/cli/options/flag.ts';
import { fireLine } from '../../src/cli/options/print.ts';
import { readSettings } from '../../src/cli/options/settings-flags.ts';
import { flagWords } from '../../src/cli/options/words.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import type { LookUp } from '../../src/delivery/guarded-lookup.ts';
import { networkPorts } from '../../src/engine/ports.ts';
import type { Clock } from '../../src/model/clock.ts';
import { asOne } from '../../src/model/faults.ts';
import type { RunEvent } from '../../src/model/run-event.ts';
import { scenarioFaults } from '../../src/scenario/check-scenario.ts';
import { planned, type RunSettings, type Scenario } from '../../src/scenario/plan.ts';
import { rehearseAll } from '../../src/scenario/rehearse.ts';
import type { ReceiverControl } from '../../src/scenario/run-ports.ts';
import { runScenarios } from '../../src/scenario/run-scenarios.ts';
import type { EngineContext } from '../../src/settings/engine-context.ts';
import { catalogue } from './catalogue.ts';
import { virtualClock } from './virtual-clock.ts';

export interface TryOptions {
	readonly to?: string;
	/** As they are typed. */
	readonly flags?: TypedFlags;
	readonly env?: Record<string, string>;
	readonly clock?: Clock;
	readonly seed?: string;
	readonly jobs?: number;
	readonly bail?: boolean;
	readonly defaults?: TypedFlags;
	readonly probe?: RunSettings['probe'];
	readonly receiver?: ReceiverControl;
	readonly signal?: AbortSignal;
	/** Names to addresses, before anything is sent. */
	readonly lookUp?: LookUp;
}

export type StepEvent = Extract<RunEvent, { type: 'step' }>;
export type SummaryEvent = Extract<RunEvent, { type: 'summary' }>;

export interface Tried {
	readonly events: readonly RunEvent[];
	readonly steps: readonly StepEvent[];
	readonly summary: SummaryEvent | undefined;
	/** Whether every step passed. */
	readonly passed: boolean;
	/** `status: status 200 ≠ status 500` of every failure. */
	readonly failures: readonly string[];
}

const settingsOf = ({ to, flags, probe, defaults = {} }: TryOptions): RunSettings => ({
	settings: readSettings({ ...(to === undefined ? {} : { to }), ...flags }),
	defaultsFor: () => readSettings(defaults),
	inPlay: catalogue.providers,
	...(probe === undefined ? {} : { probe }),
});

/** The text as a scenario of this catalogue, checked as `run` checks it. */
export function scenarioOf(text: string, options: TryOptions = {}, file = 'test.yaml'): Scenario {
	const document = readScenario(file, text);
	const scenario = planned(document.value.name, document, catalogue);
	const against = {
		env: options.env ?? {},
		hasReceiver: options.receiver !== undefined,
		hasSandbox: false,
		canProbe: options.probe !== undefined,
	};
	const faults = [...scenarioFaults(scenario, against)];
	if (faults.length > 0) throw asOne(faults);
	return scenario;
}

/** Runs scenarios over real sockets, on a clock that does not wait. */
export async function tried(
	texts: string | readonly string[],
	options: TryOptions = {},
): Promise<Tried> {
	const clock = options.clock ?? virtualClock();
	const context: EngineContext = {
		env: options.env ?? {},
		cwd: '/',
		stdin: Readable.from([]),
		clock,
		random: seededRandom('scenarios'),
		interruption: () => options.signal ?? new AbortController().signal,
		version: 'test',
		cataloguePath: '',
		note: () => undefined,
		learn: () => undefined,
		mask: (text) => text,
	};
	const network = networkPorts(context);
	const { receiver, signal } = options;
	const ports = {
		context,
		clock,
		attemptWith: network.attemptWith,
		shopWith: network.shopWith,
		print: fireLine,
		say: flagWords,
		...(receiver === undefined ? {} : { receiver }),
	};
	const runOptions = {
		run: 'test-run',
		seed: options.seed ?? '1',
		now: Date.parse('2026-11-20T02:00:00Z'),
		settings: settingsOf(options),
		bail: options.bail === true,
		jobs: options.jobs ?? 1,
		...(signal === undefined ? {} : { signal }),
	};
	const scenarios = [texts]
		.flat()
		.map((text, at) => scenarioOf(text, options, `test-${at + 1}.yaml`));
	await rehearseAll(scenarios, ports, runOptions, [], options.lookUp);
	const events: RunEvent[] = [];
	for await (const event of runScenarios(scenarios, ports, runOptions)) events.push(event);
	const steps = events.filter((event): event is StepEvent => event.type === 'step');
	return {
		events,
		steps,
		summary: events.find((event): event is SummaryEvent => event.type === 'summary'),
		passed: steps.length > 0 && steps.every(({ passed }) => passed),
		failures: steps.flatMap(({ failures }) =>
			failures.map(({ kind, expected, got }) => `${kind}: ${expected} ≠ ${got}`),
		),
	};
}
