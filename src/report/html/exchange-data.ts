import type { Outcome } from '../../model/outcome.ts';
import type { SentRequest } from '../../model/run-event.ts';
import { outcomeText } from '../outcome-text.ts';
import { type BodyView, bodyView, formPairs } from './body-view.ts';

/** What an exchange shows when it is unfolded. */
export interface Exchange {
	readonly request?: SentRequest | undefined;
	readonly outcome?: Outcome | undefined;
	/** Label and text: when it was sent, what else there is to say. */
	readonly notes: readonly (readonly [label: string, text: string])[];
}

/** One half of an exchange; `headers` and `body` are places in the pool. */
interface Message {
	readonly line: string;
	readonly headers?: number;
	readonly body?: number;
}

type Pool = (value: unknown) => number;

/**
 * Exchanges as data for the page's script; what attempts repeat stands in a pool.
 * @param most - bytes of each body that are shown at most
 */
export function exchangeData(exchanges: readonly Exchange[], most: number): object {
	const pool = new Map<string, unknown>();
	const places = new Map<string, number>();
	const pooled: Pool = (value) => {
		const key = JSON.stringify(value);
		if (!pool.has(key)) places.set(key, pool.size);
		pool.set(key, value);
		return places.get(key) ?? 0;
	};
	const shown = exchanges.map(({ request, outcome, notes }) => ({
		request: request && pooled(requestMessage(request, most, pooled)),
		answer: outcome && pooled(answerMessage(outcome, most, pooled)),
		notes,
	}));
	return { pool: [...pool.values()], exchanges: shown };
}

function requestMessage(
	{ method, url, headers, body }: SentRequest,
	most: number,
	pooled: Pool,
): Message {
	// `value` may hold a credential of the user.
	const shown = headers.map(({ name, shown: value }) => [name, value] as const);
	const view = body === undefined ? queryView(url) : bodyView(body, typeIn(shown), most);
	return { line: `${method} ${url}`, headers: pooled(shown), body: pooled(view) };
}

function answerMessage(outcome: Outcome, most: number, pooled: Pool): Message {
	const line = outcomeText(outcome);
	if (outcome.kind !== 'answered') return { line };
	const headers = Object.entries(outcome.headers).flatMap(([name, value]) =>
		(typeof value === 'string' ? [value] : value).map((one) => [name, one] as const),
	);
	const view = bodyView(outcome.body, typeIn(headers), most, outcome.truncated);
	return { line, headers: pooled(headers), body: pooled(view) };
}

const typeIn = (headers: readonly (readonly [name: string, value: string])[]): string =>
	headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';

/** A request without a body says what it has to say in its query. */
function queryView(url: string): BodyView {
	const [, query = ''] = url.split(/\?(.*)/s);
	return query === ''
		? { note: 'none' }
		: { note: 'none; the query', text: query, fields: formPairs(query) };
}
