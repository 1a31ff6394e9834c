import type { Composed } from '../compose/compose.ts';
import type { Attempt } from '../delivery/attempt.ts';
import type { Trying } from '../delivery/deliver.ts';
import { type DeliveryTally, emptyDeliveryTally } from '../delivery/delivery-tally.ts';
import type { ConnectionOptions } from '../delivery/http.ts';
import type { Clock } from '../model/clock.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { PrintFire, Settings } from '../model/settings.ts';
import type { Say } from '../model/words.ts';
import type { OrderNames } from '../order/order.ts';
import type { OrderPort } from '../order/port.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import type { RunSettings } from './plan.ts';

/** The receiver's process, where callsim started it . */
export interface ReceiverControl {
	stop(): Promise<void>;
	/** Resolves once it answers again. */
	start(): Promise<void>;
}

/** A payment that is decided, and what is told of it. */
export interface Payment {
	readonly outcome: string;
	/** Its reference or id; undefined: the newest. */
	readonly order: string | undefined;
	/** Ends the wait. */
	readonly signal: AbortSignal | undefined;
	/** The number of another delivery of the run. */
	next(): number;
	/** Told of every callback before it is delivered. */
	composed(delivery: number, callback: StepCallback): void;
}

/** The provider's orders, where somebody decides them. */
export interface PaymentPort {
	/**
	 * Ends when every callback about it has been acknowledged, or given up.
	 * @returns what became of the order @throws Problem where that cannot be decided
	 */
	pay(payment: Payment): AsyncGenerator<RunEvent, PaidOrder>;
	/** The newest. */
	newest(): OrderNames | undefined;
}

export interface PaidOrder extends OrderNames {
	readonly state: string;
	/** Why nobody was told. */
	readonly untold?: string | undefined;
}

/** What running scenarios touches of the outside. */
export interface RunPorts {
	/** Environment, files, credentials. */
	readonly context: EngineContext;
	readonly clock: Clock;
	attemptWith(options: Omit<ConnectionOptions, 'signal'>): Attempt;
	/** The receiver's shop: reads orders, and makes them. */
	shopWith(options: ConnectionOptions): OrderPort;
	readonly receiver?: ReceiverControl | undefined;
	/** The provider's API beside the run, where it is open. */
	readonly payments?: PaymentPort | undefined;
	/** The line that repeats a step. */
	readonly print: PrintFire;
	/** How whoever started the run calls its settings. */
	readonly say: Say;
	/** Told of every callback before it is delivered, for hints and warnings. */
	composed?(delivery: number, callback: StepCallback): void;
	/** Told before every attempt. */
	trying?(about: Trying): void;
}

/** A step's callback, about to be delivered. */
export interface StepCallback {
	readonly item: Composed;
	/** Everything that is said of it. */
	readonly said: Settings;
	/** The receiver is stopped for it, or its order is made after its first attempts. */
	readonly failsAtFirst: boolean;
}

export interface ScenarioRunOptions {
	/** Id of the run. */
	readonly run: string;
	/** Fresh ids, shuffles: the same seed makes the same run. */
	readonly seed: string;
	/** The one clock reading behind fresh times, epoch milliseconds. */
	readonly now: number;
	readonly settings: RunSettings;
	/** Stop at the first step that fails. */
	readonly bail: boolean;
	/** Scenarios at the same time. */
	readonly jobs: number;
	readonly signal?: AbortSignal | undefined;
}

/** Numbers that go on through the whole run. */
export class Counter {
	#last = 0;
	next(): number {
		return ++this.#last;
	}
}

/** What all scenarios of a run share. */
export interface RunShared {
	readonly ports: RunPorts;
	readonly options: ScenarioRunOptions;
	readonly deliveries: Counter;
	readonly seq: Counter;
	readonly tally: RunTally;
}

export interface RunTally extends DeliveryTally {
	/** `--bail` has met a failure. */
	stopped: boolean;
	/** Of the shop. */
	calls: number;
	readonly scenarios: { passed: number; failed: number };
	readonly steps: { passed: number; failed: number; skipped: number };
}

const emptyTally = (): RunTally => ({
	...emptyDeliveryTally(),
	stopped: false,
	calls: 0,
	scenarios: { passed: 0, failed: 0 },
	steps: { passed: 0, failed: 0, skipped: 0 },
});

export const sharedBy = (ports: RunPorts, options: ScenarioRunOptions): RunShared => ({
	ports,
	options,
	deliveries: new Counter(),
	seq: new Counter(),
	tally: emptyTally(),
});
