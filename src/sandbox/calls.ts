import { nearestName } from '../model/suggest.ts';
import type { ValueObject } from '../model/value.ts';
import { aMinuteLater } from './later.ts';
import type { Order } from './order.ts';
import type { Asked, Box, Call, Endpoint, Reply, SandboxProvider } from './provider.ts';
import { Refusal } from './provider.ts';
import { fieldsOf, multipartFields } from './read-call.ts';
import { matched, plainPath } from './route.ts';
import type { Answered, IncomingCall } from './server.ts';
import { shownTarget } from './shown-target.ts';
import type { Store } from './store.ts';

/** One request, as it is told. */
export interface CallTold {
	/** Epoch milliseconds of the sandbox's clock: when it was answered, and when it came. */
	readonly at: number;
	readonly came?: number | undefined;
	readonly provider: string | undefined;
	readonly method: string;
	readonly target: string;
	/** Undefined where it was hung up on. */
	readonly status: number | undefined;
	readonly order?: { readonly id: string; readonly reference: string } | undefined;
	/** What was wrong about it. */
	readonly notes: readonly string[];
}

export type CallFault = '500' | '429' | 'timeout' | 'reset';

interface CallTools {
	readonly providers: readonly SandboxProvider[];
	boxOf(provider: string): Box;
	readonly store: Pick<Store, 'together'>;
	now(): number;
	readonly heard: { call(told: CallTold): void };
}

interface Meant {
	readonly provider: SandboxProvider;
	readonly endpoint: Endpoint;
	readonly path: string;
	readonly params: Readonly<Record<string, string>>;
}

/** The providers' own addresses: who is meant, and what is answered. */
export class Calls {
	readonly #tools: CallTools;
	/** How the next calls of the API fail; pages of the payer's never do. */
	readonly #faults: CallFault[] = [];

	/** Of every provider: who mistakes the address has sent them all the same. */
	readonly #secrets: readonly string[];

	constructor(tools: CallTools) {
		this.#tools = tools;
		this.#secrets = tools.providers.flatMap(({ secretParameters = [] }) => secretParameters);
	}

	failNext(fault: CallFault, times: number): void {
		for (let left = times; left > 0; left--) this.#faults.push(fault);
	}

	forgetFaults(): void {
		this.#faults.length = 0;
	}

