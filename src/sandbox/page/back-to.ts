import type { OrderView } from '../order.ts';

type Named = Pick<OrderView, 'id'> | undefined;

/** The page's query that shows an order. */
export const queryOf = (order: Named): string =>
	order === undefined ? '' : `?order=${encodeURIComponent(order.id)}`;

/** The same, at its life: on a phone that stands below everything else. */
export const backTo = (order: Named): string => `${queryOf(order)}#life`;
