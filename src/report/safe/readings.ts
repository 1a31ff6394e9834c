import { entities } from './entities.ts';

/** One way to read a text at a place: a character, and where the next one begins. */
export interface Reading {
	readonly code: number;
	readonly end: number;
	/** How many times it was encoded: `&quot;` once, `&amp;quot;` twice. */
	readonly depth: number;
}

/** JSON in JSON in a page: whoever encodes more often has something to hide. */
const deepest = 3;

/**
 * All ways to read a text, place by place: as it stands, and as whatever it may be the encoding of
 * (JSON and other backslashes, percent signs, HTML, UTF-8 seen as Latin-1, shell quotes), each
 * inside of the others. Undefined where a character stands for itself alone.
 *
 * The work is linear: what can be read at a place is made of what can be read behind it, and is
 * limited in depth.
 */
export class Readings {
	readonly text: string;
	readonly #at: (readonly Reading[] | undefined)[];

	constructor(text: string) {
		this.text = text;
		this.#at = new Array(text.length);
		for (let at = text.length - 1; at >= 0; at--)
			if (isHead(text.charCodeAt(at))) this.#at[at] = this.#allAt(at);
	}

	/** More than the character itself, or undefined. */
	at(at: number): readonly Reading[] | undefined {
		return this.#at[at];
	}

	/** Whether a character stands there, for itself alone. */
	isPlain(at: number): boolean {
		return at < this.text.length && this.#at[at] === undefined;
	}

	#allAt(at: number): Reading[] | undefined {
		const found: Reading[] = [{ code: this.text.charCodeAt(at), end: at + 1, depth: 0 }];
		// It grows while it is gone through: what was read may be the head of an escape itself.
		for (const head of found) {
			if (head.depth === deepest || !isHead(head.code)) continue;
			for (const read of this.#behind(head)) {
				const one = { ...read, depth: read.depth + 1 };
				if (one.depth <= deepest && !found.some((other) => isAtLeast(other, one))) found.push(one);
			}
		}
		return found.length === 1 ? undefined : found;
	}

	/** What an escape with this head stands for; its depth is that of its parts. */
	#behind(head: Reading): Reading[] {
		switch (head.code) {
			case backslash:
				return [
					...this.#numbers(head, backslashed),
					...this.#letters(head),
					...this.#punctuation(head),
				];
			case percent:
				return this.#numbers(head, percented);
			case ampersand:
				return this.#entity(head);
			case plus:
				return [{ ...head, code: space }];
			case quote:
				return head.depth > 0 ? [] : this.#shellQuote(head);
			default:
				return head.code >= highSurrogate ? this.#pair(head) : this.#utf8(head);
		}
	}

	/** The readings of one character, itself among them. */
	#read(at: number): readonly Reading[] {
		const all = this.#at[at];
		if (all !== undefined) return all;
		return at < this.text.length ? [{ code: this.text.charCodeAt(at), end: at + 1, depth: 0 }] : [];
	}

	#numbers(head: Reading, pattern: RegExp): Reading[] {
		pattern.lastIndex = head.end;
		const digits = pattern
			.exec(this.text)
			?.slice(1)
			.find((group) => group !== undefined);
		if (digits === undefined) return [];
		return [{ code: Number.parseInt(digits, 16), end: pattern.lastIndex, depth: head.depth }];
	}

	#letters(head: Reading): Reading[] {
		const code = controls.get(this.text[head.end] ?? '');
		return code === undefined ? [] : [{ code, end: head.end + 1, depth: head.depth }];
	}

	#punctuation(head: Reading): Reading[] {
		return (
			this.#read(head.end)
				.filter(({ code }) => code > space && code < 0x7f && !isWord(code))
				// Two backslashes are encoded alike: 2, 4 or 8 of them are one.
				.filter(({ code, depth }) => code !== backslash || depth === head.depth)
				.map((read) => behind(head, read))
		);
	}

	/** `&name;`, `&#39;`, `&#x27;`, of which the signs may be encoded themselves. */
	#entity(head: Reading): Reading[] {
		named.lastIndex = head.end;
		const code = entities.get(named.exec(this.text)?.[0] ?? '');
		const byName = code === undefined ? [] : this.#through({ ...head, end: named.lastIndex }, ';');
		const byNumber = this.#through(head, '#').flatMap((sign) => {
			numbered.lastIndex = sign.end;
			const [digits = '', hex] = numbered.exec(this.text) ?? [];
			const number = Number.parseInt(hex ?? digits, hex === undefined ? 10 : 16);
			if (!(number <= 0x10ffff)) return [];
			return this.#through({ ...sign, end: numbered.lastIndex }, ';').map((end) => ({
				...end,
				code: number,
			}));
		});
		return [...byName.map((end) => ({ ...end, code: code ?? 0 })), ...byNumber];
	}

	/** How a quote stands inside quotes; also in JSON. */
	#shellQuote(head: Reading): Reading[] {
		const rest = shellQuotes.find((one) => this.text.startsWith(one, head.end));
		return rest === undefined ? [] : [{ ...head, end: head.end + rest.length }];
	}

	#utf8(lead: Reading): Reading[] {
		const { code } = lead;
		const length = leadLength(code);
		let found: Reading[] = [{ ...lead, code: code & (0xff >> (length + 1)) }];
		for (let more = 1; more < length; more++)
			found = found.flatMap((one) =>
				this.#read(one.end)
					.filter((next) => next.code >= 0x80 && next.code < 0xc0)
					.map((next) => ({ ...behind(one, next), code: (one.code << 6) | (next.code & 0x3f) })),
			);
		return found;
	}

	#pair(high: Reading): Reading[] {
		return this.#read(high.end)
			.filter(({ code }) => code >= 0xdc00 && code < 0xe000)
			.map((low) => ({
				...behind(high, low),
				code: 0x10000 + ((high.code - highSurrogate) << 10) + (low.code - 0xdc00),
			}));
	}

	/** Where these characters end behind the head, each read in any way. The code is the head's. */
	#through(head: Reading, rest: string): Reading[] {
		let found: Reading[] = [head];
		for (const character of rest) {
			if (found.length === 0) break;
			found = found.flatMap((one) =>
				this.#read(one.end)
					.filter(({ code }) => code === character.charCodeAt(0))
					.map((next) => ({ ...behind(one, next), code: head.code })),
			);
		}
		return found;
	}
}

