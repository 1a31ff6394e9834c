import type { MessageFile } from '../model/provider.ts';
import type { AnswerText } from './answer-text.ts';
import { missedField } from './missed-field.ts';

/** What stands side by side on the wire, the signature with it. */
export const wireFields = ({ fields, names, signature }: MessageFile): string[] => [
	...(signature !== undefined && 'field' in signature.into ? [signature.into.field] : []),
	...fields
		.flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.keys(entry)))
		.map((name) => names?.[name] ?? name),
];

const unread =
	/cannot read propert(y|ies) of (undefined|null)|undefined method|string indices must be|'str' object|str(ing)? given|offset of type|illegal string offset|property .{0,40} on string|no implicit conversion of string|(expected|must be|should be) (an? |of the type )?(valid )?(object|array|dictionary)|received string/i;

/** Fields that stand in JSON inside JSON, and the field that holds that text. */
export function insideText({
	fields,
	text,
}: MessageFile): { holder: string; inner: string[] } | undefined {
	const entries = fields.flatMap((entry) =>
		typeof entry === 'string' ? [] : Object.entries(entry),
	);
	const [holder, inner] = entries.find(([name]) => text?.includes(name)) ?? [];
	if (holder === undefined) return undefined;
	const names = (inner as MessageFile['fields']).flatMap((entry) =>
		typeof entry === 'string' ? [entry] : Object.keys(entry),
	);
	return { holder, inner: names };
}

const secondParse = (holder: string, field: string) =>
	`${holder} is a text that holds JSON: parse it a second time before ${field} is read.`;

/** The answer speaks of fields that stand in JSON inside JSON, which was parsed once. */
export function unparsedText(answer: AnswerText, message: MessageFile): string | undefined {
	const found = insideText(message);
	if (found === undefined) return undefined;
	const { holder, inner } = found;
	const own = inner.filter((name) => !wireFields(message).includes(name));
	const field = missedField(answer, own);
	if (field !== undefined) return secondParse(holder, field);
	// A field that is missed by name tells another story: the body was not read at all.
	const names = [...wireFields(message), ...own].join('|');
	if (new RegExp(`reading\\W+(${names})\\W`).test(answer.text)) return undefined;
	const state = message.roles.state?.split('.').at(-1);
	return unread.test(answer.text) ? secondParse(holder, state ?? 'it') : undefined;
}
