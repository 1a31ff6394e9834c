/**
 * The text without the quotes that a shell should have taken: cmd.exe hands single quotes on.
 * Undefined where there are none. Only for texts that never begin with a quote.
 */
export function withoutOuterQuotes(text: string): string | undefined {
	const quote = /^['"`\u2018\u201c]/u.exec(text)?.[0];
	if (quote === undefined) return undefined;
	return text.slice(1).replace(/['"`\u2019\u201d]$/u, '');
}
