import type { PreparedFire } from '../../engine/fire.ts';
import type { KnownOrder } from '../../journal/known-order.ts';
import type { ProviderFile } from '../../model/provider.ts';
import type { Assignment, CredentialSetting } from '../../model/settings.ts';
import type { Picked } from './offer-events.ts';
import { nameOf } from './offer-events.ts';
import { asUsual, type Ways } from './offer-ways.ts';

/** An order that was sent before. */
export interface SentOrder extends Pick<KnownOrder, 'reference' | 'amount' | 'ids'> {
	/** Names of the events that told of it, the last one last. */
	readonly sent: readonly string[];
}

export type OrderPick =
	| { readonly kind: 'new' }
	/** Flags say which. */
	| { readonly kind: 'given' }
	| { readonly kind: 'typed'; readonly reference: string }
	| { readonly kind: 'known'; readonly order: SentOrder };

/** What has been picked so far; what is undefined has not been asked. */
export interface Picks {
	readonly provider: ProviderFile | undefined;
	readonly what: Picked | undefined;
	readonly to: URL | undefined;
	readonly order: OrderPick | undefined;
	/** Undefined: what the event or its order has. */
	readonly amount: string | undefined;
	readonly ways: Ways;
	/** Keys that were typed: of this picker alone. */
	readonly keys: readonly CredentialSetting[];
	/** Fields that were changed. */
	readonly set: readonly Assignment[];
	readonly newAttempt: boolean;
	/** What is to be sent. */
	readonly fire: PreparedFire | undefined;
	/** Nobody wants to look at it first. */
	readonly isReady: boolean;
	/** As usual, or as last time: only what has changed since then is asked. */
	readonly isQuick: boolean;
}

export const nothingPicked: Picks = {
	...{ provider: undefined, what: undefined, to: undefined, order: undefined, amount: undefined },
	...{
		ways: asUsual,
		keys: [],
		set: [],
		newAttempt: false,
		fire: undefined,
		isReady: false,
		isQuick: false,
	},
};

/** `bayarcash › transaction-success › http://localhost:3000/callback › ORD-1001` */
export function trailOf({ provider, what, to, order }: Picks): string {
	const parts = [
		provider?.id,
		what === undefined ? undefined : nameOf(idOf(what)),
		to?.href,
		order === undefined ? undefined : orderName(order),
	];
	return parts.filter((part) => part !== undefined).join(' › ');
}

const idOf = (what: Picked): string => (what.kind === 'event' ? what.event.id : what.scenario.id);

function orderName(order: OrderPick): string | undefined {
	switch (order.kind) {
		case 'new':
			return 'a new order';
		case 'given':
			return undefined;
		case 'typed':
			return order.reference;
		case 'known':
			return order.order.reference;
	}
}
