const token = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/** Deeper, the indentation would be longer than the text by orders of magnitude. */
const deepest = 40;

/**
 * JSON with a line for each value, every token as it was sent: `60.00`, twenty digits.
 * @returns undefined for text that is no JSON object or array, or one that is nested too deeply
 */
export function indentedJson(text: string): string | undefined {
	if (!isContainer(text)) return undefined;
	const tokens = text.match(token) ?? [];
	let depth = 0;
	let lines = '';
	for (const [at, piece] of tokens.entries()) {
		const previous = tokens[at - 1] ?? '';
		const isEmpty = '[{'.includes(previous) && ']}'.includes(piece) && previous !== '';
		if (']}'.includes(piece)) depth--;
		const breaks = !isEmpty && at > 0 && ('[{,'.includes(previous) || ']}'.includes(piece));
		lines += `${breaks ? `\n${'  '.repeat(depth)}` : ''}${piece}${piece === ':' ? ' ' : ''}`;
		if ('[{'.includes(piece)) depth++;
		if (depth > deepest) return undefined;
	}
	return lines;
}

function isContainer(text: string): boolean {
	if (!/^\s*[[{]/.test(text)) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
