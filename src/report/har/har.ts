import type { Outcome } from '../../model/outcome.ts';
import type { SentRequest } from '../../model/run-event.ts';
import type { CollectedDelivery, RunReport, Suite } from '../run-report.ts';
import { harRequest, harResponse } from './message.ts';

/** A page and what was exchanged on it. */
interface Page {
	readonly id: string;
	readonly title: string;
	/** Epoch milliseconds. */
	readonly startedAt: number;
	readonly exchanges: readonly Exchange[];
}

interface Exchange {
	/** Epoch milliseconds. */
	readonly at: number;
	readonly sent: SentRequest;
	readonly outcome: Outcome | undefined;
	/** What HAR has no place for; names begin with `_`. */
	readonly custom: Readonly<Record<string, unknown>>;
}

/**
 * HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/ (read 2026-11): every attempt of every
 * delivery, and of `check` what its verdicts rest on. A delivery is a page, so that its retries
 * stand together in a viewer.
 *
 * Texts are as they came: whoever writes the object must do it with `safeJson`.
 */
export function harReport(report: RunReport): object {
	const pages = [...report.deliveries.map(deliveryPage), ...report.suites.map(evidencePage)].filter(
		({ exchanges }) => exchanges.length > 0,
	);
	const entries = pages.flatMap(({ id, exchanges }) =>
		exchanges.map((exchange) => ({ id, exchange })),
	);
	// Viewers draw from top to bottom, and the format wants the oldest first.
	entries.sort((a, b) => a.exchange.at - b.exchange.at);
	return {
		log: {
			version: '1.2',
			creator: { name: 'callsim', version: report.version },
			pages: pages.map(({ id, title, startedAt }) => ({
				startedDateTime: iso(startedAt),
				id,
				title,
				pageTimings: { onContentLoad: -1, onLoad: -1 },
			})),
			entries: entries.map(({ id, exchange }) => entry(id, exchange)),
		},
	};
}

function deliveryPage({ delivery, event, target, attempts }: CollectedDelivery): Page {
	return {
		id: `delivery_${delivery}`,
		title: `#${delivery} ${event} → ${target}`,
		startedAt: attempts[0]?.at ?? 0,
		exchanges: attempts.map(({ at, request, outcome, attempt, offsetMs, acknowledged }) => ({
			at,
			sent: request,
			outcome,
			custom: {
				_event: event,
				_delivery: delivery,
				_attempt: attempt,
				_providerOffsetMs: offsetMs,
				_acknowledged: acknowledged,
			},
		})),
	};
}

function evidencePage({ name, startedAt, cases }: Suite, index: number): Page {
	return {
		id: `suite_${index + 1}`,
		title: name,
		startedAt,
		exchanges: cases.flatMap((one) =>
			one.evidence.flatMap(({ case: about, verdict, sent, answer }) =>
				sent === undefined
					? []
					: [
							{
								at: startedAt,
								sent,
								outcome: answer,
								custom: { _rule: one.name, _case: about, _verdict: verdict },
							},
						],
			),
		),
	};
}

function entry(pageref: string, { at, sent, outcome, custom }: Exchange): object {
	const tookMs = outcome?.tookMs ?? 0;
	return {
		pageref,
		startedDateTime: iso(at),
		time: tookMs,
		request: harRequest(sent),
		response: harResponse(outcome),
		cache: {},
		// Only the whole is measured.
		timings: { send: 0, wait: tookMs, receive: 0 },
		...custom,
	};
}

const iso = (ms: number): string => new Date(ms).toISOString();
