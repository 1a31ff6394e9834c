import type { Mistake, MistakeContext } from '../mistake.ts';
import { isFieldList } from './change.ts';

/** The body as it came, in place of the listed fields: how most other gateways sign. */
export function bodyMistakes({ body, signatureField }: MistakeContext): Mistake[] {
	if (body === undefined) return [];
	const over = (said: string, text: string): Mistake => ({
		code: 'raw-body',
		said,
		php: 'implode("|", $values) of the listed fields instead of file_get_contents("php://input")',
		js: 'the listed fields, joined, instead of the raw body',
		apply: (recipe) => (isFieldList(recipe) ? { ...recipe, text } : undefined),
	});
	const rest = body.replace(new RegExp(`(^|&)${signatureField ?? ''}=[^&]*`), '').replace(/^&/, '');
	return [
		over('over the raw body instead of the listed fields', body),
		...(rest === body ? [] : [over(`over the raw body without ${signatureField}`, rest)]),
	];
}
