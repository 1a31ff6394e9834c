import type { KnownDelivery } from './deliveries.ts';

/** What is left of a delivery that was cut off. */
export interface CutOff {
	/** Attempts made, one whose outcome is not known among them. */
	readonly attempts: number;
	/** The attempt whose outcome nobody knows. */
	readonly lost: number | undefined;
	readonly lastStatus: number | null;
	readonly reached: boolean;
	/** Provider time of the last attempt made, or of the one that was waited for. */
	readonly offsetMs: number;
	/** When the next is due, epoch milliseconds; undefined where the schedule has to say it. */
	readonly dueAt: number | undefined;
	/** The whole pause before it, wall milliseconds; undefined together with `dueAt`. */
	readonly pauseMs?: number | undefined;
	/** When the last attempt was made, epoch milliseconds. */
	readonly lastAt: number | undefined;
}

/** Undefined where nothing is left: it was acknowledged, given up, or never meant to be sent. */
export function cutOff({ why, attempts, inFlight, waiting }: KnownDelivery): CutOff | undefined {
	if (why !== undefined && why !== 'interrupted') return undefined;
	const last = attempts.at(-1);
	if (last?.acknowledged === true) return undefined;
	const status = attempts.findLast(({ outcome }) => outcome.kind === 'answered')?.outcome;
	const known = {
		lastStatus: status?.kind === 'answered' ? status.status : null,
		reached: attempts.some(({ outcome }) => outcome.kind !== 'unreachable'),
	};
	if (inFlight !== undefined) {
		const { attempt, offsetMs, at } = inFlight;
		const lastAt = Date.parse(at);
		return { ...known, attempts: attempt, lost: attempt, offsetMs, dueAt: undefined, lastAt };
	}
	const made = last?.attempt ?? 0;
	const isWaited = waiting !== undefined && waiting.attempt === made + 1;
	return {
		...known,
		attempts: made,
		lost: undefined,
		offsetMs: isWaited ? waiting.offsetMs : (last?.offsetMs ?? 0),
		dueAt: isWaited ? Date.parse(waiting.at) + waiting.waitMs : undefined,
		pauseMs: isWaited ? waiting.waitMs : undefined,
		lastAt: last === undefined ? undefined : Date.parse(last.at),
	};
}
