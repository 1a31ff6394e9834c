import { Problem } from '../model/problem.ts';
import type { CallFault } from './calls.ts';
import { count, type Given, sendMore, text } from './control-fields.ts';
import type { Controls } from './controls.ts';
import { isOwnCaller } from './own-caller.ts';
import { overview, type Refused } from './page/overview.ts';
import { Refusal } from './provider.ts';
import { fieldsOf } from './read-call.ts';
import { matched, plainPath } from './route.ts';
import type { Answered, IncomingCall } from './server.ts';

/** @param path below `/_callsim` */
type ToldControl = (path: string, what: string) => void;

const faults: readonly CallFault[] = ['500', '429', 'timeout', 'reset'];

/** The controls over HTTP, below `/_callsim`: for programs, pages and other terminals. */
export class ControlCalls {
	readonly #controls: Controls;
	readonly #url: string;
	readonly #told: ToldControl;

	/**
	 * @param url of the sandbox
	 * @param told hears of what nothing else tells
	 */
	constructor(controls: Controls, url: string, told: ToldControl) {
		this.#controls = controls;
		this.#url = url;
		this.#told = told;
	}

	/** Undefined where the address is none of the sandbox's own. */
	answer(call: IncomingCall): Promise<Answered> | undefined {
		if (isVisit(call)) return Promise.resolve(seeOther('/_callsim/'));
		const path = plainPath(call.target);
		return path === '/_callsim' || path.startsWith('/_callsim/')
			? this.#answered(path.slice('/_callsim'.length), call)
			: undefined;
	}

	async #answered(path: string, call: IncomingCall): Promise<Answered> {
		if (!isOwnCaller(call, this.#url))
			return json(403, { message: 'controls are for this machine alone, and for no other page' });
		if (call.method === 'GET') return this.#read(path, call);
		if (call.method !== 'POST') return json(405, { message: 'GET or POST' });
		const given = fieldsOf(call.body, call.headers['content-type'] ?? '');
		if (typeof given === 'string') return json(400, { message: given });
		// A form of the page: the browser goes back to where it was.
		const back = backOf(given, this.#url);
		try {
			const done = (await this.#do(path, given as Given)) ?? {};
			if (back !== undefined) return seeOther(back.pathname + back.search + back.hash);
			return json(200, { done: true, ...done });
		} catch (error) {
			const refused = refusalOf(error);
			if (refused === undefined) throw error;
			const { status, ...says } = refused;
			return back === undefined ? json(status, says) : this.#page(back.searchParams, refused);
		}
	}

	#read(path: string, call: IncomingCall): Answered {
		const query = new URLSearchParams(call.target.split('?')[1]);
		try {
			const one = matched('/orders/:name', path);
			if (one !== undefined) return json(200, this.#controls.order(one['name'] ?? ''));
			const sent = matched('/deliveries/:id', path);
			if (sent !== undefined) return json(200, this.#controls.delivery(sent['id'] ?? ''));
			if (path === '/orders') return json(200, { orders: this.#controls.orders() });
			if (path === '/deliveries')
				return json(200, {
					deliveries: this.#controls.deliveries(query.get('order') ?? undefined),
				});
			const money = matched('/balances/:provider', path);
			if (money !== undefined)
				return json(200, { balances: this.#controls.balances(money['provider']) });
			if (path === '/balances') return json(200, { balances: this.#controls.balances() });
			if (path === '/events') return this.#stream();
			if (path === '' || path === '/') return this.#page(query);
		} catch (error) {
			if (error instanceof Refusal) return json(404, { message: error.message });
			throw error;
		}
		return json(404, { message: `there is no control ${path}` });
	}

	async #do(path: string, given: Given): Promise<object | undefined> {
		const settle = matched('/orders/:name/settle', path);
		if (settle !== undefined)
			return this.#controls.settle(settle['name'] ?? '', text(given, 'outcome'));
		const resend = matched('/deliveries/:id/resend', path);
		if (resend !== undefined)
			return { deliveries: await this.#controls.resend(resend['id'] ?? '', sendMore(given)) };
		return this.#ofAll(path, given);
	}

	async #ofAll(path: string, given: Given): Promise<object | undefined> {
		if (path === '/advance') {
			const by = text(given, 'by');
			await this.#controls.advance(by);
			return void this.#told(path, `${by} more have passed`);
		}
		const balance = matched('/balances/:provider', path);
		if (balance !== undefined) {
			const provider = balance['provider'] ?? '';
			const amount = text(given, 'amount');
			this.#controls.setBalance(provider, amount);
			this.#told(path, `the deposit with ${provider} is ${amount} from now on`);
			return { balances: this.#controls.balances(provider) };
		}
		if (path === '/reset') {
			this.#controls.reset();
			return void this.#told(path, 'everything is forgotten');
		}
		if (path === '/fail') {
			const as = faults.find((fault) => fault === text(given, 'as'));
			if (as === undefined) throw new Refusal(`as is one of ${faults.join(', ')}`);
			const times = count(given, 'times') ?? 1;
			this.#controls.failNext(as, times);
			return void this.#told(
				path,
				times === 1 ? `the next API call fails: ${as}` : `the next ${times} API calls fail: ${as}`,
			);
		}
		throw new Refusal(`there is no control ${path}`);
	}

	/** An order that is not there any more is a sentence above the newest one. */
	#page(query: URLSearchParams, refused?: Refused): Answered {
		const orders = this.#controls.orders();
		const name = query.get('order');
		let shown = orders[0];
		let trouble = refused;
		try {
			if (name !== null) shown = this.#controls.order(name);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			trouble ??= { status: 404, message: error.message };
		}
		const deliveries = shown === undefined ? [] : this.#controls.deliveries(shown.id);
		const balances = this.#controls.balances();
		return overview({ orders, shown, deliveries, balances, trouble });
	}

	/** "Something has happened", at most every tenth of a second: whoever reads looks for himself. */
	#stream(): Answered {
		return {
			headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
			stream: (write) => {
				let told = 0;
				const listener = () => write(`event: changed\ndata: ${++told}\n\n`);
				write(': callsim sandbox\n\n');
				return this.#controls.listen(listener);
			},
		};
	}
}

/** Where the page was whose form this is; undefined where a program asks. */
const backOf = (given: Given, url: string): URL | undefined =>
	typeof given['back'] === 'string' ? new URL(`${url}/_callsim/${given['back']}`) : undefined;

/** What a caller is told; undefined of a bug. */
function refusalOf(error: unknown): Refused | undefined {
	if (error instanceof Refusal) return { status: 409, message: error.message };
	if (error instanceof Problem) return { status: 400, message: error.message, try: error.hint };
	return undefined;
}

/** A person who opens the address itself in a browser; KHOINS' transactions have a query there. */
const isVisit = ({ method, target, headers }: IncomingCall): boolean =>
	method === 'GET' && target === '/' && /^text\/html\b/i.test(headers['accept'] ?? '');

const seeOther = (location: string): Answered => ({ status: 303, headers: { location }, body: '' });

const json = (status: number, value: unknown): Answered => ({
	status,
	headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
	body: `${JSON.stringify(value)}\n`,
});
