import type { OrderAccess } from './access.ts';
import type { OrderNames } from './order.ts';
import type { State } from './state.ts';

/** The receiver's shop, as far as its orders go. What it is asked with has its names filled in. */
export interface OrderPort<Access extends OrderAccess = OrderAccess> {
	/** @returns why it could not be made, or undefined */
	make(access: Access, order: OrderNames): Promise<string | undefined>;
	/** @param order whose number and sum a text is freed of */
	read(access: Access, order: OrderNames): Promise<State>;
}
