import type { Schedule as ScheduleJson } from '../../model/contract/catalogue.ts';
import type * as contract from '../../model/contract/run-events.ts';
import { ifGiven, unlessEmpty } from '../../model/if-given.ts';
import type { OfType, RunEvent } from '../../model/run-event.ts';
import { attemptsIn, type Schedule } from '../../model/schedule.ts';
import { safeJson } from '../safe/escape.ts';
import type { Mask } from '../safe/mask.ts';
import { maskedStrings } from '../safe/masked.ts';
import { outcomeJson, requestJson } from './exchange-json.ts';

/** One run event as one line of the public contract. */
export function jsonLine(event: RunEvent, mask: Mask): string {
	return `${safeJson(jsonEvent(event, mask))}\n`;
}

/** The same as an object, for programs. */
export function jsonEvent(event: RunEvent, mask: Mask): contract.RunEvent {
	switch (event.type) {
		case 'started': {
			const { type, schedule, faults, ...rest } = event;
			const order = rest.order === undefined ? undefined : maskedStrings(rest.order, mask);
			const shown = { ...rest, target: mask(rest.target), order };
			return {
				v: 1,
				type,
				...shown,
				schedule: scheduleJson(schedule),
				faults: unlessEmpty(faults),
			};
		}
		case 'attempt':
			return attemptJson(event, mask);
		case 'step':
			return stepJson(event, mask);
		case 'scenario':
			return { v: 1, ...event, at: isoTime(event.at) };
		case 'finished':
			return { v: 1, ...event, detail: ifGiven(event.detail, mask) };
		case 'waiting':
		case 'step-skipped':
		case 'scenario-finished':
			return { v: 1, ...event };
		case 'summary':
			return { v: 1, ...event, skipped: event.skipped === 0 ? undefined : event.skipped };
	}
}

export function attemptJson(event: OfType<'attempt'>, mask: Mask): contract.AttemptEvent {
	const { request, outcome, at, warnings, reason, acknowledged, ...rest } = event;
	return {
		v: 1,
		...rest,
		at: isoTime(at),
		request: requestJson(request, mask),
		outcome: outcomeJson(outcome, mask),
		acknowledged,
		reason: reason === undefined ? undefined : mask(reason),
		warnings: unlessEmpty(warnings.map(mask)),
	};
}

function stepJson(event: OfType<'step'>, mask: Mask): contract.StepEvent {
	return {
		v: 1,
		...event,
		name: mask(event.name),
		expected: mask(event.expected),
		got: mask(event.got),
		failures: event.failures.map(({ kind, expected, got }) => ({
			kind,
			expected: mask(expected),
			got: mask(got),
		})),
		reproduce: mask(event.reproduce),
	};
}

export function scheduleJson(schedule: Schedule): ScheduleJson {
	return { attempts: attemptsIn(schedule), pausesMs: schedule.pauses, trust: schedule.trust };
}

export const isoTime = (ms: number): string => new Date(ms).toISOString();
