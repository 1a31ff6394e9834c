import type { OrderShown } from '../../model/contract/run-events.ts';
import { printableLine } from '../safe/escape.ts';

/** As people in the two countries write them. */
const symbols: Readonly<Record<string, string>> = { MYR: 'RM', IDR: 'Rp' };

/** `ORD-1001 · trx_x7Kq2P · RM 75.50 · Approved`; undefined where nothing is known of it. */
export function orderText(order: OrderShown | undefined): string | undefined {
	const { reference, id, amount, currency, status } = order ?? {};
	const unit = currency === undefined ? undefined : (symbols[currency] ?? currency);
	const sum = amount === undefined || unit === undefined ? amount : `${unit} ${amount}`;
	const parts = [reference, id, sum, status].filter((part) => part !== undefined && part !== '');
	return parts.length === 0 ? undefined : printableLine(parts.join(' · '));
}
