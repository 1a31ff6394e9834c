import type { Received } from '../received.ts';
import { fromFields } from './fields.ts';

/** A place of an array that is being read: its entries so far. */
type Level = Map<string, string | Level>;

/** PHP's `print_r` of an array or an object. A value may go over several lines. */
export function printR(text: string): Received[] | undefined {
	const start = /(?:Array|\w+ Object)\s*\n\s*\(\s*\n/.exec(text);
	if (start === null) return undefined;
	const root: Level = new Map();
	const open: Level[] = [root];
	let last: string | undefined;
	const lines = text.slice(start.index + start[0].length).split(/\r?\n/);
	for (const line of lines) {
		const level = open.at(-1);
		if (level === undefined) break;
		const [, rawName, value = ''] = /^\s*\[([^\]]*)\] =>\s?(.*)$/.exec(line) ?? [];
		const name = rawName?.split(':')[0];
		if (name !== undefined) {
			last = name;
			level.set(name, value);
			continue;
		}
		const before = last === undefined ? undefined : level.get(last);
		if (/^\s*\($/.test(line) && typeof before === 'string' && /^(Array|\w+ Object)$/.test(before)) {
			const inner: Level = new Map();
			level.set(last ?? '', inner);
			open.push(inner);
			last = undefined;
		} else if (/^\s*\)$/.test(line)) {
			open.pop();
			last = undefined;
		} else if (last !== undefined && typeof before === 'string')
			level.set(last, `${before}\n${line}`);
	}
	return open.length > 0 ? undefined : fromFields(jsonOf(root));
}

function jsonOf(level: Level): string {
	const names = [...level.keys()];
	const values = [...level.values()].map((value) =>
		typeof value === 'string' ? JSON.stringify(value) : jsonOf(value),
	);
	if (names.length > 0 && names.every((name, at) => name === String(at)))
		return `[${values.join(',')}]`;
	return `{${names.map((name, at) => `${JSON.stringify(name)}:${values[at]}`).join(',')}}`;
}
