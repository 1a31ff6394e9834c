import { indentedJson } from './indented-json.ts';
import { lineDiff } from './line-diff.ts';
import { html, type Markup } from './markup.ts';

/**
 * Two texts for reading side by side: JSON is indented, and the lines that the other one does not
 * have are marked. Where either is no JSON, both stay as they are.
 */
export function sideBySide(left: string, right: string): readonly [Markup, Markup] {
	const [one, other] = [linesOf(left), linesOf(right)];
	if (one === undefined || other === undefined) return [html`${left}`, html`${right}`];
	return [marked(one, other), marked(other, one)];
}

/** One text with what stands in the first alone, and what stands in the second alone. */
export function whatChanged(before: string, after: string): Markup {
	const [one, other] = [before, after].map((text) =>
		text === '' ? [] : (linesOf(text) ?? text.split('\n')),
	);
	return html`${lineDiff(one ?? [], other ?? []).map(([where, line]) => {
		if (where === 'both') return html`${`  ${line}\n`}`;
		return where === 'before'
			? html`<del>${`- ${line}\n`}</del>`
			: html`<ins>${`+ ${line}\n`}</ins>`;
	})}`;
}

const linesOf = (text: string): readonly string[] | undefined => indentedJson(text)?.split('\n');

/** A comma says that more follows, not that the value is another one. */
const value = (line: string): string => line.trim().replace(/,$/, '');

function marked(lines: readonly string[], others: readonly string[]): Markup {
	const known = new Set(others.map(value));
	const shown = lines.map((line, at) => {
		const end = at < lines.length - 1 && '\n';
		return known.has(value(line)) ? html`${line}${end}` : html`<mark>${line}</mark>${end}`;
	});
	return html`${shown}`;
}
