import {
	Composer,
	CST,
	type Document,
	type ErrorCode,
	Lexer,
	LineCounter,
	Parser,
	type YAMLParseError,
} from 'yaml';
import type { ProblemCode } from '../model/problem.ts';
import type { Value } from '../model/value.ts';
import type { Place } from './json-place.ts';
import { placedProblem } from './placed-problem.ts';
import { exactOf, NotYaml, namedIn, offsetOf, tooDeep, valueIn } from './yaml-nodes.ts';

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

/** In UTF-16 units. What a person writes has a thousandth of it. */
const longest = 1 << 20;

/** @throws Problem of the given code, with file, line and column, where the text is not YAML */
export function readYaml(file: string, text: string, code: ProblemCode): YamlDocument {
	const lines = new LineCounter();
	const at = (offset: number): Place => {
		const { line, col } = lines.linePos(offset);
		return { line: Math.max(1, line), column: Math.max(1, col) };
	};
	try {
		if (text.length > longest) throw new NotYaml(0, `longer than ${longest} characters`);
		const { contents } = parsed(text.replace(/^\ufeff/, ''), lines);
		const named = namedIn(contents);
		return {
			file,
			plain: valueIn(contents, named, ({ value }) => value as Value),
			exact: valueIn(contents, named, exactOf),
			place: (pointer) => at(offsetOf(contents, pointer, named)),
		};
	} catch (error) {
		if (!(error instanceof NotYaml)) throw error;
		const what = `not YAML (${error.message})`;
		throw placedProblem(code, file, at(error.offset), '', what, 'Mend the file.');
	}
}

function parsed(text: string, lines: LineCounter): Document {
	const [document, more] = new Composer({ uniqueKeys: false }).compose(
		tokensOf(text, lines),
		true,
		text.length,
	);
	if (document === undefined) throw new Error('the parser always ends with a document');
	const [error] = document.errors;
	if (error !== undefined) throw new NotYaml(error.pos[0], plainWords(error));
	if (more !== undefined) throw new NotYaml(more.range[0], severalDocuments);
	return document;
}

/** Tags and anchors in a row cost the parser the square of their number. */
function* tokensOf(text: string, lines: LineCounter) {
	const parser = new Parser(lines.addNewLine);
	lines.addNewLine(0);
	let inRow = 0;
	let offset = 0;
	for (const lexeme of new Lexer().lex(text)) {
		const type = CST.tokenType(lexeme);
		if (type === 'anchor' || type === 'tag') inRow++;
		else if (type !== 'space' && type !== 'newline' && type !== 'comment') inRow = 0;
		// Those of an object, and those of its first key.
		if (inRow > 4) throw new NotYaml(offset, 'a value has one anchor and one tag');
		yield* parser.next(lexeme);
		offset = parser.offset;
	}
	yield* parser.end();
}

/** What a person has written, for what the parser stumbles over. */
const words: Readonly<Partial<Record<ErrorCode, string>>> = {
	BAD_INDENT: 'this line is indented more or less than the lines that belong with it',
	BAD_DQ_ESCAPE: 'between double quotes a backslash begins an escape: use single quotes',
	BAD_SCALAR_START: 'a value that begins with this character needs quotes',
	BLOCK_AS_IMPLICIT_KEY: 'there are two colons in this line: put quotes around the value',
	BLOCK_IN_FLOW: 'a list of lines stands within brackets',
	MULTILINE_IMPLICIT_KEY: 'a line without a colon, or quotes that are not closed',
	TAB_AS_INDENT: 'this line is indented with a tab: use blanks',
};

const severalDocuments = 'there is more than one document: keep what is above or below the ---';

function plainWords({ code, message }: YAMLParseError): string {
	const quote = /closing (["'])/.exec(message)?.[1];
	if (quote !== undefined)
		return `a ${quote === '"' ? 'double' : 'single'} quote that is opened is not closed`;
	const bracket = /^Flow .* end with a (.)/.exec(message)?.[1];
	if (bracket !== undefined)
		return `a bracket is not closed: ${bracket} is missing above this line`;
	if (code === 'MISSING_CHAR' && /without - indicator/.test(message)) return words.BAD_INDENT ?? '';
	if (code === 'MISSING_CHAR' && /map values/.test(message)) return 'a line without a colon';
	return words[code] ?? message.replace('Maximum call stack size exceeded', tooDeep);
}
