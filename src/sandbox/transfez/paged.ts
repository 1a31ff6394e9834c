import { textIn } from '../fields.ts';
import type { Call } from '../provider.ts';
import { facts } from './facts.ts';

/** A page of a list, with what headers and body tell of it. */
export function paged<T>(
	all: readonly T[],
	call: Call,
	{ usual, most } = facts.rules.page,
): {
	readonly items: readonly T[];
	readonly page: { readonly page: number; readonly per_page: number; readonly total_page: number };
	readonly headers: Readonly<Record<string, string>>;
} {
	// The samples send them as a body of GET.
	const number = (name: string) => Number(call.query.get(name) ?? textIn(call.fields, name));
	const given = number('per_page');
	const size = Number.isInteger(given) && given >= 1 ? Math.min(given, most) : usual;
	const at = Number.isInteger(number('page')) && number('page') >= 1 ? number('page') : 1;
	const pages = Math.max(1, Math.ceil(all.length / size));
	return {
		items: all.slice((at - 1) * size, at * size),
		page: { page: at, per_page: size, total_page: pages },
		headers: {
			'x-total': String(all.length),
			'x-total-pages': String(pages),
			'x-per-page': String(size),
			'x-page': String(at),
		},
	};
}
