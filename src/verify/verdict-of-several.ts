import type { Received } from '../capture/received.ts';
import { holdsDocumentedFields } from './documented.ts';
import type { Verdict, VerdictContext } from './verdict.ts';
import { verdictOfAny } from './verify-received.ts';

/** What is told of a text with one or more requests in it. */
export interface VerdictOfSeveral {
	readonly verdict: Verdict;
	/** Where more than one request is in it: which of them the verdict is about. */
	readonly note: string | undefined;
}

/**
 * Of several requests the first callback that is not genuine is told; genuine are they only where
 * all are. What else a browser or a log holds is no callback, and nothing is said of it.
 */
export async function verdictOfSeveral(
	readings: readonly Received[],
	context: VerdictContext,
): Promise<VerdictOfSeveral> {
	const requests = requestsOf(readings);
	const verdicts: Verdict[] = [];
	for (const [at, request] of requests.entries()) {
		const verdict = await verdictOfAny(request, context);
		verdicts.push(verdict);
		if (verdict.genuine || !(await isCallback(verdict, request, context))) continue;
		const note =
			requests.length === 1
				? undefined
				: `${requests.length} different requests are in it; this is about number ${at + 1}, the first callback that is not genuine`;
		return { verdict, note };
	}
	const genuine = verdicts.filter((verdict) => verdict.genuine);
	const verdict = genuine[0] ?? verdicts[0] ?? (await verdictOfAny([], context));
	const note =
		requests.length < 2 || genuine.length === 0
			? undefined
			: `${requests.length} different requests are in it; ${genuine.length === 1 ? 'one is a callback' : `${genuine.length} are callbacks`}, and genuine`;
	return { verdict, note };
}

async function isCallback(
	verdict: Verdict,
	request: readonly Received[],
	{ events }: VerdictContext,
): Promise<boolean> {
	return verdict.recognised !== undefined || (await holdsDocumentedFields(request, events));
}

function requestsOf(readings: readonly Received[]): Received[][] {
	const requests: Received[][] = [];
	for (const reading of readings) {
		if (reading.isOtherReading === true) requests.at(-1)?.push(reading);
		else requests.push([reading]);
	}
	return requests;
}
