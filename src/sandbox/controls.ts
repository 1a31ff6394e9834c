import { parseDuration } from '../model/duration.ts';
import { Problem } from '../model/problem.ts';
import type { CallFault, Calls } from './calls.ts';
import type { Deliveries, SendMore } from './deliveries.ts';
import type { SentDelivery } from './delivery-record.ts';
import type { Order, OrderView } from './order.ts';
import { isOwnCaller } from './own-caller.ts';
import { overview } from './page/overview.ts';
import { type Box, Refusal, type SandboxProvider } from './provider.ts';
import { fieldsOf } from './read-call.ts';
import { matched, plainPath } from './route.ts';
import type { Answered, IncomingCall } from './server.ts';
import type { Store } from './store.ts';
import type { SandboxTime } from './time.ts';

interface ControlTools {
	readonly url: string;
	readonly providers: readonly SandboxProvider[];
	boxOf(provider: string): Box;
	readonly deliveries: Deliveries;
	readonly calls: Calls;
	readonly store: Store;
	readonly time: SandboxTime;
}

type Given = Readonly<Record<string, unknown>>;

const faults: readonly CallFault[] = ['500', '429', 'timeout', 'reset'];

/** Everything that can be looked at and decided from outside, for programs, pages and terminals. */
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

	/** Newest first. */
	orders(): OrderView[] {
		return this.#tools.store
			.all<Order>('order')
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
	async settle(name: string, outcome: string): Promise<OrderView> {
		const order = this.#found(name);
		await this.#provider(order).settle(order, outcome, this.#tools.boxOf(order.provider));
		return this.order(order.id);
	}

	/** The same bytes again, unless it is broken on purpose. @throws Refusal, Problem */
	async resend(which: string, more: SendMore = {}): Promise<void> {
		const sent = this.#sent(which);
		const order = this.#found(sent.order);
		const all = { copies: 1, ...more, of: sent.id };
		const { tried } = await this.#tools.deliveries.send(order, sent.said, all);
		if (more.after === undefined || more.after === 0) await tried;
	}

	async advance(by: string): Promise<void> {
		await this.#tools.time.advance(parseDuration(by, 'by'));
		this.tell();
	}

	failNext(as: CallFault, times = 1): void {
		this.#tools.calls.failNext(as, times);
	}

	reset(): void {
		this.#tools.store.clear();
		this.#tools.calls.forgetFaults();
		this.tell();
	}

	/** Undefined where the address is none of the sandbox's own. */
	answer(call: IncomingCall): Promise<Answered> | undefined {
		const path = plainPath(call.target);
		return path === '/_callsim' || path.startsWith('/_callsim/')
			? this.#answered(path.slice('/_callsim'.length), call)
			: undefined;
	}

	async #answered(path: string, call: IncomingCall): Promise<Answered> {
		if (!isOwnCaller(call, this.#tools.url))
			return json(403, { message: 'controls are for this machine alone, and for no other page' });
		if (call.method === 'GET') return this.#read(path, call);
		if (call.method !== 'POST') return json(405, { message: 'GET or POST' });
		const given = fieldsOf(call.body, call.headers['content-type'] ?? '');
		if (typeof given === 'string') return json(400, { message: given });
		try {
			await this.#do(path, given as Given);
		} catch (error) {
			if (error instanceof Refusal) return json(409, { message: error.message });
			if (error instanceof Problem) return json(400, { message: error.message, try: error.hint });
			throw error;
		}
		// A form of the page: the browser goes back to where it was.
		const back = given['back'];
		if (typeof back === 'string')
			return { status: 303, headers: { location: `/_callsim/${back}` }, body: '' };
		return json(200, { done: true });
	}

	#read(path: string, call: IncomingCall): Answered {
		const query = new URLSearchParams(call.target.split('?')[1]);
		try {
			const one = matched('/orders/:name', path);
			if (one !== undefined) return json(200, this.order(one['name'] ?? ''));
			const sent = matched('/deliveries/:id', path);
			if (sent !== undefined) return json(200, this.#sent(sent['id'] ?? ''));
			if (path === '/orders') return json(200, { orders: this.orders() });
			if (path === '/deliveries')
				return json(200, { deliveries: this.deliveries(query.get('order') ?? undefined) });
			if (path === '/events') return this.#stream();
			if (path === '' || path === '/') return this.#page(query.get('order') ?? undefined);
		} catch (error) {
			if (error instanceof Refusal) return json(404, { message: error.message });
			throw error;
		}
		return json(404, { message: `there is no control ${path}` });
	}

	async #do(path: string, given: Given): Promise<void> {
		const settle = matched('/orders/:name/settle', path);
		if (settle !== undefined)
			return void (await this.settle(settle['name'] ?? '', text(given, 'outcome')));
		const resend = matched('/deliveries/:id/resend', path);
		if (resend !== undefined) return this.resend(resend['id'] ?? '', sendMore(given));
		if (path === '/advance') return this.advance(text(given, 'by'));
		if (path === '/reset') return this.reset();
		if (path === '/fail') {
			const as = faults.find((fault) => fault === text(given, 'as'));
			if (as === undefined) throw new Refusal(`as is one of ${faults.join(', ')}`);
			return this.failNext(as, count(given, 'times') ?? 1);
		}
		throw new Refusal(`there is no control ${path}`);
	}

	#page(name: string | undefined): Answered {
		const orders = this.orders();
		const shown = name === undefined ? orders[0] : this.order(name);
		return overview(orders, shown, shown === undefined ? [] : this.deliveries(shown.id));
	}

	/** "Something has happened", at most every tenth of a second: whoever reads looks for himself. */
	#stream(): Answered {
		return {
			headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
			stream: (write) => {
				let told = 0;
				const listener = () => write(`event: changed\ndata: ${++told}\n\n`);
				write(': callsim sandbox\n\n');
				this.#listeners.add(listener);
				return () => this.#listeners.delete(listener);
			},
		};
	}

	#view(order: Order): OrderView {
		const { data: _, ...shown } = order;
		const facts = this.#provider(order).describe(order, this.#tools.boxOf(order.provider));
		return { ...shown, ...facts };
	}

	#provider({ provider }: Order): SandboxProvider {
		const found = this.#tools.providers.find(({ id }) => id === provider);
		if (found === undefined) throw new Error(`an order of ${provider}, which is not open`);
		return found;
	}

	#found(name: string): Order {
		const { store } = this.#tools;
		const order =
			store.get<Order>('order', name) ??
			store.all<Order>('order').findLast(({ reference }) => reference === name);
		if (order === undefined) throw new Refusal(`there is no order "${name}"`);
		return order;
	}

	/** @param which a number, or an order: its latest one */
	#sent(which: string): SentDelivery {
		const sent =
			this.#tools.store.get<SentDelivery>('delivery', which) ??
			this.deliveries(which).findLast(({ of }) => of === undefined);
		if (sent === undefined) throw new Refusal(`nothing was sent about "${which}" yet`);
		return sent;
	}
}

