/** A template taken apart: text, and placeholders with their filters. */
export type TemplatePart =
	| { readonly literal: string }
	| { readonly source: string; readonly filters: readonly string[] };

/** `a${b|md5}c` → its parts. Filters follow `|`; a format after `now:` may itself hold colons. */
export function partsOf(template: string): TemplatePart[] {
	const parts: TemplatePart[] = [];
	let from = 0;
	for (const match of template.matchAll(/\$\{([^}]*)\}/g)) {
		if (match.index > from) parts.push({ literal: template.slice(from, match.index) });
		const [source = '', ...filters] = (match[1] ?? '').split('|');
		parts.push({ source, filters });
		from = match.index + match[0].length;
	}
	if (from < template.length) parts.push({ literal: template.slice(from) });
	return parts;
}

/** The names a template uses, for `--explain`: `cred.api_key` reads `api_key`. */
export function namesIn(template: string): string[] {
	return partsOf(template).flatMap((part) =>
		'source' in part ? [part.source.replace(/^cred\./, '')] : [],
	);
}

export function credentialsIn(template: string): string[] {
	return partsOf(template).flatMap((part) =>
		'source' in part && part.source.startsWith('cred.') ? [part.source.slice('cred.'.length)] : [],
	);
}

const generators = new Set(['digits', 'base62', 'hex']);
const filters = new Set(['md5', 'dots', 'number', 'string', 'digits', 'urlencode', 'rawurlencode']);
const timeTokens = /yyyy|yy|MM|dd|HH|mm|ss|SSS/g;

/** What is wrong with a template. @param known whether a path leads to a field or a variable */
export function templateFault(
	template: string,
	known: (path: string) => boolean,
	credentials: readonly string[],
): string | undefined {
	for (const part of partsOf(template)) {
		if ('literal' in part) {
			if (part.literal.includes('${')) return 'has a "${" that is not closed';
			continue;
		}
		const filter = part.filters.find(
			(name) => !filters.has(name) && !/^slice:-?\d+(:-?\d+)?$/.test(name),
		);
		if (filter !== undefined) return `uses "|${filter}", which is no filter`;
		const fault = placeholderFault(part.source, known, credentials);
		if (fault !== undefined) return fault;
	}
	return undefined;
}

function placeholderFault(
	source: string,
	known: (path: string) => boolean,
	credentials: readonly string[],
): string | undefined {
	const [kind = '', ...rest] = source.split(':');
	const detail = rest.join(':');
	if (source === 'target' || source === 'uuid') return undefined;
	if (kind === 'now') {
		const isTime =
			detail === 'unix' || detail === 'iso' || !/[A-SU-Za-z]/.test(detail.replace(timeTokens, ''));
		return isTime
			? undefined
			: `has "\${${source}}": a time is written with yyyy yy MM dd HH mm ss SSS, or is unix or iso`;
	}
	if (generators.has(kind))
		return /^[1-9]\d?$/.test(detail)
			? undefined
			: `has "\${${source}}": say how many, \${${kind}:6}`;
	if (source.startsWith('cred.')) {
		const name = source.slice('cred.'.length);
		return credentials.includes(name)
			? undefined
			: `names the credential "${name}", which is not under "credentials"`;
	}
	return known(source) ? undefined : `has "\${${source}}", which is neither a field nor a variable`;
}
