import { insideShell, shellPlace } from '../model/shell.ts';
import { isObject, type Value } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';

/** `${name}`; `$${` stands for a `${` that is meant as it is. */
const placeholder = /\$\$\{|\$\{([^{}]*)\}/g;

/** What a name stands for. @throws Problem, or UnknownHere, where it stands for nothing */
export type Resolve = (name: string) => Value;

/** Every name that a value uses, at any depth. */
export function namesIn(value: unknown): string[] {
	if (typeof value === 'string')
		return [...value.matchAll(placeholder)].flatMap(([whole, name]) => (whole === '$${' ? [] : [name ?? '']));
	if (Array.isArray(value)) return value.flatMap(namesIn);
	if (isObject(value as Value))
		return Object.entries(value as object).flatMap(([key, inner]) => [...namesIn(key), ...namesIn(inner)]);
	return [];
}

/** Filled in at any depth. A text that is one placeholder keeps the type of what it stands for. */
export function filled<T>(value: T, resolve: Resolve): T {
	return filledValue(value as Value, resolve) as T;
}

function filledValue(value: Value, resolve: Resolve): Value {
	if (typeof value === 'string') {
		const [whole] = namesIn(value);
		return whole !== undefined && value === `\${${whole}}`
			? resolve(whole)
			: filledText(value, resolve, (text) => text);
	}
	if (Array.isArray(value)) return value.map((inner) => filledValue(inner, resolve));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			filledText(key, resolve, (text) => text),
			filledValue(inner, resolve),
		]),
	);
}

/** A URL: what is filled in is percent-encoded, except a whole beginning such as `${env.BASE_URL}`. */
export function filledUrl(template: string, resolve: Resolve): string {
	return filledText(template, resolve, (text, before) => (before === '' ? text : encodeURIComponent(text)));
}

/** A command: what is filled in is one shell word, or part of one, whatever quotes it stands in. */
export function filledCommand(template: string, resolve: Resolve): string {
	return filledText(template, resolve, (text, before) => insideShell(text, shellPlace(before)));
}

function filledText(template: string, resolve: Resolve, write: (text: string, before: string) => string): string {
	return template.replace(placeholder, (whole: string, name: string | undefined, offset: number) =>
		whole === '$${' ? '${' : write(textOf(resolve(name ?? '')), template.slice(0, offset)),
	);
}