	async answer(incoming: IncomingCall): Promise<Answered> {
		const { method, target } = incoming;
		const notes: string[] = [];
		const advice: string[] = [];
		let order: Order | undefined;
		const came = this.#tools.now();
		const tell = (status: number | undefined, provider?: string) =>
			this.#tools.heard.call({
				at: this.#tools.now(),
				came,
				provider,
				method,
				target: shownTarget(target, this.#secrets),
				status,
				order: order && { id: order.id, reference: order.reference },
				notes: [...notes, ...advice],
			});
		const path = plainPath(target);
		const query = new URLSearchParams(target.split('?').slice(1).join('?'));
		const read = reading(incoming);
		const meant = this.#meant(method, path, (provider) => ({
			fields: known(read(provider)),
			query,
		}));
		const fault = meant?.endpoint.isPage === true ? undefined : this.#faults.shift();
		if (fault !== undefined) {
			notes.push(`failed on purpose: ${fault}`);
			const answer = failed(fault, this.#tools.now());
			tell('status' in answer ? answer.status : undefined, meant?.provider.id);
			return answer;
		}
		if (meant === undefined) {
			const lost = this.#lost(method, path);
			notes.push(lost.says);
			tell(lost.status);
			return written({
				status: lost.status,
				headers: lost.headers,
				json: { message: `callsim sandbox: ${lost.says}` },
			});
		}
		const fields = (await multipartFields(incoming)) ?? read(meant.provider);
		if (typeof fields === 'string') notes.push(fields);
		const call: Call = {
			fields: known(fields),
			query,
			method,
			path: meant.path,
			target,
			params: meant.params,
			headers: incoming.headers,
			body: incoming.body,
			note: (text) => void notes.push(text),
			advise: (text) => void advice.push(`note: ${text}`),
			about: (one) => {
				order = one;
			},
		};
		const reply = await this.#replied(meant, call);
		tell(reply.status, meant.provider.id);
		return written(reply);
	}

	async #replied({ provider, endpoint }: Meant, call: Call): Promise<Reply> {
		try {
			const { store, boxOf } = this.#tools;
			// What a request changes at once, order and deposit say, is kept or lost as one.
			return await store.together(() => endpoint.answer(call, boxOf(provider.id)));
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			call.note(error.message);
			return { status: 409, json: { message: error.message } };
		}
	}

	#meant(
		method: string,
		path: string,
		asked: (provider: SandboxProvider) => Asked,
	): Meant | undefined {
		for (const [provider, endpoint, pattern] of this.#all(path)) {
			if (endpoint.method !== method && !(method === 'HEAD' && endpoint.method === 'GET')) continue;
			const params = matched(pattern, this.#within(path, provider.id));
			if (params !== undefined && endpoint.isMeant?.(asked(provider)) !== false)
				return { provider, endpoint, path: pattern, params };
		}
		return undefined;
	}

	/** Every endpoint, those of a provider that the path names alone. */
	*#all(path: string): Generator<readonly [SandboxProvider, Endpoint, string]> {
		const named = this.#tools.providers.find(({ id }) => `${path}/`.startsWith(`/${id}/`));
		for (const provider of named === undefined ? this.#tools.providers : [named])
			for (const endpoint of provider.endpoints)
				for (const pattern of endpoint.paths) yield [provider, endpoint, pattern];
	}

	#within(path: string, provider: string): string {
		return `${path}/`.startsWith(`/${provider}/`) ? path.slice(provider.length + 1) || '/' : path;
	}

	/** Why an address leads nowhere, and where it should have led. */
	#lost(
		method: string,
		path: string,
	): { status: number; says: string; headers?: Record<string, string> } {
		const all = [...this.#all(path)];
		const others = all.filter(([{ id }, , pattern]) => matched(pattern, this.#within(path, id)));
		if (others.length > 0 && others.every(([, endpoint]) => endpoint.method !== method)) {
			const allow = [...new Set(others.map(([, endpoint]) => endpoint.method))].join(', ');
			const headers = { allow };
			return { status: 405, says: `${path} takes ${allow}, not ${method}`, headers };
		}
		if (others.length > 0)
			return {
				status: 404,
				says: `nothing that was sent to ${path} says what is asked (callsim sandbox --list)`,
			};
		for (const provider of this.#tools.providers) {
			const inside = this.#within(path, provider.id);
			const wrong = provider.wrongAddresses.find((one) => matched(one.path, inside));
			if (wrong !== undefined) return { status: 404, says: misled(path, provider.id, wrong.right) };
		}
		const patterns = [...new Set(all.map(([, , pattern]) => pattern))];
		// A base address is no misspelling of what stands below it.
		const isBase = patterns.some((one) => one.startsWith(`${path.replace(/\/$/, '')}/`));
		const near = isBase ? undefined : nearestName(path, patterns);
		const hint = near === undefined ? '' : `; did you mean ${near}?`;
		return { status: 404, says: `nothing is at ${path}${hint} (callsim sandbox --list)` };
	}
}

/** @param right an address, or `nothing` and why */
const misled = (path: string, provider: string, right: string): string =>
	right.startsWith('nothing')
		? right.replace('nothing', `nothing is at ${path}`)
		: `${provider} has no ${path}; it is ${right}`;

/** Several endpoints may ask whether they are meant: a body is read once. */
function reading({ body, headers }: IncomingCall) {
	const done = new Map<string, ValueObject | string>();
	return ({ readsAnyType }: SandboxProvider): ValueObject | string => {
		const type = readsAnyType === true ? '' : (headers['content-type'] ?? '');
		const fields = done.get(type) ?? fieldsOf(body, type);
		done.set(type, fields);
		return fields;
	};
}

const known = (fields: ValueObject | string): ValueObject =>
	typeof fields === 'string' ? {} : fields;

function failed(fault: CallFault, now: number): Answered {
	if (fault === 'reset') return { fault: 'reset' };
	if (fault === 'timeout') return { fault: 'silence' };
	return fault === '429'
		? written({
				status: 429,
				headers: aMinuteLater(now),
				json: { code: 429, message: 'Too many requests.' },
			})
		: written({ status: 500, json: { message: 'Server Error' } });
}

function written({ status, headers = {}, json, html, text }: Reply): Answered {
	if (html !== undefined)
		return {
			status,
			body: html,
			headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
		};
	if (text !== undefined)
		return {
			status,
			body: text,
			headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
		};
	return {
		status,
		body: json === undefined ? '' : JSON.stringify(json),
		headers: { 'content-type': 'application/json', ...headers },
	};
}
