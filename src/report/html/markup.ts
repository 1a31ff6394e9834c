import { printable, safeJson } from '../safe/escape.ts';

/** Text that is markup already. Nothing else gets into the page without being escaped. */
export interface Markup {
	readonly markup: string;
}

export type Child = Markup | string | number | undefined | false | readonly Child[];

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/**
 * A template whose values are escaped, for text and for quoted attributes alike. Line breaks and
 * indentation of the template itself are dropped: there are thousands of rows.
 */
export function html(template: TemplateStringsArray, ...values: readonly Child[]): Markup {
	const markup = template.reduce((text, part, at) => {
		const value = at === 0 ? '' : childText(values[at - 1]);
		return `${text}${value}${part.replace(/\n\t*/g, '')}`;
	}, '');
	return { markup };
}

function childText(value: Child): string {
	if (value === undefined || value === false) return '';
	if (typeof value === 'string') return escaped(value);
	if (typeof value === 'number') return String(value);
	return 'markup' in value ? value.markup : value.map(childText).join('');
}

const escaped = (text: string): string =>
	printable(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** For text that is ours and no one else's: style, scripts, drawings. */
export const trusted = (markup: string): Markup => ({ markup });

/**
 * Data for the page's script, as a block that no browser runs: a line for each entry, its key
 * before it. The texts in it may be looked at as they are.
 * @param entries - keys without blanks
 */
export function embedded(
	id: string,
	entries: readonly (readonly [key: string, data: unknown])[],
): Markup {
	const lines = entries.map(([key, data]) => `${key} ${inert(safeJson(spelledOut(data)))}`);
	return { markup: `<script type="text/plain" id="${id}">${lines.join('\n')}</script>` };
}

/** JSON in which no character means anything to a parser of HTML. */
const inert = (json: string): string =>
	json.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);

function spelledOut(data: unknown): unknown {
	if (typeof data === 'string') return printable(data);
	if (Array.isArray(data)) return data.map(spelledOut);
	if (typeof data !== 'object' || data === null) return data;
	return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, spelledOut(value)]));
}
