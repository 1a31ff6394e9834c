import { isNumber, LosslessNumber } from 'lossless-json';
import {
	type Alias,
	isAlias,
	isMap,
	isPair,
	isScalar,
	isSeq,
	type Node,
	type Pair,
	type Scalar,
	type YAMLMap,
} from 'yaml';
import { deepest } from '../model/depth.ts';
import type { Value } from '../model/value.ts';
import { pointerKeys } from './pointer.ts';

/** What a file cannot be read for, and where: in UTF-16 units from its beginning. */
export class NotYaml extends Error {
	override name = 'NotYaml';
	readonly offset: number;

	constructor(offset: number, message: string) {
		super(message);
		this.offset = offset;
	}
}

export const tooDeep = `nested deeper than ${deepest} levels`;

/** Aliases multiply: each part counts as often as it is named. */
const most = 100_000;

/** What each alias names. */
export type Named = ReadonlyMap<unknown, Node>;

/**
 * In one walk that does not call itself, in the order of the file.
 * @throws NotYaml for what recursive functions would not come to the end of, a key that is a list
 * or stands there twice, and an alias that names nothing
 */
export function namedIn(root: Node | null): Named {
	const named = new Map<unknown, Node>();
	const anchored = new Map<string, Node>();
	const open: [unknown, number][] = [[root, 0]];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const [node, depth] = next;
		if (isAlias(node)) {
			named.set(node, anchored.get(node.source) ?? nameless(node));
			continue;
		}
		const { anchor } = (node ?? {}) as { anchor?: string };
		if (anchor !== undefined) anchored.set(anchor, node as Node);
		if (!isMap(node) && !isSeq(node)) continue;
		if (depth >= deepest) throw new NotYaml(offsetIn(node), tooDeep);
		if (isMap(node)) refuseKeys(node);
		for (const item of node.items.toReversed()) {
			open.push([isPair(item) ? item.value : item, depth + 1]);
			if (isPair(item)) open.push([item.key, depth + 1]);
		}
	}
	return named;
}

function nameless(alias: Alias): never {
	throw new NotYaml(offsetIn(alias), `the alias *${alias.source} names nothing`);
}

function refuseKeys(map: YAMLMap): void {
	const seen = new Set<string>();
	for (const { key } of map.items) {
		if (key !== null && !isScalar(key))
			throw new NotYaml(offsetIn(map), 'a key is a text, no list, object or alias');
		if (seen.has(keyText(key)))
			throw new NotYaml(offsetIn(key ?? map), 'this key stands there twice');
		seen.add(keyText(key));
	}
}

/** @throws NotYaml where aliases make it too deep, too large, or endless */
export function valueIn(root: Node | null, named: Named, scalar: (node: Scalar) => Value): Value {
	let count = 0;
	const inside = (given: unknown, above: readonly unknown[]): Value => {
		const node = isAlias(given) ? named.get(given) : given;
		count++;
		if (count > most) throw new NotYaml(0, `more than ${most} values, those of aliases included`);
		if (!isMap(node) && !isSeq(node)) return isScalar(node) ? scalar(node) : null;
		if (above.includes(node)) throw new NotYaml(0, 'an alias stands in what it names');
		if (above.length >= deepest) throw new NotYaml(0, tooDeep);
		const here = [...above, node];
		if (isSeq(node)) return node.items.map((item) => inside(item, here));
		return Object.fromEntries(
			node.items.map(({ key, value }) => [keyText(key), inside(value, here)]),
		);
	};
	return inside(root, []);
}

/** With numbers as they are written: `75.50` stays `75.50`. */
export function exactOf({ value, source }: Scalar): Value {
	if (typeof value !== 'number' || source === undefined || String(value) === source)
		return (value ?? null) as Value;
	// `0060` and `081234567890` are no numbers to whoever wrote them.
	return isNumber(source) ? new LosslessNumber(source) : source;
}

/** Of a JSON pointer, or its nearest parent that exists; of the key where one leads there. */
export function offsetOf(root: Node | null, pointer: string, named: Named): number {
	let offset = root === null ? 0 : offsetIn(root);
	let node: unknown = root;
	for (const segment of pointerKeys(pointer)) {
		const inside = isAlias(node) ? named.get(node) : node;
		if (isMap(inside)) {
			const pair = pairsOf(inside).get(segment);
			if (pair === undefined) break;
			offset = offsetIn(pair.key, offset);
			node = pair.value;
		} else if (isSeq(inside)) {
			node = inside.items[Number(segment)];
			if (node === undefined) break;
			offset = offsetIn(node, offset);
		} else break;
	}
	return offset;
}

/** Looked for one by one, the keys of a large object would cost the square of their number. */
function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
	const pairs = known.get(map) ?? new Map(map.items.map((pair) => [keyText(pair.key), pair]));
	known.set(map, pairs);
	return pairs;
}

const known = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

const offsetIn = (node: unknown, otherwise = 0): number =>
	(node as Node | null)?.range?.[0] ?? otherwise;

const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key);
