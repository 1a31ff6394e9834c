import { createHash } from 'node:crypto';
import type { Random } from '../model/clock.ts';
import { partsOf } from '../model/template.ts';

/** Characters that one placeholder of a template draws, such as `${digits:4}`. */
interface Draw {
	readonly path: string;
	/** What is drawn from, one letter a character code. */
	readonly letters: Uint8Array;
	readonly count: number;
	/** Where its characters stand among those of the callback. */
	readonly from: number;
	/** A number must not begin with a zero: it would be shorter. */
	readonly first: 0 | 1;
	/** Of the letters at the end that no two callbacks in `period` share. */
	readonly own: number;
	readonly period: number;
}

const codes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const lettersOf: Readonly<Record<string, Uint8Array>> = {
	digits: codes(alphabet.slice(0, 10)),
	base62: codes(alphabet),
	hex: codes('0123456789abcdef'),
	variant: codes('89ab'),
};

/** Steps stay below this, and callbacks below 2 ** 28, so that their product is exact. */
const longestStep = 2 ** 24;

/**
 * What the n-th callback of a burst draws, by its number alone: nothing is kept, and any callback
 * can be made at any time. Each draw walks through its numbers in steps that meet every one of them
 * before one returns, so that ids differ however short they are.
 */
export class Draws {
	/** Characters that a callback draws in all. */
	readonly size: number;
	readonly #draws: readonly Draw[];
	readonly #seed: string;
	readonly #walks = new Map<string, { readonly start: number; readonly step: number }[]>();
	/** What composing draws a path's characters under. */
	readonly #names = new Map<string, string>();

	/** @param templates path → template, of what is made anew */
	constructor(templates: Readonly<Record<string, string>>, seed: string) {
		const draws: Draw[] = [];
		let from = 0;
		for (const [path, template] of Object.entries(templates)) {
			for (const [at, part] of partsOf(template).entries()) {
				for (const [kind, count] of 'source' in part ? drawn(part.source) : []) {
					const letters = lettersOf[kind] ?? new Uint8Array();
					const first = at === 0 && kind === 'digits' ? 1 : 0;
					const own = Math.min(count, Math.floor(Math.log(2 ** 28) / Math.log(letters.length)));
					const most = letters.length ** own;
					const period = own === count && first === 1 ? most - most / letters.length : most;
					draws.push({ path, letters, count, from, first, own, period });
					from += count;
				}
			}
		}
		this.#draws = draws;
		this.#seed = seed;
		this.size = from;
	}

	/** How many callbacks in a row draw something of their own under a path. */
	periodOf(path: string): number {
		const periods = this.#draws.filter((draw) => draw.path === path).map(({ period }) => period);
		return Math.max(1, ...periods);
	}

	/** The characters of the n-th callback, as codes, into `into`. */
	write(n: number, into: Uint8Array): void {
		for (const draw of this.#draws) {
			const { letters, count, from, first, own, period } = draw;
			const { start, step } = this.#walkOf(draw);
			const base = letters.length;
			// Below 2 ** 28: whole numbers are divided several times faster than others.
			let value = ((start + step * n) % period) | 0;
			if (first === 1 && own === count) value = (value + base ** own - period) | 0;
			for (let at = count - 1; at >= count - own; at--) {
				const rest = (value / base) | 0;
				into[from + at] = letters[value - rest * base] as number;
				value = rest;
			}
			if (own === count) continue;
			let mixed = spread(start ^ Math.imul(n, 0x9e3779b1));
			for (let at = count - own - 1; at >= 0; at--) {
				mixed = spread(mixed + at);
				const low = at === 0 ? first : 0;
				into[from + at] = letters[low + ((mixed >>> 8) % (base - low))] ?? 0;
			}
		}
	}

	/** Another character that could stand at that place. */
	other(at: number, code: number): number {
		const draw = this.#draws.find(({ from, count }) => at >= from && at < from + count);
		const letters = draw?.letters ?? new Uint8Array();
		const next = letters[(letters.indexOf(code) + 1) % letters.length] ?? code;
		return next === letters[0] ? (letters[1] ?? code) : next;
	}

	/**
	 * The same characters as a source that composing draws from.
	 * @param characters of one callback
	 */
	random(characters: Uint8Array): Random {
		let count = 0;
		return {
			// What no template names is drawn once for all.
			bytes: (size) =>
				createHash('sha512').update(`${this.#seed}:${count++}`).digest().subarray(0, size),
			of: (name) => {
				const path = name.replace(/^attempt \d+ /, '');
				if (this.#names.get(path) !== name) {
					this.#names.set(path, name);
					this.#walks.clear();
				}
				const draws = this.#draws.filter((draw) => draw.path === path).values();
				return {
					bytes(size) {
						const { value: draw } = draws.next();
						if (draw?.count !== size) throw new Error(`${path} draws otherwise than its template`);
						return Uint8Array.from(characters.subarray(draw.from, draw.from + size), (code) =>
							draw.letters.indexOf(code),
						);
					},
				};
			},
		};
	}

	#walkOf({ path, from, period }: Draw) {
		const known = this.#walks.get(path) ?? [];
		this.#walks.set(path, known);
		let walk = known[from];
		if (walk === undefined) {
			const name = this.#names.get(path) ?? path;
			const hash = createHash('sha256').update(`${this.#seed}:${name}:${from}`).digest();
			let step = (hash.readUInt32BE(0) % Math.min(period, longestStep)) | 1;
			while (commonDivisor(step, period) > 1) step += 2;
			walk = { start: hash.readUInt32BE(4) % period, step };
			known[from] = walk;
		}
		return walk;
	}
}

/** A placeholder's draws, in the order in which composing makes them. */
function drawn(source: string): [kind: string, count: number][] {
	const [kind = '', count] = source.split(':');
	if (source === 'uuid')
		return [
			['hex', 32],
			['variant', 1],
		];
	return ['digits', 'base62', 'hex'].includes(kind) ? [[kind, Number(count)]] : [];
}

function commonDivisor(a: number, b: number): number {
	return b === 0 ? a : commonDivisor(b, a % b);
}

/** Spreads every bit over 32. */
export function spread(value: number): number {
	let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
	bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
	return (bits ^ (bits >>> 16)) >>> 0;
}
