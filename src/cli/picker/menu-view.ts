import type { ChalkInstance } from 'chalk';
import type { Option } from './asker.ts';
import { counterText, cut, type Window, windowOn, wrappedLines } from './layout.ts';
import { type Marks, marksIn } from './matching.ts';

export interface ScreenSize {
	readonly columns: number;
	readonly rows: number;
}

export interface MenuLook {
	readonly paint: ChalkInstance;
	readonly size: ScreenSize;
	/** Of what was typed; every place of it is marked. */
	readonly typed: string;
	/** Whether headings are wanted: not among what was searched for. */
	readonly isGrouped: boolean;
	/** Where the window began when it was drawn before. */
	readonly before: number;
}

interface Row {
	readonly heading?: string;
	readonly at?: number;
}

/** What all rows have in common. */
interface RowLook extends MenuLook {
	readonly lead: number;
	/** Of the names that something stands behind. */
	readonly column: number;
}

/** Lines beside the list itself: question, trail, counter, detail, keys. */
const others = 8;
const mostRows = 16;

/** The options that fit, with the pointer, headings and a counter; and where the window began. */
export function menuLines(
	options: readonly Option<unknown>[],
	active: number,
	look: MenuLook,
): { lines: string[]; from: number } {
	const rows = rowsOf(options, look.isGrouped);
	const at = rows.findIndex((row) => row.at === active);
	const size = Math.max(3, Math.min(mostRows, look.size.rows - others));
	const seen = windowOn(rows.length, at, size, look.before);
	// A heading is seen with the first of its options.
	const window = seen.from === at && rows[at - 1]?.heading !== undefined ? up(seen) : seen;
	const rowLook = { ...look, column: nameWidth(options), lead: leadOf(options) };
	const shown = rows.slice(window.from, window.to);
	const lines = shown.map(({ heading, at: one }) => {
		const option = one === undefined ? undefined : options[one];
		return option === undefined
			? look.paint.dim(cut(heading ?? '', look.size.columns - 1))
			: rowText(option, one === active, rowLook);
	});
	const count = shown.filter((row) => row.at !== undefined).length;
	const counter = counterText(count, options.length, window, rows.length);
	const pointed = options[active];
	const isSeen = pointed === undefined || isAboutSeen(pointed, rowLook);
	const under = [isSeen ? undefined : pointed.about, pointed?.detail].filter(
		(text) => text !== undefined,
	);
	return {
		lines: [
			...lines,
			...(counter === '' ? [] : [look.paint.dim(`  ${counter}`)]),
			...under.flatMap((text) =>
				wrappedLines(`  ${text}`, look.size.columns - 1, '  ').map((line) => look.paint.dim(line)),
			),
		],
		from: window.from,
	};
}

const up = ({ from, to }: Window): Window => ({ from: from - 1, to: to - 1 });

function rowsOf(options: readonly Option<unknown>[], isGrouped: boolean): Row[] {
	return options.flatMap(({ group }, at): Row[] => {
		const isNew = isGrouped && group !== undefined && group !== options[at - 1]?.group;
		return [...(isNew ? [{ heading: group }] : []), { at }];
	});
}

const nameWidth = (options: readonly Option<unknown>[]): number =>
	Math.max(0, ...options.filter(({ about }) => about).map(({ name }) => name.length));

/** Pointer, and key where any has one. */
const leadOf = (options: readonly Option<unknown>[]): number =>
	options.some(({ key }) => key !== undefined) ? 5 : 2;

/** What does not fit beside its name stands under the list, when it is pointed at. */
function isAboutSeen({ about }: Option<unknown>, { lead, column, size }: RowLook): boolean {
	return about === undefined || lead + column + 2 + about.length < size.columns;
}

function rowText(option: Option<unknown>, isActive: boolean, look: RowLook): string {
	const { paint, typed, size, column, lead } = look;
	const { name, about, key } = option;
	const pointer = isActive ? paint.cyan('❯ ') : '  ';
	const short = lead === 2 ? '' : `${paint.bold(key ?? ' ')}  `;
	const paintName = (text: string) => (isActive ? paint.cyan(text) : text);
	const first = marked(cut(name, size.columns - 1 - lead), typed, paintName);
	if (about === undefined || !isAboutSeen(option, look)) return `${pointer}${short}${first}`;
	const gap = ' '.repeat(column - name.length + 2);
	return `${pointer}${short}${first}${gap}${marked(about, typed, paint.dim)}`;
}

/** Underlined, which is no colour: it is seen with NO_COLOR as well. */
export function marked(
	text: string,
	typed: string,
	paint: (text: string) => string = (plain) => plain,
): string {
	const marks: Marks = marksIn(text, typed);
	let at = 0;
	const parts = marks.map(([from, to]) => {
		const part = `${paint(text.slice(at, from))}\u001b[4m${paint(text.slice(from, to))}\u001b[24m`;
		at = to;
		return part;
	});
	return `${parts.join('')}${paint(text.slice(at))}`;
}
