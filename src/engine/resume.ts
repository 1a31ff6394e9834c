import type { Composed } from '../compose/compose.ts';
import { type Delivery, type DeliveryProgress, deliver } from '../delivery/deliver.ts';
import { countFinished, emptyDeliveryTally } from '../delivery/delivery-tally.ts';
import { merged } from '../delivery/merged.ts';
import { pauseBefore } from '../delivery/retry-schedule.ts';
import type { CutOff } from '../journal/next-step.ts';
import { millis } from '../model/duration.ts';
import { exitCodeOf } from '../model/exit-code.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import { deliveryInForce } from '../settings/delivery-in-force.ts';
import { deliveryOf } from '../settings/delivery-of.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import type { FirePorts } from './fire.ts';
import { networkPorts } from './ports.ts';

/** A delivery that was cut off, composed again. */
export interface ResumedDelivery {
	readonly number: number;
	readonly composed: Composed;
	readonly said: Settings;
	readonly left: CutOff;
	/** How fast provider time passed before. */
	readonly speedBefore: number;
	/** Copies at the same moment have the same. */
	readonly group: string;
}

/**
 * Goes on with what a run had begun, then with what it had not come to, one after the other; ends
 * with the summary. Offsets go on in provider time; an attempt that is overdue is made at once.
 */
export async function* resumeDeliveries(
	run: string,
	deliveries: readonly ResumedDelivery[],
	context: EngineContext,
	{ clock = context.clock, during = (attempt) => attempt, trying }: FirePorts,
): AsyncGenerator<RunEvent> {
	const { random } = context;
	const signal = context.interruption();
	const tally = emptyDeliveryTally();
	for (const group of groupsOf(deliveries)) {
		const going = group.map(({ number, composed, said, left, speedBefore }) => {
			const { timeout, reach, retry, speed } = deliveryInForce(said);
			const attempt = during(networkPorts(context).attemptWith({ ...reach, timeout }));
			const delivery = deliveryOf(composed, retry);
			const progress = progressOf(delivery, left, { speed, speedBefore }, context);
			if (progress === undefined) return outOfAttempts(run, number, delivery, left);
			const ports = { clock, random, attempt, trying };
			return deliver(delivery, { run, delivery: number }, ports, { speed, signal }, progress);
		});
		for await (const event of merged(going)) {
			countFinished(tally, event);
			yield event;
		}
		if (signal.aborted) break;
	}
	yield {
		type: 'summary',
		run,
		deliveries: tally.deliveries,
		acknowledged: tally.acknowledged,
		skipped: deliveries.length - tally.deliveries,
		exitCode: exitCodeOf({
			signal,
			isRefused: tally.refused,
			isUnreached: !tally.reached,
			isFailed: tally.acknowledged < tally.deliveries,
		}),
	};
}

/** Copies that were sent at the same moment go on side by side. */
function groupsOf(deliveries: readonly ResumedDelivery[]): ResumedDelivery[][] {
	const groups: ResumedDelivery[][] = [];
	for (const delivery of deliveries) {
		const present = groups.at(-1);
		if (present?.[0]?.group === delivery.group) present.push(delivery);
		else groups.push([delivery]);
	}
	return groups;
}

/**
 * Undefined where the lost attempt was the last of the schedule.
 */
function progressOf(
	{ schedule }: Delivery,
	{ attempts, lastStatus, reached, offsetMs, dueAt, pauseMs, lastAt, lost }: CutOff,
	{ speed, speedBefore }: { speed: number; speedBefore: number },
	{ clock, random }: EngineContext,
): DeliveryProgress | undefined {
	const known = { attempts, lastStatus, reached };
	// What is left of a pause, in provider time, at the speed of now.
	const until = (due: number, whole: number) => {
		// A clock that was set back meanwhile must not make the pause longer than it was.
		const left = Math.min(whole, Math.max(0, due - clock.now()));
		return millis(left === 0 || speed === speedBefore ? left : (left * speedBefore) / speed);
	};
	if (dueAt !== undefined)
		return { ...known, wait: { offsetMs, waitMs: until(dueAt, pauseMs ?? dueAt) } };
	if (attempts === 0 || lastAt === undefined) return { ...known, wait: undefined };
	const status = lost === undefined ? (lastStatus ?? undefined) : undefined;
	const pause = pauseBefore(schedule, attempts + 1, status, random);
	if (pause === undefined) return undefined;
	const waitMs = until(lastAt + pause / speedBefore, pause / speedBefore);
	return { ...known, wait: { offsetMs: offsetMs + pause, waitMs } };
}

/** Nothing is left to be tried: what is known is told. */
async function* outOfAttempts(
	run: string,
	delivery: number,
	{ event, options, target, order, schedule, credentials, faults }: Delivery,
	{ attempts, lastStatus, reached, lost }: CutOff,
): AsyncGenerator<RunEvent> {
	const ids = { run, delivery };
	const about = { event, options, target, order, schedule, credentials, faults };
	yield { type: 'started', ...ids, ...about };
	const over = reached ? 'gave-up' : 'never-reached';
	const why = lost !== undefined ? 'interrupted' : over;
	yield { type: 'finished', ...ids, event, acknowledged: false, attempts, lastStatus, why };
}