function sendMore(given: Given): SendMore {
	const tamper = text(given, 'tamper', '');
	const [, path, value] = /^([^=]+)=(.*)$/s.exec(tamper) ?? [];
	if (tamper !== '' && path === undefined) throw new Refusal('tamper is field=value');
	const isSaid = (name: string) => ['true', '1', true].includes(given[name] as string);
	const after = text(given, 'after', '');
	return {
		copies: count(given, 'times') ?? 1,
		...(after !== '' && { after: parseDuration(after, 'after') }),
		faults: {
			...(path !== undefined && { tamper: [{ path, value: { kind: 'text', text: value ?? '' } }] }),
			...(isSaid('unsigned') && { unsigned: true }),
			...(isSaid('wrongKey') && { wrongKey: true }),
		},
	};
}

function text(given: Given, name: string, otherwise?: string): string {
	const value = given[name] ?? otherwise;
	if (typeof value === 'string') return value;
	throw new Refusal(`${name} is missing, or no text`);
}

function count(given: Given, name: string): number | undefined {
	const value = given[name];
	if (value === undefined) return undefined;
	const number = Number(value);
	if (Number.isInteger(number) && number >= 1 && number <= 100) return number;
	throw new Refusal(`${name} is a whole number from 1 to 100`);
}

const json = (status: number, value: unknown): Answered => ({
	status,
	headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
	body: `${JSON.stringify(value)}\n`,
});
