import { bodyFields } from '../json/body-json.ts';
import { counted } from '../outcome-text.ts';
import { indentedJson } from './indented-json.ts';

/** A body, ready to be shown: as it was sent, and as a person reads it. */
export interface BodyView {
	/** Absent when the bytes are no text. */
	readonly text?: string | undefined;
	/** JSON, indented. */
	readonly indented?: string | undefined;
	/** A form, or the query of a URL, decoded. */
	readonly fields?: readonly (readonly [name: string, value: string])[] | undefined;
	readonly hex?: string | undefined;
	readonly base64?: string | undefined;
	/** How much of it there is, and how much is shown. */
	readonly note: string;
}

/** @param most - bytes that are shown at most @param truncated - cut before it came here */
export function bodyView(
	bytes: Uint8Array | undefined,
	type: string,
	most: number,
	truncated = false,
): BodyView {
	const all = bytes ?? new Uint8Array();
	if (all.length === 0) return { note: truncated ? 'nothing of it was kept' : 'empty' };
	const shown = all.subarray(0, most);
	const cut = shown.length < all.length;
	const note = noteOf(shown.length, all.length, truncated);
	const fields = bodyFields(shown, cut || truncated);
	if ('bodyBase64' in fields)
		return {
			note: `${note}, no UTF-8 text`,
			hex: hexOf(shown),
			base64: Buffer.from(shown).toString('base64'),
		};
	if (/x-www-form-urlencoded/i.test(type))
		return { note, text: fields.body, fields: formPairs(fields.body) };
	const indented = cut ? undefined : indentedJson(fields.body);
	return { note, text: fields.body, indented };
}

export const formPairs = (text: string): [string, string][] => [...new URLSearchParams(text)];

function noteOf(shown: number, all: number, truncated: boolean): string {
	const kept = truncated ? `cut: the first ${sized(all)} were kept` : sized(all);
	return shown < all ? `${kept}; the first ${sized(shown)} are shown, --json has more` : kept;
}

const sized = (count: number): string => counted(count, 'byte');

const mostOfHex = 512;
const perLine = 16;

function hexOf(bytes: Uint8Array): string {
	const some = bytes.subarray(0, mostOfHex);
	const lines = Array.from({ length: Math.ceil(some.length / perLine) }, (_, line) => {
		const part = [...some.subarray(line * perLine, (line + 1) * perLine)];
		const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
		const text = part
			.map((byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '.'))
			.join('');
		return `${(line * perLine).toString(16).padStart(4, '0')}  ${hex.padEnd(perLine * 3)} ${text}`;
	});
	return [...lines, ...(bytes.length > mostOfHex ? ['…'] : [])].join('\n');
}
