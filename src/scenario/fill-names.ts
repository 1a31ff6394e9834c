import { Problem } from '../model/problem.ts';
import { mostFilledIn, Room } from '../model/room.ts';
import { insideShell, shellPlace } from '../model/shell.ts';
import { isObject, type Value } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';
import type { OrderNames } from '../order/order.ts';

/** `${name}`; `$${` stands for a `${` that is meant as it is. */
const placeholder = /\$\$\{|\$\{([^{}]*)\}/g;
/** Beside `{reference}` and `{amount}`, in one pass: what is filled in is not filled in again. */
const orOrder = /\$\$\{|\$\{([^{}]*)\}|\{(reference|amount)\}/g;

/** What a name stands for. @throws Problem, or NothingThere, where it stands for nothing */
export type ResolveName = (name: string) => Value;

/** Every name that a value uses, at any depth. */
export function namesIn(value: unknown): string[] {
	return textsIn(value).flatMap((text) =>
		[...text.matchAll(placeholder)].flatMap(([whole, name]) =>
			whole === '$${' ? [] : [name ?? ''],
		),
	);
}

/** Whether a `${` stands somewhere that no `}` closes. */
export function hasOpenName(value: unknown): boolean {
	return textsIn(value).some((text) => text.replace(placeholder, '').includes('${'));
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap(textsIn);
	return isObject(value as Value)
		? Object.entries(value as object).flatMap(([key, inner]) => [key, ...textsIn(inner)])
		: [];
}

/**
 * Filled in at any depth. A text that is one placeholder keeps the type of what it stands for.
 * @param room shared by what may be filled in one into another
 * @throws Problem `scenario-invalid` for what grows beyond all bounds
 */
export function filled<T>(value: T, resolve: ResolveName, room = new Room()): T {
	return filledValue(value as Value, bounded(resolve, room)) as T;
}

function bounded(resolve: ResolveName, room: Room): ResolveName {
	return (name) => {
		const value = resolve(name);
		if (room.holds(value)) return value;
		throw new Problem(
			'scenario-invalid',
			`\${${name}} fills in more than ${mostFilledIn} characters`,
			{ hint: 'Look for variables that fill one another in.' },
		);
	};
}

function filledValue(value: Value, resolve: ResolveName): Value {
	if (typeof value === 'string') {
		const [whole] = namesIn(value);
		return whole !== undefined && value === `\${${whole}}`
			? resolve(whole)
			: filledText(value, resolve);
	}
	if (Array.isArray(value)) return value.map((inner) => filledValue(inner, resolve));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			filledText(key, resolve),
			filledValue(inner, resolve),
		]),
	);
}

function filledText(template: string, resolve: ResolveName): string {
	return template.replace(placeholder, (whole: string, name: string | undefined) =>
		whole === '$${' ? '${' : textOf(resolve(name ?? '')),
	);
}

/** What is filled in is percent-encoded, except a whole beginning such as `${env.BASE_URL}`. */
export function filledUrl(template: string, resolve: ResolveName, order?: OrderNames): string {
	return written(template, resolve, order, (text, before) =>
		before === '' ? text : encodeURIComponent(wellFormed(text)),
	);
}

/**
 * A command: what is filled in is one shell word, or part of one, whatever quotes it stands in.
 * @throws Problem `scenario-invalid` behind what only a shell can read: there no quoting is certain
 */
export function filledCommand(template: string, resolve: ResolveName, order?: OrderNames): string {
	return written(template, resolve, order, (text, before) => {
		refuseUncertain(before);
		return insideShell(text, shellPlace(before));
	});
}

function written(
	template: string,
	resolve: ResolveName,
	order: OrderNames | undefined,
	write: (text: string, before: string) => string,
): string {
	const within = bounded(resolve, new Room());
	return template.replace(
		order === undefined ? placeholder : orOrder,
		(whole: string, name: string | undefined, ...rest: unknown[]) => {
			if (whole === '$${') return '${';
			const part = order === undefined ? undefined : (rest[0] as keyof OrderNames | undefined);
			const offset = rest.find((one) => typeof one === 'number') as number;
			const text =
				part === undefined || order === undefined ? textOf(within(name ?? '')) : order[part];
			return write(text, template.slice(0, offset));
		},
	);
}

/** Half a character has no bytes. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** Substitutions, expansions, here-documents, comments and `$'…'` have quotes of their own. */
const uncertain = /\$\(|`|<<|(^|\s)#|\$\{|\$'/;

function refuseUncertain(before: string): void {
	const shell = before.replace(placeholder, (whole) => (whole === '$${' ? '${' : ''));
	const [found] = uncertain.exec(shell) ?? (/(?<!\\)(\\\\)*\\$/.test(shell) ? ['\\'] : []);
	if (found === undefined) return;
	throw new Problem(
		'scenario-invalid',
		`a value cannot be put into a command behind "${found.trim()}": no quoting is certain there`,
		{ hint: 'Put the value before it, or the command into a script that takes it as an argument.' },
	);
}
