import { parseTarget } from '../delivery/target.ts';
import type { Clock } from '../model/clock.ts';
import { millis, parseDuration } from '../model/duration.ts';
import type { StepFailure } from '../model/run-event.ts';
import type { ProbeFile } from '../model/scenario.ts';
import type { HeaderSetting } from '../model/settings.ts';
import type { ValueObject } from '../model/value.ts';
import type { OrderAccess } from '../order/access.ts';
import type { OrderNames } from '../order/order.ts';
import type { OrderPort } from '../order/port.ts';
import type { State } from '../order/state.ts';
import { accessSaid } from './access-said.ts';
import { filled, filledCommand, filledUrl, type ResolveName } from './fill-names.ts';
import { probeFailures } from './probe-rules.ts';
import type { StepTarget } from './step-target.ts';

/** A probe with its names filled in. */
export interface FilledProbe {
	readonly rules: ProbeFile;
	/** The page that is asked; undefined for a command or a function. */
	readonly page: StepTarget | undefined;
	/** For that page. */
	readonly headers: readonly HeaderSetting[];
	read(): Promise<State>;
}

/** Receivers may finish behind their answer; without `within` they are given so long. */
const usualPatience = 1_000;
/** Between two looks at a change to come: short at first, for receivers that finish at once. */
const pauses = [5, 10, 20, 40, 80];
/** What holds at once is looked at again: a receiver that works behind its answer may undo it. */
const secondLook = 50;

/**
 * @param order what `{reference}` and `{amount}` stand for
 * @param vars of the scenario, as they are written
 * @param usual where the probe itself does not say how state is read
 * @returns undefined where nobody says it
 */
export function filledProbe(
	file: ProbeFile,
	resolve: ResolveName,
	shop: OrderPort,
	order: OrderNames,
	vars: ValueObject,
	usual?: OrderAccess,
): FilledProbe | undefined {
	const { url: _, header: __, command: ___, ...rest } = file;
	const access = accessSaid(file, 'probeHeader', resolve, vars) ?? usual;
	if (access === undefined) return undefined;
	const rules = filled(rest, resolve);
	const aimed = aimedAccess(access, resolve, order);
	// A text that names its order is compared as it is; only a program's own function needs to know
	// the order.
	const asked = aimed.kind === 'function' ? order : { reference: '', amount: '' };
	const page =
		access.kind === 'url' && aimed.kind === 'url'
			? { url: parseTarget(aimed.url, 'the probe’s URL'), written: [access.url] }
			: undefined;
	const headers = aimed.kind === 'url' ? (aimed.headers ?? []) : [];
	return { rules, page, headers, read: () => shop.read(aimed, asked) };
}

/** @throws Problem `scenario-invalid` */
function aimedAccess(access: OrderAccess, resolve: ResolveName, order: OrderNames): OrderAccess {
	if (access.kind === 'function') return access;
	if (access.kind === 'command')
		return { ...access, command: filledCommand(access.command, resolve, order) };
	return { ...access, url: filledUrl(access.url, resolve, order) };
}

/** Whether the state before the step matters, so that it has to be read. */
export function looksBefore({ before, changed, unchanged }: ProbeFile): boolean {
	return before !== undefined || changed !== undefined || unchanged !== undefined;
}

export interface Seen {
	readonly state: State;
	readonly failures: readonly StepFailure[];
}

/**
 * The state after a step, once it is as expected and stays so, or when the time is up.
 * @throws the signal's reason
 */
export async function seenAfter(
	probe: FilledProbe,
	before: State | undefined,
	clock: Clock,
	signal: AbortSignal | undefined,
): Promise<Seen> {
	const { within, unchanged } = probe.rules;
	const patience = within === undefined ? usualPatience : parseDuration(String(within), 'within');
	const start = clock.now();
	const deadline = start + patience;
	// To see that nothing happens takes the whole time that was asked for.
	const rest = unchanged !== undefined && within !== undefined ? patience : secondLook;
	for (let look = 0; ; look++) {
		const state = await probe.read();
		const failures = probeFailures(probe.rules, before, state);
		const now = clock.now();
		const isSettled =
			failures.length === 0 &&
			(look > 0 || patience === 0) &&
			now - start >= Math.min(rest, patience);
		if (isSettled || now >= deadline) return { state, failures };
		const pause = failures.length === 0 ? rest : (pauses[Math.min(look, pauses.length - 1)] ?? 80);
		await clock.sleep(millis(Math.max(1, Math.min(pause, deadline - now))), signal);
	}
}
