import type { Composed } from '../compose/compose.ts';
import { httpAttempt } from '../delivery/attempt.ts';
import { type Delivery, type DeliveryProgress, deliver } from '../delivery/deliver.ts';
import { pauseBefore } from '../delivery/retry-schedule.ts';
import { millis } from '../model/duration.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import { deliveryInForce } from '../settings/delivery-in-force.ts';
import { deliveryOf } from '../settings/delivery-of.ts';
import { atMost } from './at-most.ts';
import { brokenOrder } from './broken-order.ts';
import { type ComposeTools, composeCallback } from './compose-callback.ts';
import { type Faults, type SentDelivery, shownAttempt } from './delivery-record.ts';
import type { Order } from './order.ts';
import type { CallbackSaid } from './provider.ts';
import type { Store } from './store.ts';
import type { SandboxTime } from './time.ts';

/** Who hears of deliveries: the terminal, the journal. */
export interface DeliveryWatch {
	composed(item: Composed, said: Settings, delivery: number): void;
	trying?: Parameters<typeof deliver>[2]['trying'];
	event(event: RunEvent): void;
	failed(error: unknown): void;
}

export interface DeliveryTools extends ComposeTools {
	readonly run: string;
	readonly time: SandboxTime;
	readonly store: Store;
	readonly watch: DeliveryWatch;
}

const kind = 'delivery';

/** Attempts: a thousand that fall due together would want more files than many systems allow. */
const mostAtOnce = 200;

/** Callbacks on their way, through the same engine as `fire`; each is kept with its attempts. */
export class Deliveries {
	readonly #tools: DeliveryTools;
	#last: number;
	readonly #inLine = atMost(mostAtOnce);
	/** Those that are being composed. */
	readonly #coming = new Set<Promise<unknown>>();

	constructor(tools: DeliveryTools) {
		this.#tools = tools;
		this.#last = Math.max(0, ...this.all().map(({ id }) => id));
	}

	all(order?: string): SentDelivery[] {
		const all = this.#tools.store.all<SentDelivery>(kind);
		return order === undefined ? all : all.filter((one) => one.order === order);
	}

	/** Resolves when everything that was to be sent can be seen among them. */
	async announced(): Promise<void> {
		while (this.#coming.size > 0) await Promise.allSettled(this.#coming);
	}

	/** The composed request, where something else than an attempt of ours carries it. */
	async composed(said: CallbackSaid, faults: Faults = {}): Promise<Composed> {
		return (await composeCallback(said, faults, this.#tools)).item;
	}

	/**
	 * @param after sandbox milliseconds before the first attempt
	 * @param of the delivery that is repeated
	 * @returns when they can be seen among the others
	 * @throws Problem where it cannot be composed
	 */
	async send(order: Order, said: CallbackSaid, more: SendMore = {}): Promise<OnTheirWay> {
		const coming = this.#send(order, said, more);
		this.#coming.add(coming);
		try {
			return await coming;
		} finally {
			this.#coming.delete(coming);
		}
	}

	async #send(
		order: Order,
		said: CallbackSaid,
		{ after = 0, copies, faults = {}, of }: SendMore,
	): Promise<OnTheirWay> {
		const { time, store, settings, context } = this.#tools;
		const at = time.now() + after;
		const { item } = await time.during(composeCallback(said, faults, this.#tools));
		const { method, url, body } = item.request;
		const request = {
			method,
			url: url.href,
			headers: item.request
				.headersAt(at)
				.map(({ name, shown }) => `${name}: ${context.mask(shown)}`),
			body: body && Buffer.from(body).toString('utf8'),
		};
		const ids: number[] = [];
		const first = Array.from({ length: copies ?? deliveryInForce(settings).duplicate }, () => {
			const id = ++this.#last;
			ids.push(id);
			const head = { id, order: order.id, said, faults, of, at, request };
			return this.#start(store.put<SentDelivery>(kind, String(id), { ...head, attempts: [] }));
		});
		return { ids, tried: Promise.all(first).then(() => undefined) };
	}

	/** Goes on with what was under way when the sandbox ended. */
	resume(): void {
		for (const record of this.all().filter(({ why }) => why === undefined))
			void this.#start(record);
	}

	#start(record: SentDelivery): Promise<void> {
		const { time, context, watch } = this.#tools;
		return new Promise((tried) => {
			time.run(async () => {
				try {
					await time.sleep(millis(Math.max(0, record.at - time.now())), context.interruption());
					await this.#deliver(record, tried);
				} catch (error) {
					if (!context.interruption().aborted) watch.failed(error);
				} finally {
					tried();
				}
			});
		});
	}

	async #deliver(record: SentDelivery, told: () => void): Promise<void> {
		const { run, settings, context, time, watch, store } = this.#tools;
		const { said, item } = await composeCallback(record.said, record.faults, this.#tools);
		const inForce = deliveryInForce(settings);
		const order = brokenOrder(item, record.faults.tamper ?? []);
		const delivery = deliveryOf({ ...item, order }, inForce.retry);
		const signal = context.interruption();
		watch.composed(item, said, record.id);
		let now = record;
		const keep = (changed: Partial<SentDelivery>) => {
			// Forgotten meanwhile: what is still under way comes to nothing.
			if (store.get(kind, String(record.id)) === undefined) return;
			now = store.put(kind, String(record.id), { ...now, ...changed });
		};
		const tried = httpAttempt({ ...inForce.reach, timeout: inForce.timeout }, context.random);
		const attempt: typeof tried = (...about) => this.#inLine(() => tried(...about));
		const ports = { clock: time, random: context.random, attempt, trying: watch.trying };
		const ids = { run, delivery: record.id };
		const pace = { speed: inForce.speed, signal };
		for await (const event of deliver(
			delivery,
			ids,
			ports,
			pace,
			this.#progress(record, delivery),
		)) {
			if (event.type === 'attempt')
				keep({
					attempts: [...now.attempts, shownAttempt(event, time.now(), context.mask)],
					next: undefined,
				});
			if (event.type === 'waiting') keep({ next: time.now() + event.waitMs });
			// Whoever stops the sandbox goes on later: only what is over is over.
			if (event.type === 'finished' && event.why !== 'interrupted')
				keep({ why: event.why, detail: event.detail });
			watch.event(event);
			if (event.type === 'attempt') told();
		}
	}

	#progress({ attempts }: SentDelivery, { schedule }: Delivery): DeliveryProgress | undefined {
		const last = attempts.at(-1);
		if (last === undefined) return undefined;
		const { settings, context } = this.#tools;
		const pause = pauseBefore(schedule, attempts.length + 1, last.status, context.random) ?? 0;
		return {
			attempts: attempts.length,
			lastStatus: last.status ?? null,
			reached: attempts.some(({ status }) => status !== undefined),
			wait: {
				offsetMs: last.offsetMs + pause,
				waitMs: millis(pause / deliveryInForce(settings).speed),
			},
		};
	}
}

interface OnTheirWay {
	readonly ids: readonly number[];
	/** Resolves when every copy has been tried once. */
	readonly tried: Promise<void>;
}

export interface SendMore {
	readonly after?: number | undefined;
	readonly copies?: number | undefined;
	readonly faults?: Faults;
	readonly of?: number | undefined;
}
