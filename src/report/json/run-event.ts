import type { Outcome } from '../../model/outcome.ts';
import type { Header } from '../../model/request.ts';
import type { RunEvent, SentRequest } from '../../model/run-event.ts';
import { attemptsIn, type Schedule } from '../../model/schedule.ts';
import { safeJson } from '../safe/escape.ts';
import { type Mask, maskBytes } from '../safe/mask.ts';
import { bodyFields } from './body.ts';

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
			return { ...rest, schedule: scheduleJson(event.schedule), ...(faults.length === 0 ? {} : { faults }) };
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
		case 'waiting':
		case 'finished':
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
function requestJson({ method, url, headers, body }: SentRequest, mask: Mask): object {
	const shown = Object.entries(headersJson(headers)).map(([name, value]) => [name, mask(value)]);
	return {
		method,
		url: mask(url),
		headers: Object.fromEntries(shown),
		...bodyFields(body === undefined ? undefined : maskBytes(body, mask)),
	};
}

function stepJson(event: Extract<RunEvent, { type: 'step' }>, mask: Mask): object {
	const failures = event.failures.map(({ kind, expected, got }) => ({
		kind,
		expected: mask(expected),
		got: mask(got),
	}));
	return {
		...event,
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
	if (outcome.kind !== 'answered') return outcome;
	const { body, truncated, headers, ...rest } = outcome;
	const masked = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? mask(value) : value.map(mask)]),
	);
	return {
		kind: rest.kind,
		status: rest.status,
		headers: masked,
		...bodyFields(maskBytes(body, mask), truncated),
		tookMs: rest.tookMs,
	};
}
