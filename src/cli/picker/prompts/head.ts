import type { ChalkInstance } from 'chalk';
import { wrappedLines } from '../layout.ts';
import type { ScreenSize } from '../menu-view.ts';

/** How a prompt looks, whatever it asks. */
export interface PromptLook {
	readonly paint: ChalkInstance;
	size(): ScreenSize;
}

/** What was chosen so far, and the question. */
export function head(
	{ message, trail }: { readonly message: string; readonly trail?: string | undefined },
	{ paint, size }: PromptLook,
): string[] {
	const path =
		trail === undefined || trail === '' ? [] : wrappedLines(trail, size().columns - 1, '  ');
	return [...path.map((line) => paint.dim(line)), `${paint.cyan('?')} ${paint.bold(message)}`];
}

/** Which keys do what, as many as fit in a line. */
export function keysLine(
	keys: readonly (readonly [key: string, does: string])[],
	{ paint, size }: PromptLook,
): string {
	const fitting = keys.filter((_, at) => plain(keys.slice(0, at + 1)).length < size().columns);
	return fitting.map(([key, does]) => `${paint.bold(key)} ${paint.dim(does)}`).join(paint.dim(dot));
}

const dot = ' · ';
const plain = (keys: readonly (readonly [string, string])[]): string =>
	keys.map((pair) => pair.join(' ')).join(dot);
