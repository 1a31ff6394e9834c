/** One challenge of a `WWW-Authenticate` header; scheme and parameter names in lower case. */
export interface Challenge {
	readonly scheme: string;
	readonly params: Readonly<Record<string, string>>;
}

const token = /[!#$%&'*+.^_`|~\w-]+/y;
/** `abc==` alone behind a scheme (Bearer, Negotiate): not followed by a value, unlike `realm=x`. */
const token68 = /[\w.~+/-]+=*(?=\s*(?:,|$))/y;
const quoted = /"((?:[^"\\]|\\.)*)"/sy;

/**
 * Reads the challenges of RFC 9110, section 11.6.1: a list of challenges whose parameters are lists
 * too, so that only what follows a name tells a parameter from a new scheme. Servers are read
 * leniently (no blank after a comma, blanks around `=`, empty list elements); what cannot be read
 * ends the list.
 */
export function parseChallenges(header: string): Challenge[] {
	const challenges: { scheme: string; params: Record<string, string> }[] = [];
	let at = 0;
	const take = (pattern: RegExp): RegExpExecArray | null => {
		pattern.lastIndex = at;
		const match = pattern.exec(header);
		if (match !== null) at = pattern.lastIndex;
		return match;
	};
	const skip = () => void take(/[\s,]*/y);
	for (skip(); at < header.length; skip()) {
		const name = take(token)?.[0].toLowerCase();
		if (name === undefined) break;
		if (take(/[ \t]*=[ \t]*/y) !== null) {
			const text = take(quoted)?.[1]?.replace(/\\(.)/gs, '$1') ?? take(token)?.[0];
			const current = challenges.at(-1);
			if (text === undefined || current === undefined) break;
			current.params[name] ??= text;
			continue;
		}
		challenges.push({ scheme: name, params: Object.create(null) as Record<string, string> });
		if (take(/[ \t]+/y) !== null) take(token68);
	}
	return challenges;
}
