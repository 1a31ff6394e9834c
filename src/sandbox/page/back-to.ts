import type { OrderView } from '../order.ts';

/** The page's query that shows an order. */
export const backTo = (order: Pick<OrderView, 'id'> | undefined): string =>
	order === undefined ? '' : `?order=${encodeURIComponent(order.id)}`;
