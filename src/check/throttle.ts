import type { Attempt, Conversation } from '../delivery/attempt.ts';
import type { Clock } from '../model/clock.ts';
import { millis } from '../model/duration.ts';
import type { Outcome } from '../model/outcome.ts';
import { isThrottled } from './judge-answer.ts';

/** A receiver that asks for more than this is not waited for: what it throttled is not decided. */
const longest = 15_000;

/** For the whole run; a limit of a few callbacks a second would otherwise make it endless. */
const longestInAll = 60_000;

/** Who is told to come back at once would be told so again. */
const shortest = 1_000;

/** Milliseconds for which a throttling receiver wants to be left alone, where it says so. */
export function pauseAsked(outcome: Outcome, now: number): number | undefined {
	if (outcome.kind !== 'answered' || !isThrottled(outcome)) return undefined;
	const text = [outcome.headers['retry-after'] ?? []].flat()[0]?.trim() ?? '';
	const span = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
	return Number.isNaN(span) ? undefined : Math.max(span, shortest);
}

/** Both ways to the receiver at the pace it asks for: what it throttled is sent again. */
export function atItsPace(
	ways: { readonly attempt: Attempt; readonly converse: Conversation },
	clock: Clock,
): { readonly attempt: Attempt; readonly converse: Conversation } {
	let until = 0;
	let left = longestInAll;
	/** Whether it is worth another try. Who meets the same limit together waits through one pause. */
	const mayTryAgain = (outcomes: readonly Outcome[]): boolean => {
		const now = clock.now();
		const spans = outcomes.flatMap((outcome) => pauseAsked(outcome, now) ?? []);
		const span = Math.max(...spans);
		if (spans.length === 0 || span > longest) return false;
		const more = now + span - Math.max(until, now);
		if (more > left) return false;
		if (more > 0) {
			left -= more;
			until = now + span;
		}
		return true;
	};
	const paced = async <T>(
		send: (at: number) => Promise<T>,
		outcomesOf: (result: T) => readonly Outcome[],
		given: number,
		signal: AbortSignal | undefined,
	): Promise<T> => {
		for (let at = given; ; at = clock.now()) {
			const wait = until - clock.now();
			if (wait > 0) await clock.sleep(millis(wait), signal);
			const result = await send(at);
			if (!mayTryAgain(outcomesOf(result))) return result;
		}
	};
	return {
		attempt: (request, at, signal) =>
			paced(
				(now) => ways.attempt(request, now, signal),
				({ outcome }) => [outcome],
				at,
				signal,
			),
		converse: (requests, at, signal) =>
			paced(
				(now) => ways.converse(requests, now, signal),
				(results) => results.map(({ outcome }) => outcome),
				at,
				signal,
			),
	};
}
