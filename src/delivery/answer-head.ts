import { readHeaderLines } from './answer-header-lines.ts';

/** What the first bytes of an answer say about how to go on. */
export type AnswerHead =
	/** More bytes are needed to tell. */
	| { readonly kind: 'incomplete' }
	/** So many bytes of an interim answer: the real one follows. */
	| { readonly kind: 'interim'; readonly length: number }
	/** No HTTP answer that anybody asked for. */
	| { readonly kind: 'malformed'; readonly detail: string }
	/**
	 * So many bytes of head, as an HTTP parser is to read them, and what had to be put right for it.
	 */
	| {
			readonly kind: 'answer';
			readonly length: number;
			readonly head: Buffer;
			readonly defects: readonly string[];
	  };

/** More than any server sends; a receiver that never ends its headers is stopped here. */
export const longestHead = 256 * 1024;

const begins = /^HTTP\//i;
const statusLine = /^HTTP\/(\d(?:\.\d)?)( +)(\d{3})(?:\s+(.*))?$/i;
/** HTTP/2 in an HTTP/1.1 conversation is nonsense that curl reads all the same. */
const versions = new Set(['1.0', '1.1', '2', '2.0']);

/**
 * Reads the head of an answer as leniently as the curl of a provider's PHP does (held against curl
 * 7.88): line ends of LF alone, folded lines, repeated lengths are put right and named as defects,
 * so that a stricter parser can go on. Interim answers are to be skipped (RFC 9110, section 15.2),
 * a status below 100 and an upgrade that nobody asked for are no answers.
 */
export function readAnswerHead(bytes: Buffer): AnswerHead {
	const start = bytes.subarray(0, 'HTTP/'.length).toString('latin1');
	if (!'HTTP/'.startsWith(start.toUpperCase())) return malformed(beginningOf(bytes));
	if (!begins.test(start)) return { kind: 'incomplete' };
	const length = endOfHead(bytes);
	if (length === undefined || length > longestHead) {
		return bytes.length > longestHead
			? malformed(`headers of more than ${longestHead / 1024} KiB`)
			: { kind: 'incomplete' };
	}
	const text = bytes.subarray(0, length).toString('latin1');
	const [first = '', ...lines] = text.trimEnd().split(/\r?\n/);
	const [, version = '', blanks, digits = '', reason = ''] = statusLine.exec(first) ?? [];
	if (!versions.has(version)) return malformed(`the status line "${shown(first)}"`);
	const status = Number(digits);
	if (status < 100) return malformed(`status ${digits}`);
	if (status === 101) return malformed('status 101, an upgrade that was not asked for');
	if (status < 200) return { kind: 'interim', length };
	const headers = readHeaderLines(lines, status);
	if ('malformed' in headers) return malformed(headers.malformed);
	const defects = [
		...(/(?<!\r)\n/.test(text) ? ['its lines end in LF alone, not in CRLF'] : []),
		...(blanks !== ' ' || !first.startsWith('HTTP/1.')
			? [`its status line is "${shown(first)}"`]
			: []),
		...headers.defects,
	];
	if (defects.length === 0)
		return { kind: 'answer', length, head: bytes.subarray(0, length), defects };
	const rewritten = [
		`HTTP/${version.startsWith('2') ? '1.1' : version} ${digits} ${reason}`,
		...headers.lines,
		'',
		'',
	];
	return { kind: 'answer', length, head: Buffer.from(rewritten.join('\r\n'), 'latin1'), defects };
}

const malformed = (detail: string): AnswerHead => ({ kind: 'malformed', detail });

/** Behind the first empty line. */
function endOfHead(bytes: Buffer): number | undefined {
	for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) {
		if (bytes[at + 1] === 0x0a) return at + 2;
		if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) return at + 3;
	}
	return undefined;
}

/** A TLS record of the type alert (RFC 8446, section 5.1): what a TLS server says to plain HTTP. */
function beginningOf(bytes: Buffer): string {
	if (bytes[0] === 0x15 && (bytes[1] === undefined || bytes[1] === 0x03))
		return 'a TLS alert: that port speaks TLS';
	return `it begins with "${shown(bytes.subarray(0, 40).toString('latin1').split('\n')[0] ?? '')}"`;
}

function shown(text: string): string {
	const plain = text.replace(/[^\x20-\x7e]/g, '?');
	return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
