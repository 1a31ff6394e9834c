import type { Value } from '../../model/value.ts';
import { jsonOf } from '../../model/value-text.ts';
import { pairsOf } from '../dumped.ts';
import { listOf, objectOf } from '../wrapping.ts';

/** By name, or as HAR lists them; what is no text is no header. */
export function headersOf(headers: unknown): Record<string, string> {
	const pairs = Array.isArray(headers)
		? listOf(headers)
				.map(objectOf)
				.map(({ name, value }): [unknown, unknown] => [name, value])
		: Object.entries(objectOf(headers));
	return Object.fromEntries(
		pairs.flatMap(([name, value]) => {
			const texts = [value]
				.flat()
				.filter((text) => typeof text === 'string' || typeof text === 'number');
			return typeof name !== 'string' || texts.length === 0
				? []
				: [[name.toLowerCase(), texts.join(', ')]];
		}),
	);
}

/** A body as a log has it: text, bytes in Base64, or fields as read; else undefined. */
export function bodyOf(
	body: unknown,
	isBase64: boolean,
	headers: Readonly<Record<string, string>>,
): Uint8Array | undefined {
	if (body == null) return new Uint8Array();
	if (typeof body === 'string') return Buffer.from(body, isBase64 ? 'base64' : 'utf8');
	const fields = objectOf(body);
	if (Object.keys(fields).length === 0) return undefined;
	// Node prints and serialises its Buffer so.
	if (fields['type'] === 'Buffer' && Array.isArray(fields['data']))
		return Uint8Array.from(fields['data'] as number[]);
	const isForm = /form/i.test(headers['content-type'] ?? '');
	const text = isForm ? new URLSearchParams(pairsOf(fields as Value)).toString() : jsonOf(fields);
	return Buffer.from(text);
}
