import type { Received } from '../received.ts';
import { pathAndQuery } from '../wrapping.ts';

/** An HTTP request as bytes, alone or behind lines of other text. */
export function rawHttp(text: string): Received[] | undefined {
	const at = /^[A-Z]+ \S+ HTTP\/\d/m.exec(text)?.index;
	return at === undefined ? undefined : [fromHttp(Buffer.from(text.slice(at), 'utf8'))];
}

export function fromHttp(bytes: Uint8Array): Received {
	const raw = Buffer.from(bytes).toString('latin1').trimStart();
	const [, head = '', body = ''] = /^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(raw) ?? [
		undefined,
		raw,
		'',
	];
	const [line = '', ...lines] = head.split(/\r?\n/);
	const [method = 'POST', target = '/'] = line.split(' ');
	const headers = Object.fromEntries(
		lines.map((text) => [
			text.slice(0, text.indexOf(':')).trim().toLowerCase(),
			text.slice(text.indexOf(':') + 1).trim(),
		]),
	);
	return {
		method,
		target: pathAndQuery(target),
		headers,
		body: Buffer.from(bodyOf(body, headers), 'latin1'),
	};
}

function bodyOf(text: string, headers: Readonly<Record<string, string>>): string {
	if (/chunked/i.test(headers['transfer-encoding'] ?? '')) return unchunked(text);
	const length = headers['content-length'];
	return length === undefined || !/^\d+$/.test(length)
		? text.replace(/\r?\n$/, '')
		: text.slice(0, Number(length));
}

/** RFC 9112, section 7.1: sizes in hexadecimal before each part, a zero at the end. */
function unchunked(text: string): string {
	let body = '';
	for (let rest = text; ; ) {
		const head = /^([0-9a-f]+)[^\n]*\n/i.exec(rest);
		const size = Number.parseInt(head?.[1] ?? '0', 16);
		if (head === null || size === 0) return body;
		body += rest.slice(head[0].length, head[0].length + size);
		rest = rest.slice(head[0].length + size).replace(/^\r?\n/, '');
	}
}
