import { deepest } from '../../model/depth.ts';
import type { Received } from '../received.ts';
import { fromFields } from './fields.ts';

/** PHP's `var_dump` of an array or an object: every text has its length in bytes before it. */
export function varDump(text: string): Received[] | undefined {
	const start = /(?:array|object)\([^)\n]*\)[^{\n]{0,40}\{\s*\n\s*\["?/.exec(text);
	if (start === null) return undefined;
	// One character a byte, so that the lengths fit.
	const reader = new Reader(Buffer.from(text.slice(start.index)).toString('latin1'));
	const json = reader.value(0);
	return json === undefined ? undefined : fromFields(json);
}

class Reader {
	readonly #text: string;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	/** JSON of the value that stands here; undefined for what is none. */
	value(depth: number): string | undefined {
		if (depth > deepest) return undefined;
		this.#take(/\s*/y);
		const [, size] = this.#take(/string\((\d+)\) "/y) ?? [];
		if (size !== undefined) {
			const bytes = this.#text.slice(this.#at, this.#at + Number(size));
			this.#at += Number(size) + 1;
			return JSON.stringify(Buffer.from(bytes, 'latin1').toString('utf8'));
		}
		const scalar = this.#take(/(?:int|float|bool)\((-?[\d.eE+-]+|true|false)\)|NULL/y);
		if (scalar !== null) return scalar[1] ?? 'null';
		const head = this.#take(/(?:array|object)\([^)\n]*\)[^{\n]{0,40}\{/y);
		return head === null ? undefined : this.#entries(depth);
	}

	#entries(depth: number): string | undefined {
		const entries: [string, string][] = [];
		for (;;) {
			if (this.#take(/\s*\}/y) !== null) return objectOrList(entries);
			const [, quoted, number] = this.#take(/\s*\[(?:"([^"]*)"[^\]]*|(\d+))\]=>/y) ?? [];
			const key = quoted ?? number;
			const value = key === undefined ? undefined : this.value(depth + 1);
			if (key === undefined || value === undefined) return undefined;
			entries.push([key, value]);
		}
	}

	#take(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.#text);
		if (found !== null) this.#at += found[0].length;
		return found;
	}
}

function objectOrList(entries: readonly [string, string][]): string {
	if (entries.length > 0 && entries.every(([key], at) => key === String(at)))
		return `[${entries.map(([, value]) => value).join(',')}]`;
	const named = entries.map(([key, value]) => {
		const name = Buffer.from(key, 'latin1').toString('utf8');
		return `${JSON.stringify(name)}:${value}`;
	});
	return `{${named.join(',')}}`;
}
