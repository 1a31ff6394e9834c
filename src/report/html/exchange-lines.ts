import type { Evidence } from '../../model/rule-record.ts';
import type { ReportedAttempt, RunReport } from '../run-report.ts';
import { type Exchange, exchangeData } from './exchange-data.ts';
import { embedded, type Markup } from './markup.ts';
import { momentText } from './moment.ts';
import type { Places } from './places.ts';

/**
 * Everything that was sent and answered, as one block for the page's script: a line for each row
 * that unfolds, so that opening a row reads its own line and no other.
 */
export function exchangeLines(
	{ deliveries }: RunReport,
	{ cases }: Places,
	mostOfBody: number,
): Markup {
	const ofDeliveries = deliveries.map(
		({ delivery, attempts }) =>
			[`d-${delivery}`, exchangeData(attempts.map(ofAttempt), mostOfBody)] as const,
	);
	const ofCases = cases
		.filter(({ judged }) => judged.evidence.some(hasExchange))
		.map(
			({ id, judged }) =>
				[
					id,
					exchangeData(judged.evidence.filter(hasExchange).map(ofEvidence), mostOfBody),
				] as const,
		);
	return embedded('exchanges', [...ofDeliveries, ...ofCases]);
}

/** Whether a piece of evidence has anything to unfold. */
export const hasExchange = ({ sent, answer }: Evidence): boolean =>
	sent !== undefined || answer !== undefined;

const ofEvidence = ({ sent, answer }: Evidence): Exchange => ({
	request: sent,
	outcome: answer,
	notes: [],
});

function ofAttempt({ request, outcome, at, warnings }: ReportedAttempt): Exchange {
	const notes = warnings.map((warning) => ['warning', warning] as const);
	return { request, outcome, notes: [['sent at', momentText(at, true)], ...notes] };
}
