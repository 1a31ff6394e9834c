import type { ChalkInstance } from 'chalk';
import stringWidth from 'fast-string-width';
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

/** What is said of one. */
interface Told {
	readonly when: string;
	readonly event: string;
	readonly reference: string;
	readonly place: string;
	readonly attempts: string;
	readonly verdict: string;
	readonly id: string;
}

/**
 * A line each, in columns; where a line would not fit, three lines each, the verdict first.
 *
 * @param columns of the screen, undefined where there is none
 */
export function historyLines(
	rows: readonly Row[],
	paint: ChalkInstance,
	columns: number | undefined,
): string[] {
	const told = rows.map(({ entry, state }) => toldOf(entry, state, paint));
	const lines = inColumns(told, paint);
	const widest = Math.max(0, ...lines.map((line) => stringWidth(line)));
	return columns === undefined || widest <= columns ? lines : stacked(told, paint);
}

function inColumns(told: readonly Told[], paint: ChalkInstance): string[] {
	const width = (part: keyof Told) =>
		Math.min(48, Math.max(0, ...told.map((one) => stringWidth(one[part]))));
	const parts = ['when', 'event', 'reference', 'place', 'attempts', 'verdict', 'id'] as const;
	const widths = parts.map((part) => [part, width(part)] as const);
	return told.map((one) =>
		widths
			.filter(([, wide]) => wide > 0)
			.map(([part, wide]) => {
				const cell = one[part] + ' '.repeat(Math.max(0, wide - stringWidth(one[part])));
				return part === 'when' || part === 'id' ? paint.dim(cell) : cell;
			})
			.join('  ')
			.trimEnd(),
	);
}

/** Laid out for a screen later on, which breaks what is longer. */
function stacked(told: readonly Told[], paint: ChalkInstance): string[] {
	const joined = (...parts: readonly string[]) =>
		parts.filter((part) => part !== '' && part !== '–').join(' · ');
	return told.flatMap(({ when, event, reference, place, attempts, verdict, id }) => [
		`${verdict} · ${event}`,
		`    ${paint.dim(joined(when, reference, id))}`,
		`    ${`${attempts} ${place}`.trimStart()}`,
	]);
}

/** Nothing failed is no success where nothing was there, or nothing could be judged. */
function checkedText({ failed, warned }: RuleCounts, exitCode: number): string {
	if (exitCode === 3) return 'never reached';
	if (exitCode === 1 && failed === 0) return 'nothing proved';
	return `${failed} failed, ${warned} warned`;
}

function toldOf(entry: Entry, state: KeptState | undefined, paint: ChalkInstance): Told {
	const when = localTime(entry.at);
	if (entry.kind === 'checked') {
		const { provider, target, counts, exitCode } = entry.record;
		const text = checkedText(counts, exitCode);
		return {
			...{ when, event: `check ${provider}`, reference: '–', attempts: '' },
			place: printableLine(`→ ${target}`),
			verdict: exitCode === 0 ? paint.green(`✓ ${text}`) : paint.red(`✗ ${text}`),
			id: entry.id,
		};
	}
	if (entry.kind === 'received') {
		const { event, request, genuine, answered } = entry.record;
		return {
			...{ when, event: printableLine(event ?? 'unknown'), reference: '–' },
			// The list would be as wide as the longest query: --show has it.
			place: printableLine(`← ${request.url.replace(/\?.*/s, '?…')}`),
			attempts: `answered ${answered}`,
			verdict: genuine ? paint.green('✓ genuine') : paint.red('✗ not genuine'),
			id: entry.id,
		};
	}
	const { record, attempts, id } = entry.known;
	return {
		...{ when, event: printableLine(record.event), id },
		reference: printableLine(record.order?.reference ?? '–'),
		place: printableLine(`→ ${record.target}`),
		attempts: attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`,
		verdict: coloured(state, paint),
	};
}

/** `2026-11-28 09:37:53` where the reader is. */
export const localTime = (at: string): string => new Date(at).toLocaleString('sv-SE');

export function coloured(state: KeptState | undefined, paint: ChalkInstance): string {
	if (state === undefined) return '';
	if (state === 'acknowledged') return paint.green('✓ acknowledged');
	const isBad = state === 'gave-up' || state === 'never-reached' || state === 'refused-target';
	const text = `${isBad ? '✗' : '–'} ${words[state]}`;
	return isBad ? paint.red(text) : paint.yellow(text);
}