/** The same, not encoded more often: what is made of it can be encoded once more. */
const isAtLeast = (one: Reading, other: Reading): boolean =>
	one.code === other.code && one.end === other.end && one.depth <= other.depth;

const behind = (first: Reading, next: Reading): Reading => ({
	code: next.code,
	end: next.end,
	depth: Math.max(first.depth, next.depth),
});

const [backslash, percent, ampersand, plus, quote, space] = [92, 37, 38, 43, 39, 32];
const highSurrogate = 0xd800;

/** `\u00fc`, `\u{fc}`, `\xfc`, and Python's eight digits. */
const backslashed =
	/u([\da-fA-F]{4})|u\{0{0,4}([\da-fA-F]{1,6})\}|x([\da-fA-F]{2})|U00([\da-fA-F]{6})/y;
const percented = /([\da-f]{2})|u([\da-f]{4})/iy;
const named = /[A-Za-z][A-Za-z\d]{1,16}/y;
const numbered = /[xX]0{0,8}([\da-fA-F]{1,6})|0{0,8}\d{1,7}/y;
const shellQuotes = ["\\''", "\\\\''", `"'"'`, `\\"'\\"'`];
const controls = new Map(
	[...'bfnrtv0ea'].map((letter, at) => [letter, [8, 12, 10, 13, 9, 11, 0, 27, 7][at] ?? 0]),
);

function isWord(code: number): boolean {
	return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** How many bytes a character of UTF-8 has that begins with this one; 0 where none does. */
function leadLength(code: number): 0 | 2 | 3 | 4 {
	if (code < 0xc2 || code > 0xf4) return 0;
	if (code < 0xe0) return 2;
	return code < 0xf0 ? 3 : 4;
}

/** Whether a character may begin something that stands for another one. */
function isHead(code: number): boolean {
	if (code === backslash || code === percent || code === ampersand || code === plus) return true;
	if (code === quote) return true;
	return leadLength(code) > 0 || (code >= highSurrogate && code < 0xdc00);
}
