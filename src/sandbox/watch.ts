import type { CallTold } from './calls.ts';
import type { DeliveryWatch } from './deliveries.ts';
import type { Order } from './order.ts';
import type { Trouble } from './trouble.ts';

/** Who hears of everything: the terminal, the journal, a page that is open. */
export interface SandboxWatch extends DeliveryWatch {
	call(told: CallTold): void;
	/** What arrived, and is no request; each kind once. */
	trouble?(trouble: Trouble): void;
	state(order: Order, from: string | undefined, to: string): void;
}
