import { parseDuration } from '../model/duration.ts';
import { nearestName } from '../model/suggest.ts';
import type { CallFault, Calls } from './calls.ts';
import type { Deliveries, SendMore } from './deliveries.ts';
import type { SentDelivery } from './delivery-record.ts';
import type { Order, OrderView } from './order.ts';
import { type Box, Refusal, type SandboxProvider, UnknownOutcome } from './provider.ts';
import type { Questions } from './questions.ts';
import type { Store } from './store.ts';
import type { SandboxTime } from './time.ts';

interface ControlTools {
	readonly providers: readonly SandboxProvider[];
	boxOf(provider: string): Box;
	readonly deliveries: Deliveries;
	readonly calls: Calls;
	readonly questions: Pick<Questions, 'about' | 'forget'>;
	readonly store: Store;
	readonly time: SandboxTime;
}

/** What became of an order, and the callbacks that tell of it: sent, or on their way. */
export interface Settled {
	readonly order: OrderView;
	readonly deliveries: readonly SentDelivery[];
}

/** Orders that a misspelt name is compared with. */
const mostMeant = 1_000;

export interface ProviderMoney {
	readonly provider: string;
	readonly currency: string;
	readonly balance: string;
}

/** Everything that can be looked at and decided from outside. */
export class Controls {
	readonly #tools: ControlTools;
	readonly #listeners = new Set<() => void>();

	constructor(tools: ControlTools) {
		this.#tools = tools;
	}

	/** Something has happened. */
	tell(): void {
		for (const listener of this.#listeners) listener();
	}

	/** @returns what ends it */
	listen(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Newest first. */
	orders(): OrderView[] {
		return this.#tools.store
			.all<Order>('order')
			.filter(({ provider }) => this.#tools.providers.some(({ id }) => id === provider))
			.map((order) => this.#view(order))
			.reverse();
	}

	/** @param name its id, or the shop's reference: of several the newest. @throws Refusal */
	order(name: string): OrderView {
		return this.#view(this.#found(name));
	}

	deliveries(order?: string): readonly SentDelivery[] {
		return this.#tools.deliveries.all(order === undefined ? undefined : this.#found(order).id);
	}

	/** @throws Refusal */
	async settle(name: string, outcome: string): Promise<Settled> {
		const order = this.#found(name);
		const { deliveries } = this.#tools;
		const before = new Set(deliveries.all(order.id).map(({ id }) => id));
		try {
			const { boxOf, store } = this.#tools;
			await store.together(() =>
				this.#provider(order).settle(order, outcome, boxOf(order.provider)),
			);
		} catch (error) {
			throw error instanceof UnknownOutcome ? this.#unknown(order, outcome, error) : error;
		}
		await deliveries.announced();
		const sent = deliveries.all(order.id).filter(({ id }) => !before.has(id));
		return { order: this.order(order.id), deliveries: sent };
	}

	/** What can be decided about it now instead. */
	#unknown(order: Order, outcome: string, { beside }: UnknownOutcome): Refusal {
		const { state, outcomes } = this.#view(order);
		return new Refusal(
			outcomes.length === 0
				? `"${outcome}" is no outcome, and there is none now: it is ${state}`
				: `"${outcome}" is no outcome; now an outcome is one of ${[...outcomes, beside].filter((one) => one !== '').join(', ')}`,
		);
	}

	/** The same bytes again, unless it is broken on purpose. @throws Refusal, Problem */
	async resend(which: string, more: SendMore = {}): Promise<readonly SentDelivery[]> {
		const sent = this.delivery(which);
		const order = this.#found(sent.order);
		const all = { copies: 1, ...more, of: sent.id };
		const { deliveries } = this.#tools;
		const { ids, tried } = await deliveries.send(order, sent.said, all);
		if (more.after === undefined || more.after === 0) await tried;
		return deliveries.all(order.id).filter(({ id }) => ids.includes(id));
	}

	async advance(by: string): Promise<void> {
		await this.#tools.time.advance(parseDuration(by, 'by'));
		this.tell();
	}

	/**
	 * What the shop has left with each provider that keeps a deposit, or with one.
	 * @throws Refusal
	 */
	balances(only?: string): ProviderMoney[] {
		const all = this.#balances();
		if (only === undefined) return all;
		const found = all.filter(({ provider }) => provider === only);
		if (found.length === 0) throw this.#withoutDeposit(only);
		return found;
	}

	#balances(): ProviderMoney[] {
		return this.#tools.providers.flatMap(({ id, balance }) =>
			balance === undefined
				? []
				: [
						{
							provider: id,
							currency: balance.currency,
							balance: balance.read(this.#tools.boxOf(id)),
						},
					],
		);
	}

	/** @throws Refusal */
	setBalance(provider: string, amount: string): void {
		const found = this.#tools.providers.find(({ id }) => id === provider);
		if (found?.balance === undefined) throw this.#withoutDeposit(provider);
		found.balance.set(amount, this.#tools.boxOf(provider));
		this.tell();
	}

	failNext(as: CallFault, times = 1): void {
		this.#tools.calls.failNext(as, times);
	}

	reset(): void {
		this.#tools.store.clear();
		this.#tools.calls.forgetFaults();
		this.#tools.questions.forget();
		this.tell();
	}

	#view(order: Order): OrderView {
		const { data: _, ...shown } = order;
		const facts = this.#provider(order).describe(order, this.#tools.boxOf(order.provider));
		const asked = this.#tools.questions.about(order.id);
		const log = [...order.log, ...asked].sort((a, b) => a.at - b.at);
		return { ...shown, log, ...facts };
	}

	#provider({ provider }: Order): SandboxProvider {
		const found = this.#tools.providers.find(({ id }) => id === provider);
		if (found === undefined) throw new Error(`an order of ${provider}, which is not open`);
		return found;
	}

	#withoutDeposit(provider: string): Refusal {
		const keepers = this.#balances().map((one) => one.provider);
		const others = keepers.length === 0 ? '' : `; of those that are open: ${keepers.join(', ')}`;
		return new Refusal(`${provider} keeps no deposit here${others}`);
	}

	#found(name: string): Order {
		const { store } = this.#tools;
		const order =
			store.get<Order>('order', name) ??
			store.all<Order>('order').findLast(({ reference }) => reference === name);
		if (order !== undefined) return order;
		throw new Refusal(`there is no order "${name}"${this.#meant(name)}`);
	}

	#meant(name: string): string {
		const known = this.#tools.store.all<Order>('order').slice(-mostMeant);
		const last = known.at(-1)?.reference;
		if (last === undefined) return ': there are none yet';
		const near = nearestName(
			name,
			known.map(({ reference }) => reference),
		);
		return near === undefined ? `; the newest is ${last}` : `; did you mean ${near}?`;
	}

	/** @param which a number, or an order: its latest one. @throws Refusal */
	delivery(which: string): SentDelivery {
		const sent =
			this.#tools.store.get<SentDelivery>('delivery', which) ??
			this.deliveries(which).findLast(({ of }) => of === undefined);
		if (sent === undefined) throw new Refusal(`nothing was sent about "${which}" yet`);
		return sent;
	}
}
