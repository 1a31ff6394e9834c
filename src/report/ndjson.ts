import type { Outcome } from '../model/outcome.ts';
import type { Header } from '../model/request.ts';
import type { RunEvent, SentRequest } from '../model/run-event.ts';
import { attemptsIn, type Schedule } from '../model/schedule.ts';
import { bodyFields } from './body.ts';
import { safeJson } from './escape.ts';
import type { Mask } from './mask.ts';
import { maskedOutcome, maskedSent } from './masked.ts';

/** One run event as one line of the public contract (version 1). */
export function jsonLine(event: RunEvent, mask: Mask): string {
	return `${safeJson(jsonEvent(event, mask))}\n`;
}

/** The same as an object, for programs. */
export function jsonEvent(event: RunEvent, mask: Mask): object {
	return { v: 1, type: event.type, ...fieldsOf(event, mask) };
}

function fieldsOf(event: RunEvent, mask: Mask): object {
	switch (event.type) {
		case 'started': {
			const { faults, ...rest } = event;
			return {
				...rest,
				target: mask(event.target),
				schedule: scheduleJson(event.schedule),
				...(faults.length === 0 ? {} : { faults }),
			};
		}
		case 'attempt': {
			const { request, outcome, at, warnings, reason, ...rest } = event;
			return {
				...rest,
				at: new Date(at).toISOString(),
				request: requestJson(request, mask),
				outcome: outcomeJson(outcome, mask),
				acknowledged: event.acknowledged,
				...(reason === undefined ? {} : { reason: mask(reason) }),
				...(warnings.length === 0 ? {} : { warnings: warnings.map(mask) }),
			};
		}
		case 'step':
			return stepJson(event, mask);
		case 'scenario':
			return { ...event, at: new Date(event.at).toISOString() };
		case 'finished':
			return { ...event, ...(event.detail === undefined ? {} : { detail: mask(event.detail) }) };
		case 'waiting':
		case 'step-skipped':
		case 'scenario-finished':
			return event;
		case 'summary': {
			const { skipped, ...rest } = event;
			return { ...rest, ...(skipped === 0 ? {} : { skipped }) };
		}
		default:
			return event satisfies never;
	}
}

/** A field of a later step may be what an earlier answer told: own credentials are masked here as well. */
export function requestJson(request: SentRequest, mask: Mask): object {
	const { method, url, headers, body } = maskedSent(request, mask);
	return { method, url, headers: headersJson(headers), ...bodyFields(body) };
}

function stepJson(event: Extract<RunEvent, { type: 'step' }>, mask: Mask): object {
	const failures = event.failures.map(({ kind, expected, got }) => ({
		kind,
		expected: mask(expected),
		got: mask(got),
	}));
	return {
		...event,
		name: mask(event.name),
		expected: mask(event.expected),
		got: mask(event.got),
		failures,
		reproduce: mask(event.reproduce),
	};
}

export function scheduleJson(schedule: Schedule): object {
	return { attempts: attemptsIn(schedule), pausesMs: schedule.pauses, trust: schedule.trust };
}

/** Lower-case names, as every HTTP library reads them back; credentials as they may be shown. */
export function headersJson(headers: readonly Header[]): Record<string, string> {
	return Object.fromEntries(headers.map(({ name, shown }) => [name.toLowerCase(), shown]));
}

export function outcomeJson(outcome: Outcome, mask: Mask): object {
	const shown = maskedOutcome(outcome, mask);
	if (shown.kind !== 'answered') return shown;
	const { kind, status, headers, body, truncated, tookMs } = shown;
	return { kind, status, headers, ...bodyFields(body, truncated), tookMs };
}
