import { jsonIn } from '../model/json-in.ts';
import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import { isLossless, isObject, type Value } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';

/** Beyond that it is no number of an order, but a page. */
const longest = 200;

/**
 * The keys of a JSON pointer (RFC 6901), also written as a fragment: `/data/id`, `#/data/id`; `#`
 * is the whole.
 * @throws Problem `usage`
 */
export function pointerKeys(pointer: string): string[] {
	const bare = pointer.replace(/^#/, '');
	if (bare !== '' && !bare.startsWith('/'))
		throw new Problem(
			'usage',
			(say) => `${say('setupReference')} "${pointer}" is no JSON pointer`,
			{
				hint: (say) =>
					`Write ${say('setupReference', `/${bare.replace(/^\$?\.?/, '').replaceAll('.', '/')}`)}.`,
			},
		);
	return bare
		.split('/')
		.slice(1)
		.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands there in an answer, as a reference; undefined where there is none. */
export function referenceAt(answer: string, pointer: string): string | undefined {
	const keys = pointerKeys(pointer);
	const whole = jsonIn(answer) ?? answer.trim();
	let value: Value | undefined = whole;
	for (const key of keys) value = below(value, key);
	return asReference(value);
}

/** Where an answer seems to name another order than the one that was asked for. */
export function likelyReference(
	answer: string,
	asked: string,
): { readonly pointer: string; readonly reference: string } | undefined {
	const whole = jsonIn(answer);
	const all = whole === undefined ? [] : leaves(whole, '');
	const named = (pattern: RegExp) =>
		all.find(({ pointer, reference }) => pattern.test(pointer) && reference !== asked);
	// Whoever repeats the name that was asked for has taken it.
	if (all.some(({ reference }) => reference === asked)) return undefined;
	return named(/(order|invoice|reference|ref)[^/]*$/i) ?? named(/(^|\/|_)(id|no|number)$/i);
}

function below(value: Value | undefined, key: string): Value | undefined {
	if (Array.isArray(value))
		return (value as readonly Value[])[/^\d+$/.test(key) ? Number(key) : -1];
	return isObject(value) ? own(value, key) : undefined;
}

function asReference(value: Value | undefined): string | undefined {
	const isPlain = typeof value === 'string' || typeof value === 'number' || isLossless(value);
	const text = isPlain ? textOf(value as Value).trim() : '';
	return text === '' || text.length > longest || /[\r\n]/.test(text) ? undefined : text;
}

function leaves(value: Value, pointer: string): { pointer: string; reference: string }[] {
	const entries =
		typeof value === 'object' && value !== null && !isLossless(value) ? Object.entries(value) : [];
	const reference = asReference(value);
	if (reference !== undefined) return [{ pointer, reference }];
	return entries.flatMap(([key, inner]) =>
		leaves(inner as Value, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
	);
}
