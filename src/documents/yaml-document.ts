import { isNumber, LosslessNumber } from 'lossless-json';
import {
	type Alias,
	type Document,
	type ErrorCode,
	isAlias,
	isMap,
	isPair,
	isScalar,
	isSeq,
	LineCounter,
	type Node,
	parseDocument,
	visit,
	type YAMLParseError,
} from 'yaml';
import { deepest, isTooDeep } from '../model/depth.ts';
import { Problem, type ProblemCode } from '../model/problem.ts';
import type { Value } from '../model/value.ts';
import type { Place } from './json-place.ts';
import { placedProblem } from './placed-problem.ts';
import { segmentsOf } from './pointer.ts';

/** A YAML (or JSON) file: what it says, and where it says it. */
export interface YamlDocument {
	readonly file: string;
	/** As JavaScript has it, for validating. */
	readonly plain: unknown;
	/** With numbers as they are written: `75.50` stays `75.50`. */
	readonly exact: Value;
	/** Of a JSON pointer, or its nearest parent that exists; of the key where one leads there. */
	place(pointer: string): Place;
}

/** @throws Problem of the given code, with file, line and column, where the text is not YAML */
export function readYaml(file: string, text: string, code: ProblemCode): YamlDocument {
	const lines = new LineCounter();
	const document = parseDocument(text.replace(/^\ufeff/, ''), {
		lineCounter: lines,
		prettyErrors: false,
	});
	const at = (offset: number): Place => {
		const { line, col } = lines.linePos(offset);
		return { line: Math.max(1, line), column: Math.max(1, col) };
	};
	const notYaml = (offset: number, what: string): Problem =>
		placedProblem(code, file, at(offset), '', `not YAML (${what})`, 'Mend the file.');
	const [error] = document.errors;
	if (error !== undefined) throw notYaml(error.pos[0], plainWords(error));
	const strange = strangePart(document.contents);
	if (strange !== undefined) throw notYaml(strange.node?.range?.[0] ?? 0, strange.what);
	const nameless = aliasOfNothing(document);
	if (nameless !== undefined)
		throw notYaml(nameless.range?.[0] ?? 0, `the alias *${nameless.source} names nothing`);
	const resolved = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
	const plain = plainOf(file, code, () => document.toJS() as unknown);
	// Aliases make a file deeper than it is written.
	if (isTooDeep(plain)) throw notYaml(0, tooDeep);
	return {
		file,
		plain,
		exact: plainOf(file, code, () => exactOf(document.contents, resolved, [])),
		place: (pointer) => at(offsetOf(document.contents, pointer, resolved)),
	};
}

/** What a person has written, for what the parser stumbles over. */
const words: Readonly<Partial<Record<ErrorCode, string>>> = {
	BAD_INDENT: 'this line is indented more or less than the lines that belong with it',
	BAD_DQ_ESCAPE: 'between double quotes a backslash begins an escape: use single quotes',
	BAD_SCALAR_START: 'a value that begins with this character needs quotes',
	BLOCK_AS_IMPLICIT_KEY: 'there are two colons in this line: put quotes around the value',
	BLOCK_IN_FLOW: 'a list of lines stands within brackets',
	DUPLICATE_KEY: 'this key stands there twice',
	MULTILINE_IMPLICIT_KEY: 'a line without a colon, or quotes that are not closed',
	MULTIPLE_DOCS: 'there is more than one document: keep what is above or below the ---',
	TAB_AS_INDENT: 'this line is indented with a tab: use blanks',
};

function plainWords({ code, message }: YAMLParseError): string {
	const quote = /closing (["'])/.exec(message)?.[1];
	if (quote !== undefined)
		return `a ${quote === '"' ? 'double' : 'single'} quote that is opened is not closed`;
	if (code === 'MISSING_CHAR' && /map values/.test(message)) return 'a line without a colon';
	return words[code] ?? message.replace('Maximum call stack size exceeded', tooDeep);
}

const tooDeep = `nested deeper than ${deepest} levels`;

/** What recursive functions would not come to the end of: too deep, or keys that are lists. */
function strangePart(root: Node | null): { node: Node | null; what: string } | undefined {
	const open: [Node | null, number][] = [[root, 0]];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const [node, depth] = next;
		if (!isMap(node) && !isSeq(node)) continue;
		if (depth >= deepest) return { node, what: tooDeep };
		for (const item of node.items) {
			const pair = isPair(item) ? item : undefined;
			if (pair !== undefined && pair.key !== null && !isScalar(pair.key))
				return { node, what: 'a key is a text, no list, object or alias' };
			open.push([(pair === undefined ? item : pair.value) as Node | null, depth + 1]);
		}
	}
	return undefined;
}

function aliasOfNothing(document: Document): Alias | undefined {
	let found: Alias | undefined;
	visit(document, {
		Alias(_key, node) {
			if (node.resolve(document) !== undefined) return undefined;
			found = node;
			return visit.BREAK;
		},
	});
	return found;
}

/** Aliases that multiply without end are refused by the parser only when they are followed. */
function plainOf<T>(file: string, code: ProblemCode, read: () => T): T {
	try {
		return read();
	} catch (cause) {
		throw new Problem(code, `${file}: not YAML (${(cause as Error).message})`, {
			hint: 'Mend the file.',
			cause,
		});
	}
}

type Resolve = (node: unknown) => unknown;

function exactOf(given: unknown, resolve: Resolve, above: readonly unknown[]): Value {
	const node = resolve(given);
	if (above.includes(node)) throw new Error('an alias stands in what it names');
	const here = isMap(node) || isSeq(node) ? [...above, node] : above;
	if (isMap(node))
		return Object.fromEntries(
			node.items.map(({ key, value }) => [
				String(isScalar(key) ? key.value : key),
				exactOf(value, resolve, here),
			]),
		);
	if (isSeq(node)) return node.items.map((item) => exactOf(item, resolve, here));
	if (!isScalar(node)) return null;
	const { value, source } = node;
	if (typeof value !== 'number' || source === undefined || String(value) === source)
		return (value ?? null) as Value;
	// `0060` and `081234567890` are no numbers to whoever wrote them.
	return isNumber(source) ? new LosslessNumber(source) : source;
}

function offsetOf(root: Node | null, pointer: string, resolve: Resolve): number {
	let offset = root?.range?.[0] ?? 0;
	let node: unknown = root;
	for (const segment of segmentsOf(pointer)) {
		const inside = resolve(node);
		if (isMap(inside)) {
			const pair = inside.items.find(
				({ key }) => String(isScalar(key) ? key.value : key) === segment,
			);
			if (pair === undefined) break;
			offset = (pair.key as Node | null)?.range?.[0] ?? offset;
			node = pair.value;
		} else if (isSeq(inside)) {
			node = inside.items[Number(segment)];
			if (node === undefined) break;
			offset = (node as Node).range?.[0] ?? offset;
		} else break;
	}
	return offset;
}
