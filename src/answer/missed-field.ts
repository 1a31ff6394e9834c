import type { AnswerText } from './answer-text.ts';

/** What receivers say of a field that they did not find, in the frameworks' own words. */
const missed =
	/\b(required|missing|undefined|absent|null|nil|none|nonetype|keyerror|wajib)\b|\bnot (set|found|present|provided|given|defined)\b|\b(not be|cannot be|can't be|is) (empty|blank)\b|\btidak (ada|boleh kosong)\b/i;

/** Words of which error answers are made themselves. */
const common = new Set(['status', 'message', 'code', 'data', 'error']);

/** `"path":["body","ref_id"]`, as validators say where they looked. */
const place =
	/"(path|loc|field|param|parameter|property|key|instancePath)"\s*:\s*\[?[^\]{}]{0,40}$/;

const asKey = /^\\?["']\s*(?::|=>)\s*\[?\s*(?:"([^"]*)"|'([^']*)')?/;

/**
 * The first of these fields of which the answer says that it is not there.
 *
 * @param within what leads to them: a receiver that misses `data.ref_id` has looked inside `data`
 */
export function missedField(
	{ text }: AnswerText,
	names: readonly string[],
	within?: string,
): string | undefined {
	return names.find((name) =>
		[...text.matchAll(spellingsOf(name))].some(({ index, 0: found }) => {
			const before = text.slice(Math.max(0, index - 120), index);
			const after = text.slice(index + found.length, index + found.length + 120);
			// `(reading 'status')` of undefined: what should have held it is not there.
			if (/reading\W*$/.test(before)) return false;
			if (within !== undefined && new RegExp(`\\b${within}\\W{1,6}$`).test(before)) return false;
			if (place.test(before)) return missed.test(`${before} ${after}`);
			const key = asKey.exec(after);
			if (key !== null) return !common.has(name) && missed.test(key[1] ?? key[2] ?? '');
			return missed.test(`${lastSentence(before)} ${firstSentence(after)}`);
		}),
	);
}

const end = /\.\s|[\n;{}<>]|["'],|,\s*["']|["']\s*:\s*["']|=>/;
const lastSentence = (text: string): string => text.slice(-70).split(end).at(-1) ?? '';
const firstSentence = (text: string): string => text.slice(0, 70).split(end)[0] ?? '';

/** "order undefined not found": the reference was looked for in the wrong place. */
export const missedReference = ({ text }: AnswerText): boolean =>
	/\b(order|invoice|payment|transaction|reference|ref|pesanan|tagihan|transaksi)([ _-]?(id|number|no))?[\s:=#"'`]{1,3}(undefined|null|none|nil)\b/i.test(
		text,
	) && !/"\w+"\s*:\s*null/i.test(text);

/** `ref_id` is "ref id" to Laravel, and refId to others. */
function spellingsOf(name: string): RegExp {
	const spelt = name
		.split(/[^a-z0-9]+/i)
		.filter((part) => part !== '')
		.join('[_ -]?');
	return new RegExp(`(?<![\\w-])${spelt}(?![\\w-])`, 'gi');
}

/** An answer that says nothing but that something went wrong. */
export const saysNothing = ({ text }: AnswerText): boolean =>
	text
		.replace(/<(style|script|title)\b.*?<\/\1>|<[^>]*>/gis, ' ')
		.replace(
			/\b(internal|server|error|bad|request|unprocessable|entity|content|failed|ok|[45]\d\d)\b/gi,
			' ',
		)
		.replace(/[\W_]+/g, '') === '';
