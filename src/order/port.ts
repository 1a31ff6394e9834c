import type { OrderAccess } from './access.ts';
import type { OrderNames } from './order.ts';
import type { State } from './state.ts';

/** What came of asking for an order to be made. */
export interface SetupAnswer {
	/** Why it could not be. */
	readonly why?: string | undefined;
	/** What was said to it. */
	readonly answer?: string | undefined;
}

/** The receiver's shop, as far as its orders go. What it is asked with has its names filled in. */
export interface OrderPort<Access extends OrderAccess = OrderAccess> {
	make(access: Access, order: OrderNames): Promise<SetupAnswer>;
	/** @param order whose number and sum a text is freed of */
	read(access: Access, order: OrderNames): Promise<State>;
}
