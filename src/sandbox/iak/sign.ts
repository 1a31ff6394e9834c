import type { ValueObject } from '../../model/value.ts';
import { explain } from '../../verify/explain.ts';
import { mistakesFor } from '../../verify/mistakes/index.ts';
import { type Recipe, signatureOf } from '../../verify/recipe.ts';
import { textIn } from '../fields.ts';
import type { Box } from '../provider.ts';

/** What a call's `sign` ends with: two letters, or the text of a field. */
export type SignEnd = { readonly text: string } | { readonly field: string };

const endText = (end: SignEnd, fields: ValueObject): string =>
	'text' in end ? end.text : (textIn(fields, end.field) ?? '');

export const endName = (end: SignEnd): string => ('text' in end ? `"${end.text}"` : end.field);

/** Ends of other calls. */
const letters = ['bl', 'pl', 'op', 'cs'];

/** The first difference between a sign and the right one; undefined where there is none. */
export function signMistake(fields: ValueObject, end: SignEnd, box: Box): string | undefined {
	const given = textIn(fields, 'sign') ?? '';
	const recipe = (last: string): Recipe => ({
		parts: [
			{ name: 'username', text: box.secret('username') },
			{ name: 'api_key', text: box.secret('api_key'), secret: true },
			{ name: 'text' in end ? 'end' : end.field, text: last },
		],
		join: '',
		algorithm: 'md5',
		key: '',
		as: 'hex',
		prefix: '',
	});
	const right = endText(end, fields);
	const honest = recipe(right);
	const expected = signatureOf(honest);
	if (given === expected) return undefined;
	const rule = `md5(username + api_key + ${endName(end)})`;
	const other = otherEnds(fields, right, box.secret('api_key')).find(
		([text]) => signatureOf(recipe(text)) === given,
	);
	if (other !== undefined) return `it ends with ${other[1]}; here it is ${rule}`;
	const key = box.otherKeys.find(
		({ text }) => signatureOf(withKey(honest, text)) === given && text !== box.secret('api_key'),
	);
	if (key !== undefined) return `it was made with ${key.name}; it is ${rule}`;
	const { sign: _, ...values } = fields;
	const found = explain(
		honest,
		given,
		mistakesFor({
			values,
			signed: honest.parts.map(({ name }) => name),
			documentedOrder: Object.keys(values),
			otherLists: [],
			key: '',
			otherKeys: [],
			honest: expected,
			signatureField: 'sign',
			otherReferences: [],
			referenceField: 'ref_id',
			amountField: undefined,
			knownFields: ['ref_id'],
			zone: '+07:00',
			body: undefined,
		}),
	);
	return found === undefined
		? `it fits no known mistake under this api_key (callsim sandbox --credential api_key=…); it is ${rule}`
		: `it was made ${found.mistakes.map(({ said }) => said).join(', and ')}; it is ${rule}`;
}

const withKey = (recipe: Recipe, key: string): Recipe => ({
	...recipe,
	parts: recipe.parts.map((part) => (part.name === 'api_key' ? { ...part, text: key } : part)),
});

/** What else the shop might have put last, and what that is called. */
function otherEnds(fields: ValueObject, right: string, key: string): (readonly [string, string])[] {
	const sent = Object.keys(fields).flatMap((name) => {
		const text = textIn(fields, name);
		return text === undefined || name === 'sign' ? [] : [[text, `${name} (${text})`] as const];
	});
	const all = [
		...letters.map((text) => [text, `"${text}"`] as const),
		...sent,
		['', 'the api_key: nothing follows it'] as const,
	];
	return all.filter(([text]) => text !== right && text !== key);
}
