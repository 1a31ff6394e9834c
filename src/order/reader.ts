import type { Clock } from '../model/clock.ts';
import { type Millis, millis } from '../model/duration.ts';
import { filledAccess, type OrderAccess } from './access.ts';
import type { OrderNames } from './order.ts';
import type { OrderPort } from './port.ts';
import { differences, type State } from './state.ts';

/** Between two looks at a change to come: short at first, for receivers that finish at once. */
const pauses = [2, 5, 10, 20, 40];

/** The receiver's state, from outside. */
export class OrderReader {
	readonly #access: OrderAccess;
	readonly #shop: OrderPort;
	readonly #clock: Clock;
	readonly #settle: Millis;

	constructor(access: OrderAccess, shop: OrderPort, clock: Clock, settle: Millis) {
		this.#access = access;
		this.#shop = shop;
		this.#clock = clock;
		this.#settle = settle;
	}

	/** A look that fails is taken again, a moment later. */
	async read(order: OrderNames): Promise<State> {
		const access = filledAccess(this.#access, order);
		const state = await this.#shop.read(access, order);
		if (state.kind !== 'unreadable') return state;
		await this.#clock.sleep(millis(50));
		return this.#shop.read(access, order);
	}

	/**
	 * The state once it has changed and come to rest, at the latest after `--settle`; a receiver may
	 * answer first and work afterwards.
	 * @param whole wait for the whole span, because this receiver is known to be late or may be
	 */
	async settled(
		order: OrderNames,
		before: State,
		isVolatile: (path: string) => boolean,
		whole: boolean,
		signal?: AbortSignal,
	): Promise<State> {
		const deadline = this.#clock.now() + this.#settle;
		let last = before;
		for (let look = 0; ; look++) {
			const now = await this.read(order);
			const moved = differences(before, now, isVolatile).length > 0;
			const still = differences(last, now, isVolatile).length === 0;
			last = now;
			const left = deadline - this.#clock.now();
			if (left <= 0 || (moved && (look === 0 || still) && !whole)) return now;
			await this.#clock.sleep(
				millis(Math.min(left, pauses[Math.min(look, pauses.length - 1)] ?? 40)),
				signal,
			);
		}
	}
}
