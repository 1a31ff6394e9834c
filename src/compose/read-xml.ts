import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { deepest } from '../model/depth.ts';
import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import { isObject, type Value } from '../model/value.ts';
import { type Told, told } from '../model/words.ts';

/**
 * XML as objects of its elements. Every value stays the text it is: "007" must not become 7.
 * @throws Problem `body-invalid` for what is no XML, and for what only attacks are made of
 */
export function readXml(text: string, what: Told): Value {
	const refuse = (why: string, cause?: unknown): Problem =>
		new Problem('body-invalid', (say) => `${told(what, say)}${why}`, {
			hint: (say) => `Fix the XML, or use ${say('rawBody')}.`,
			cause,
		});
	// No provider sends a document type; it is what entity bombs are made of.
	if (/<!DOCTYPE/i.test(text)) throw refuse(' has a document type, which no provider sends');
	try {
		const valid = XMLValidator.validate(text);
		if (valid !== true) throw refuse(` line ${valid.err.line}: ${valid.err.msg}`);
		const parser = new XMLParser({
			parseTagValue: false,
			trimValues: false,
			ignoreDeclaration: true,
			ignorePiTags: true,
			maxNestedTags: deepest,
			processEntities: false,
			tagValueProcessor: (_name, value) => withoutReferences(value, refuse),
		});
		return withoutBlankText(parser.parse(plainText(text)) as Value);
	} catch (error) {
		if (error instanceof Problem) throw error;
		// The parser refuses names, depths and entities that it takes for attacks.
		throw refuse(`: not readable XML (${(error as Error).message})`, error);
	}
}

/** Comments left out, and CDATA sections escaped as other text is. */
const plainText = (xml: string): string =>
	xml.replace(/<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>/g, (_all, inside?: string) =>
		(inside ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
	);

const named: Readonly<Record<string, string>> = {
	...{ amp: '&', lt: '<', gt: '>' },
	...{ quot: '"', apos: "'" },
};

/** `&#39;`, `&#x27;` and the five names that XML has without a document type. */
function withoutReferences(text: string, refuse: (why: string) => Problem): string {
	return text.replace(/&(?:#(\d+)|#x([\da-f]+)|([^;]*));/gi, (all, decimal, hex, name) => {
		const code =
			name === undefined ? Number.parseInt(decimal ?? hex, decimal ? 10 : 16) : Number.NaN;
		const isCharacter =
			[9, 10, 13].includes(code) ||
			(code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff));
		const character = isCharacter ? String.fromCodePoint(code) : own(named, name ?? '');
		if (character === undefined) throw refuse(`: ${all} stands for no character of XML`);
		return character;
	});
}

/** Line breaks between elements are no text of theirs. */
function withoutBlankText(value: Value): Value {
	if (Array.isArray(value)) return (value as readonly Value[]).map(withoutBlankText);
	if (!isObject(value)) return value;
	const entries = Object.entries(value).filter(([key]) => key !== '#text');
	return Object.fromEntries(entries.map(([key, inner]) => [key, withoutBlankText(inner)]));
}
