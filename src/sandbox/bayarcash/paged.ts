import type { Box, Call } from '../provider.ts';

/** A page of a list, with links and counts as Laravel writes them. */
export function paged(items: readonly unknown[], call: Call, { url }: Box, perPage: number) {
	const number = (name: string, otherwise: number) => {
		const given = Number(call.query.get(name) ?? otherwise);
		return Number.isInteger(given) && given >= 1 && given <= 1_000 ? given : otherwise;
	};
	const size = number('per_page', perPage);
	const page = number('page', 1);
	const last = Math.max(1, Math.ceil(items.length / size));
	const data = items.slice((page - 1) * size, page * size);
	const path = `${url}${call.path}`;
	const link = (at: number) => (at < 1 || at > last ? null : `${path}?page=${at}`);
	return {
		data,
		links: { first: link(1), last: link(last), prev: link(page - 1), next: link(page + 1) },
		meta: {
			current_page: page,
			from: data.length === 0 ? null : (page - 1) * size + 1,
			last_page: last,
			links: [],
			path,
			per_page: size,
			to: data.length === 0 ? null : (page - 1) * size + data.length,
			total: items.length,
		},
	};
}
