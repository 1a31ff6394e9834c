/** Header lines that a strict parser reads, and what had to be put right for it. */
export interface HeaderLines {
	readonly lines: readonly string[];
	readonly defects: readonly string[];
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\x00-\x08\x0a-\x1f\x7f]/g;

/**
 * The header lines of an answer, read as curl reads them; or the one that it does not read either.
 */
export function readHeaderLines(
	raw: readonly string[],
	status: number,
): HeaderLines | { readonly malformed: string } {
	const defects = new Set<string>();
	const headers: { name: string; value: string }[] = [];
	for (const line of raw) {
		const before = headers.at(-1);
		if (/^[ \t]/.test(line)) {
			if (before === undefined) return { malformed: 'its first header line begins with a blank' };
			defects.add(`its header ${before.name} goes over several lines`);
			before.value = `${before.value} ${line.trim()}`;
			continue;
		}
		const colon = line.indexOf(':');
		if (colon < 0) return { malformed: `a header line without a colon: "${line.slice(0, 40)}"` };
		if (line.includes('\0'))
			return { malformed: `a NUL byte in the header ${line.slice(0, colon)}` };
		const name = line.slice(0, colon).trimEnd();
		if (name.length < colon) defects.add(`a blank stands before the colon of ${name}`);
		const value = line.slice(colon + 1).replace(control, '');
		if (value.length < line.length - colon - 1)
			defects.add(`control characters stand in the header ${name}`);
		headers.push({ name, value: value.trim() });
	}
	const named = headers.filter(({ name }) => token.test(name));
	if (named.length < headers.length)
		defects.add('it has a header with a name that no header may have');
	const length = contentLength(named, status);
	if ('malformed' in length) return length;
	for (const defect of length.defects) defects.add(defect);
	const others = named.filter(
		({ name }) => !length.isSettled || name.toLowerCase() !== 'content-length',
	);
	const lines = others.map(({ name, value }) => `${name}: ${value}`);
	return { lines: [...lines, ...length.lines], defects: [...defects] };
}

/** The one length that holds, where several or none may be said. */
function contentLength(
	headers: readonly { name: string; value: string }[],
	status: number,
): (HeaderLines & { readonly isSettled: boolean }) | { readonly malformed: string } {
	const values = (wanted: string) =>
		headers
			.filter(({ name }) => name.toLowerCase() === wanted)
			.flatMap(({ value }) => value.split(','))
			.map((value) => value.trim());
	const lengths = values('content-length');
	const wrong = lengths.find((length) => !/^\d+$/.test(length));
	if (wrong !== undefined)
		return { malformed: `content-length "${wrong.slice(0, 40)}" is no number` };
	const isChunked = values('transfer-encoding').some((value) => value.toLowerCase() === 'chunked');
	const settled = (lines: readonly string[], defect: string) => ({
		lines,
		defects: [defect],
		isSettled: true,
	});
	if (lengths.length === 0) return { lines: [], defects: [], isSettled: false };
	if (isChunked) return settled([], 'it gives a content-length beside chunks');
	if ((status === 204 || status === 304) && Number(lengths[0]) > 0)
		return settled([], `a ${status} has no body, and it announces one`);
	if (lengths.some((length) => length !== lengths[0]))
		return { malformed: 'two content-lengths that differ' };
	if (lengths.length > 1)
		return settled([`content-length: ${lengths[0]}`], 'it gives its content-length twice');
	return { lines: [], defects: [], isSettled: false };
}
