import type { ChalkInstance } from 'chalk';
import type { Entry } from '../../journal/entries.ts';
import type { RuleCounts } from '../../model/contract/check.ts';
import type { KeptState } from '../kept-state.ts';
import { printableLine } from '../safe/escape.ts';

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

/** Nothing failed is no success where nothing was there, or nothing could be judged. */
function checkedText({ failed, warned }: RuleCounts, exitCode: number): string {
	if (exitCode === 3) return 'never reached';
	if (exitCode === 1 && failed === 0) return 'nothing proved';
	return `${failed} failed, ${warned} warned`;
}

/** Event, reference, place, attempts, verdict, id. */
function cellsOf(entry: Entry, state: KeptState | undefined, paint: ChalkInstance): string[] {
	if (entry.kind === 'checked') {
		const { provider, target, counts, exitCode } = entry.record;
		const text = checkedText(counts, exitCode).padEnd(18);
		const verdict = exitCode === 0 ? paint.green(text) : paint.red(text);
		return [`check ${provider}`, '–', `→ ${target}`, '', verdict, entry.id];
	}
	if (entry.kind === 'received') {
		const { event, request, genuine, answered } = entry.record;
		const text = (genuine ? '✓ genuine' : '✗ not genuine').padEnd(18);
		const verdict = genuine ? paint.green(text) : paint.red(text);
		return [event ?? 'unknown', '–', `← ${request.url}`, `answered ${answered}`, verdict, entry.id];
	}
	const { record, attempts, id } = entry.known;
	const count = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
	const reference = record.order?.reference ?? '–';
	return [record.event, reference, `→ ${record.target}`, count, coloured(state, paint), id];
}

/** `2026-11-28 09:37:53` where the reader is. */
const localTime = (at: string): string => new Date(at).toLocaleString('sv-SE');

export function coloured(state: KeptState | undefined, paint: ChalkInstance): string {
	if (state === undefined) return '';
	if (state === 'acknowledged') return paint.green('✓ acknowledged'.padEnd(18));
	const isBad = state === 'gave-up' || state === 'never-reached' || state === 'refused-target';
	const text = `${isBad ? '✗' : '–'} ${words[state]}`.padEnd(18);
	return isBad ? paint.red(text) : paint.yellow(text);
}
