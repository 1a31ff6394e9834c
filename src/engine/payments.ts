import type { Composed } from '../compose/compose.ts';
import { Problem } from '../model/problem.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import type { Controls } from '../sandbox/controls.ts';
import type { DeliveryWatch } from '../sandbox/deliveries.ts';
import type { OrderView } from '../sandbox/order.ts';
import { Refusal } from '../sandbox/provider.ts';
import type { PaidOrder, Payment, PaymentPort } from '../scenario/run-ports.ts';

/** Hears of deliveries about one order while it is paid. */
interface Listener {
	readonly order: string;
	composed(item: Composed, said: Settings, delivery: number): void;
	event(event: RunEvent): void;
	failed(error: unknown): void;
}

/** Payments of a sandbox, decided one step after another, and what is heard of them. */
export function paymentsOf(controls: () => Controls): {
	readonly port: PaymentPort;
	readonly watch: Pick<DeliveryWatch, 'composed' | 'event' | 'failed'>;
} {
	const listeners = new Set<Listener>();
	const about = (delivery: number) => {
		const { order } = controls().delivery(String(delivery));
		return [...listeners].filter((listener) => listener.order === order);
	};
	return {
		port: {
			newest: () => {
				const [newest] = controls().orders();
				return newest && namesOf(newest);
			},
			pay: (payment) => payOrder(payment, controls(), listeners),
		},
		watch: {
			composed(item, said, delivery) {
				for (const listener of about(delivery)) listener.composed(item, said, delivery);
			},
			event(event) {
				if (!('delivery' in event)) return;
				for (const listener of about(event.delivery)) listener.event(event);
			},
			failed(error) {
				for (const listener of listeners) listener.failed(error);
			},
		},
	};
}

const namesOf = ({ reference, amount = '' }: OrderView) => ({ reference, amount });

async function* payOrder(
	{ outcome, order: named, signal, next, composed }: Payment,
	controls: Controls,
	listeners: Set<Listener>,
): AsyncGenerator<RunEvent, PaidOrder> {
	const order = found(named, controls);
	const numbers = new Map<number, number>();
	const told: RunEvent[] = [];
	const open = new Set<number>();
	let failure: { readonly error: unknown } | undefined;
	let wake: () => void = () => undefined;
	const listener: Listener = {
		order: order.id,
		composed(item, said, delivery) {
			const number = next();
			numbers.set(delivery, number);
			open.add(delivery);
			composed(number, { item, said, failsAtFirst: false });
		},
		event(event) {
			const number = 'delivery' in event ? numbers.get(event.delivery) : undefined;
			if (!('delivery' in event) || number === undefined) return;
			told.push({ ...event, delivery: number });
			if (event.type === 'finished') open.delete(event.delivery);
			wake();
		},
		failed(error) {
			failure ??= { error };
			wake();
		},
	};
	const stopped = () => wake();
	listeners.add(listener);
	signal?.addEventListener('abort', stopped);
	try {
		let settled: Awaited<ReturnType<Controls['settle']>> | undefined;
		controls.settle(order.id, outcome).then(
			(result) => {
				settled = result;
				wake();
			},
			(error: unknown) => listener.failed(error),
		);
		for (;;) {
			// More may come while these are told.
			while (told.length > 0) yield* told.splice(0);
			signal?.throwIfAborted();
			if (failure !== undefined) throw asProblem(failure.error);
			const isOver = settled?.deliveries.every(({ id }) => numbers.has(id)) && open.size === 0;
			if (settled !== undefined && isOver === true) {
				const { state, callbackTo } = settled.order;
				const why =
					callbackTo === null
						? 'the request named no address for one'
						: 'the provider tells nobody of this';
				const untold = outcome === 'never' ? 'it stays as it is' : why;
				return { ...namesOf(settled.order), state, untold };
			}
			await new Promise<void>((resolve) => {
				wake = resolve;
			});
		}
	} finally {
		listeners.delete(listener);
		signal?.removeEventListener('abort', stopped);
	}
}

/** @throws Problem */
function found(named: string | undefined, controls: Controls): OrderView {
	try {
		if (named !== undefined) return controls.order(named);
	} catch (error) {
		throw asProblem(error);
	}
	const [newest] = controls.orders();
	if (newest !== undefined) return newest;
	throw new Problem('usage', 'the shop has asked for no payment yet', {
		hint: 'Let a call come first that does, and point the shop at the sandbox: CALLSIM_SANDBOX_URL.',
	});
}

const asProblem = (error: unknown): unknown =>
	error instanceof Refusal ? new Problem('usage', error.message) : error;
