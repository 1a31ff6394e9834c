import type { ChalkInstance } from 'chalk';
import type { KnownDelivery } from '../../journal/deliveries.ts';
import type { Entry } from '../../journal/entries.ts';
import type { Outcome } from '../../model/contract/exchange.ts';
import { unansweredText } from '../../model/outcome-text.ts';
import type { KeptState } from '../kept-state.ts';
import { printable, printableLine } from '../safe/escape.ts';
import { providerTime } from '../time-text.ts';
import { bodyLines } from './exchange-text.ts';
import { orderText } from './order-text.ts';

interface Row {
	readonly entry: Entry;
	readonly state: KeptState | undefined;
}

const words: Readonly<Record<KeptState, string>> = {
	acknowledged: 'acknowledged',
	'gave-up': 'not acknowledged',
	'never-reached': 'never reached',
	interrupted: 'interrupted',
	'refused-target': 'target refused',
	'not-sent': 'not sent',
	'cut-off': 'cut off',
	'under-way': 'under way',
};

/** A line each: when, event, reference, place, attempts, verdict, id. */
export function historyLines(rows: readonly Row[], paint: ChalkInstance): string[] {
	const cells = rows.map(({ entry, state }) => [
		localTime(entry.at),
		...cellsOf(entry, state, paint),
	]);
	const width = (at: number) =>
		Math.min(48, Math.max(0, ...cells.map((row) => (row[at] ?? '').length)));
	return cells.map((row) => {
		const [when = '', event = '', reference = '', place = '', attempts = ''] = row
			.slice(0, 5)
			.map((cell, column) => printableLine(cell).padEnd(width(column)));
		const [state = '', id = ''] = row.slice(5);
		return `${paint.dim(when)}  ${event}  ${reference}  ${place}  ${attempts}  ${state}  ${paint.dim(id)}`.trimEnd();
	});
}

/** Event, reference, place, attempts, verdict, id. */
function cellsOf(entry: Entry, state: KeptState | undefined, paint: ChalkInstance): string[] {
	if (entry.kind === 'checked') {
		const { provider, target, counts, exitCode } = entry.record;
		const text = `${counts.failed} failed, ${counts.warned} warned`.padEnd(18);
		const verdict = exitCode === 0 ? paint.green(text) : paint.red(text);
		return [`check ${provider}`, '–', `→ ${target}`, '', verdict, ''];
	}
	if (entry.kind === 'received') {
		const { event, request, genuine, answered } = entry.record;
		const text = (genuine ? '✓ genuine' : '✗ not genuine').padEnd(18);
		const verdict = genuine ? paint.green(text) : paint.red(text);
		return [event ?? 'unknown', '–', `← ${request.url}`, `answered ${answered}`, verdict, ''];
	}
	const { record, attempts, id } = entry.known;
	const count = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
	const reference = record.order?.reference ?? '–';
	return [record.event, reference, `→ ${record.target}`, count, coloured(state, paint), id];
}

/** `2026-11-28 09:37:53` where the reader is. */
const localTime = (at: string): string => new Date(at).toLocaleString('sv-SE');

function coloured(state: KeptState | undefined, paint: ChalkInstance): string {
	if (state === undefined) return '';
	if (state === 'acknowledged') return paint.green('✓ acknowledged'.padEnd(18));
	const isBad = state === 'gave-up' || state === 'never-reached' || state === 'refused-target';
	const text = `${isBad ? '✗' : '–'} ${words[state]}`.padEnd(18);
	return isBad ? paint.red(text) : paint.yellow(text);
}

/** The whole exchange of one delivery. */
export function keptLines(
	{ id, record, attempts, inFlight }: KnownDelivery,
	state: KeptState,
	line: readonly string[],
	paint: ChalkInstance,
): string[] {
	const order = orderText(record.order);
	const { method, url } = record.request;
	const type = attempts[0]?.headers['content-type'] ?? '';
	return [
		`${paint.bold(record.event)} ${paint.dim('→')} ${printableLine(record.target)}  ${paint.dim(id)}`,
		...(order === undefined ? [] : [`  ${paint.cyan(order)}`]),
		`  ${paint.dim(`callsim fire ${line.join(' ')}`)}`,
		`    ${paint.dim('>')} ${printableLine(`${method} ${url}`)}`,
		...bodyLines(keptBody(record.request), url, type).map(
			(text) => `    ${paint.dim('>')}   ${text}`,
		),
		...attempts.flatMap(({ attempt, offsetMs, outcome, acknowledged, reason, at }) => [
			`  ${paint.dim(`attempt ${attempt}`)}  ${providerTime(offsetMs).padEnd(9)} ${at}  ${cameText(outcome)}  ${acknowledged ? paint.green('acknowledged') : paint.red(reason ?? 'not acknowledged')}`,
			...answerText(outcome).map((text) => `    ${paint.dim('<')} ${text}`),
		]),
		...(inFlight === undefined
			? []
			: [`  attempt ${inFlight.attempt} was under way: whether it arrived is not known`]),
		coloured(state, paint).trimEnd(),
	];
}

const cameText = (outcome: Outcome): string =>
	outcome.kind === 'answered' ? String(outcome.status) : unansweredText(outcome);

function answerText(outcome: Outcome): string[] {
	if (outcome.kind !== 'answered') return [];
	const headers = Object.entries(outcome.headers).flatMap(([name, value]) =>
		[value].flat().map((one) => printableLine(`${name}: ${one}`)),
	);
	const text = 'body' in outcome ? outcome.body : `(base64) ${outcome.bodyBase64}`;
	const body = printable(text).trim();
	return [
		...headers,
		...(body === '' ? ['(no body)'] : body.split('\n').map((each) => `  ${each}`)),
	];
}

function keptBody(request: KnownDelivery['record']['request']): Uint8Array | undefined {
	if ('bodyBase64' in request) return Buffer.from(request.bodyBase64, 'base64');
	return request.body === null ? undefined : Buffer.from(request.body);
}
