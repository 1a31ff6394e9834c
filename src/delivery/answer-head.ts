/** What the first bytes of an answer say about how to go on. */
export type AnswerHead =
	/** More bytes are needed to tell. */
	| { readonly kind: 'incomplete' }
	/** So many bytes of an interim answer: the real one follows. */
	| { readonly kind: 'interim'; readonly length: number }
	/** No HTTP answer that anybody asked for. */
	| { readonly kind: 'malformed'; readonly detail: string }
	/** For the HTTP parser to read. */
	| { readonly kind: 'answer' };

const statusLine = /^HTTP\/\d\.\d (\d{3})/;
const longestStatusLine = 'HTTP/1.1 100'.length;
const couldBecomeStatusLine = /^(?:H|HT|HTT|HTTP|HTTP\/|HTTP\/\d|HTTP\/\d\.|HTTP\/\d\.\d|HTTP\/\d\.\d \d{0,2})$/;
/** As much as undici takes of a head. */
const longestHead = 16 * 1024;
const endOfHead = '\r\n\r\n';

/**
 * Tells interim answers and impossible ones from what undici can be given: it takes `100 Continue` that it did not ask
 * for as a fault (RFC 9110, section 15.2 lets a client ignore it, and servers do send it), and a status below 100 or an
 * upgrade that nobody asked for, also behind an interim answer, as a fault of its own.
 */
export function readAnswerHead(bytes: Buffer): AnswerHead {
	const start = bytes.subarray(0, longestStatusLine).toString('latin1');
	if (couldBecomeStatusLine.test(start) || start === '') return { kind: 'incomplete' };
	const status = Number(statusLine.exec(start)?.[1] ?? Number.NaN);
	if (status < 100) return { kind: 'malformed', detail: `status ${start.slice(-3)}` };
	if (status === 101) return { kind: 'malformed', detail: 'status 101, an upgrade that was not asked for' };
	if (!(status < 200)) return { kind: 'answer' };
	const end = bytes.indexOf(endOfHead);
	if (end >= 0) return { kind: 'interim', length: end + endOfHead.length };
	if (bytes.length > longestHead) return { kind: 'malformed', detail: 'an interim answer without an end' };
	return { kind: 'incomplete' };
}
