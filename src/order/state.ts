import { readJson } from '../model/read-json.ts';
import { isLossless } from '../model/value.ts';
import { jsonOf } from '../model/value-text.ts';
import type { OrderNames } from './order.ts';

/** What a probe showed of one order, taken apart: path → JSON text of the value there. */
export type State =
	| { readonly kind: 'shown'; readonly leaves: ReadonlyMap<string, string>; readonly text: string }
	| { readonly kind: 'absent' }
	| { readonly kind: 'unreadable'; readonly why: string };

export const absent: State = { kind: 'absent' };

/** JSON, or the text as one value. Numbers keep their digits: twenty of them are not rounded. */
export function stateOf(text: string, order?: OrderNames): State {
	const trimmed = text.trim();
	if (trimmed === '' || trimmed === 'null' || trimmed === '[]') return absent;
	const leaves = new Map<string, string>();
	try {
		collect(readJson(trimmed), '', leaves);
	} catch {
		// A text names its order; without number and sum what it says can be compared with what it says
		// of another.
		const { reference = '', amount = '' } = order ?? {};
		const plain = [reference, amount]
			.filter((name) => name !== '')
			.reduce((all, name) => all.replaceAll(name, '…'), trimmed);
		leaves.set('', JSON.stringify(plain));
	}
	return { kind: 'shown', leaves, text: trimmed };
}

function collect(value: unknown, path: string, leaves: Map<string, string>): void {
	if (typeof value !== 'object' || value === null || isLossless(value)) {
		leaves.set(path, jsonOf(value));
		return;
	}
	const entries = Object.entries(value);
	if (entries.length === 0) leaves.set(path, Array.isArray(value) ? '[]' : '{}');
	for (const [key, inner] of entries) collect(inner, path === '' ? key : `${path}.${key}`, leaves);
}

export interface Difference {
	readonly path: string;
	readonly before: string | undefined;
	readonly after: string | undefined;
}

/** Where two readings differ; what changes by itself is left out. */
export function differences(
	before: State,
	after: State,
	volatile: (path: string) => boolean,
): Difference[] {
	const a = leavesOf(before);
	const b = leavesOf(after);
	return [...new Set([...a.keys(), ...b.keys()])]
		.filter(
			(path) =>
				a.get(path) !== b.get(path) &&
				!volatile(path) &&
				!movesByItself(path, a.get(path), b.get(path)),
		)
		.map((path) => ({ path, before: a.get(path), after: b.get(path) }));
}

export function leavesOf(state: State): ReadonlyMap<string, string> {
	return state.kind === 'shown' ? state.leaves : new Map();
}

/** A moment that moved says nothing (one that appeared does), nor does a count of deliveries. */
function movesByItself(path: string, a: string | undefined, b: string | undefined): boolean {
	if (a === undefined || b === undefined) return false;
	return (isMoment(a) && isMoment(b)) || (namesDeliveries(path) && isCount(a) && isCount(b));
}

const deliveryCount =
	/(^|\.)(attempts?|tries|hits|retries|callbacks|notifications|webhooks|(callback|delivery|notification|webhook|retry)s?_?(count|attempts))$/i;

/** Whether a number there should count deliveries, as its name says. */
export const namesDeliveries = (path: string): boolean => deliveryCount.test(path);

const isCount = (json: string): boolean => /^\d{1,6}$/.test(json);

/** ISO 8601, `YYYY-MM-DD HH:MM:SS`, HTTP dates, epoch seconds or milliseconds of this decade. */
export function isMoment(json: string): boolean {
	const text = json.replace(/^"|"$/g, '');
	if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return true;
	if (/^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} /.test(text)) return true;
	return /^1[6-9]\d{8}(\d{3})?(\.\d+)?$/.test(text);
}

export function differenceText({ path, before, after }: Difference): string {
	const name = path === '' ? 'the state' : path;
	return `${name}: ${before ?? '(absent)'} → ${after ?? '(absent)'}`;
}
