import { deepest } from '../../model/depth.ts';

/**
 * The JSON of a literal of Python, JavaScript, Ruby or PHP at the start of a text; undefined where
 * there is none, or where it is cut short. Numbers stay as they are written.
 * @param whole whether nothing else may follow it but what closes a call
 */
export function literalJson(text: string, whole = false): string | undefined {
	const reader = new Reader(text);
	const json = reader.value(0);
	if (json === undefined || !/^[{[]/.test(json)) return undefined;
	return whole && !/^[\s)>;,]*(permitted: \w+>)?\s*$/.test(text.slice(reader.at))
		? undefined
		: unpacked(json);
}

const words: Readonly<Record<string, string>> = {
	true: 'true',
	false: 'false',
	none: 'null',
	null: 'null',
	nil: 'null',
	undefined: 'null',
};

const brackets: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

class Reader {
	at = 0;
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	/** JSON of the value that stands here. */
	value(depth: number): string | undefined {
		if (depth > deepest) return undefined;
		this.#take(
			/\s*(?:\[Object: null prototype\]\s*|(?:\(object\)\s*)?array(?::\d+)?\s*(?=[[(])|\w+\(\s*(?=[{[]))?/y,
		);
		const [opening] = this.#take(/[{[(]/y) ?? [];
		if (opening !== undefined) return this.#entries(brackets[opening] ?? '', depth);
		const quoted = this.#string();
		if (quoted !== undefined) return quoted;
		const number = this.#take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?n?(?![\w.])/y);
		if (number !== null) return number[0].replace('n', '');
		const [word = ''] = this.#take(/[A-Za-z]+\b/y) ?? [];
		return words[word.toLowerCase()];
	}

	#entries(closing: string, depth: number): string | undefined {
		const items: string[] = [];
		const names: string[] = [];
		// Laravel says there where it was dumped.
		this.#take(/\s*[▶▼]?(?:\s*#\d+)?(?:[ \t]*\/\/[^\n]*)?/y);
		for (;;) {
			this.#take(/\s*,?\s*/y);
			if (this.#text[this.at] === closing) {
				this.at++;
				return written(names, items, closing);
			}
			const name = this.#name();
			const item = this.value(depth + 1);
			if (item === undefined || (name === undefined && items.length !== 0 && names.length !== 0))
				return undefined;
			if (name !== undefined) names.push(name);
			items.push(item);
			if (!/[,\s\]})]/.test(this.#text[this.at] ?? '')) return undefined;
		}
	}

	/** A key with what stands behind it: `:`, `=>`. */
	#name(): string | undefined {
		const start = this.at;
		const quoted = this.#string();
		const bare = quoted === undefined ? this.#take(/:?([\w$-]+)/y)?.[1] : undefined;
		const key = quoted ?? (bare === undefined ? undefined : JSON.stringify(bare));
		if (key !== undefined && this.#take(/\s*(?:=>|:)\s*/y) !== null) return key;
		this.at = start;
		return undefined;
	}

	#string(): string | undefined {
		const found = this.#take(
			/(?:[bu]?'((?:[^'\\]|\\[\s\S])*)'|[bu]?"((?:[^"\\]|\\[\s\S])*)"|`((?:[^`\\]|\\[\s\S])*)`)/y,
		);
		if (found === null) return undefined;
		const text = unescaped(found[1] ?? found[2] ?? found[3] ?? '');
		// Node broke long texts with a plus.
		const more = this.#take(/\s*\+\s*(?=['"])/y) === null ? undefined : this.#string();
		return more === undefined
			? JSON.stringify(text)
			: JSON.stringify(text + (JSON.parse(more) as string));
	}

	#take(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.#text);
		if (found !== null) this.at += found[0].length;
		return found;
	}
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescaped(text: string): string {
	return text.replace(
		/\\(?:u\{?([0-9a-fA-F]{4,6})\}?|x([0-9a-fA-F]{2})|([\s\S]))/g,
		(_all, unicode, hex, letter) => {
			const code: string | undefined = unicode ?? hex;
			if (code === undefined) return escapes[letter as string] ?? (letter as string);
			return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
		},
	);
}

function written(names: readonly string[], items: readonly string[], closing: string): string {
	if (items.length === 0) return closing === '}' ? '{}' : '[]';
	if (names.length === 0) return `[${items.join(',')}]`;
	return `{${names.map((name, at) => `${name}:${items[at]}`).join(',')}}`;
}

/** Frameworks keep lists of values, or of pairs: the last one counts, as it does in PHP. */
function unpacked(json: string): string {
	const value = JSON.parse(json) as unknown;
	if (Array.isArray(value)) {
		const isPairs =
			value.length > 0 && value.every((pair) => Array.isArray(pair) && pair.length === 2);
		return isPairs ? JSON.stringify(Object.fromEntries(value as [string, unknown][])) : json;
	}
	const lists = Object.entries(value as Record<string, unknown>);
	const isMulti =
		lists.length > 1 &&
		lists.every(
			([, list]) =>
				Array.isArray(list) && list.length > 0 && list.every((one) => typeof one === 'string'),
		);
	if (!isMulti) return json;
	return JSON.stringify(
		Object.fromEntries(lists.map(([name, list]) => [name, (list as string[]).at(-1)])),
	);
}
