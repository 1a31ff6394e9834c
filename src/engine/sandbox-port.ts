import type { Catalogue } from '../catalogue/catalogue.ts';
import { millis } from '../model/duration.ts';
import { Problem } from '../model/problem.ts';
import type { ComposedRequest } from '../model/request.ts';
import type { Settings } from '../model/settings.ts';
import type { CallTold } from '../sandbox/calls.ts';
import type { SandboxProvider } from '../sandbox/provider.ts';
import { loadSandboxes, sandboxIds } from '../sandbox/providers.ts';
import { openSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { Store } from '../sandbox/store.ts';
import { SandboxTime } from '../sandbox/time.ts';
import type { PaymentPort } from '../scenario/run-ports.ts';
import { type EngineContext, within } from '../settings/engine-context.ts';
import { paymentsOf } from './payments.ts';
import { runId } from './run-id.ts';
import { chosenProviders } from './sandbox.ts';

export interface SandboxPortSaid {
	/** 0 for any free one. */
	readonly port: number;
	/** Ids of those whose callbacks are sent. */
	readonly providers: readonly string[];
	readonly settings: Settings;
	readonly catalogue: Catalogue;
	/** With the payer's pages and the controls, and callbacks of its own. */
	readonly isWhole?: boolean;
}

export interface SandboxPort<C> {
	readonly url: string;
	/** Ids of those that answer. */
	readonly providers: readonly string[];
	/** Hears what is sent; a receiver that is started in it knows the address. */
	readonly context: C;
	/** Whether anything was genuinely sent. */
	wasTold(): boolean;
	/** Of the whole sandbox: its payments. */
	readonly payments: PaymentPort | undefined;
	/** What was asked. */
	readonly calls: readonly CallTold[];
	/** When the shop has asked about the last callback, or does not for a moment. */
	close(): Promise<void>;
}

/** A receiver that works behind its answer asks a little later. */
const aMoment = millis(500);

/**
 * The provider's API beside callbacks that somebody else delivers: it tells what was genuinely
 * sent, each from before it leaves, and by itself does nothing.
 * @throws Problem `usage` where none of the providers can be asked, `port-unavailable`
 */
export async function openSandboxPort<C extends EngineContext>(
	{ port, providers: ids, settings, catalogue, isWhole = false }: SandboxPortSaid,
	outer: C,
): Promise<SandboxPort<C>> {
	const providers = isWhole ? await chosenProviders(ids) : await answering(ids);
	const calls: CallTold[] = [];
	let isAsked = true;
	let isTold = false;
	let asked: () => void = () => undefined;
	const { clock, random, env } = outer;
	const failures: unknown[] = [];
	const payments = paymentsOf(() => running.controls);
	const running: RunningSandbox = await openSandbox({
		run: runId(clock.now(), random),
		providers,
		settings,
		catalogue,
		context: outer,
		time: new SandboxTime(clock),
		store: new Store(),
		box: {
			...{ outcome: undefined, isAsked: true, isAskedFirst: true, delay: 0 },
			// Where the request names no address, the receiver is the one that is tried.
			callbackTo: isWhole ? settings.to?.href : undefined,
			returnTo: isWhole ? settings.returnTo?.href : undefined,
			variants: [],
		},
		http: { host: '127.0.0.1', port, tls: undefined },
		isOnlyAsked: !isWhole,
		watch: {
			...payments.watch,
			state: () => undefined,
			failed(error) {
				failures.push(error);
				payments.watch.failed(error);
			},
			call(told) {
				calls.push(told);
				isAsked = true;
				asked();
			},
		},
	}).catch((cause: NodeJS.ErrnoException) => {
		throw cause instanceof Problem || cause.code === undefined ? cause : notOpened(port, cause);
	});
	const heard = hearing(running, () => {
		isAsked = false;
		isTold = true;
	});
	return {
		url: running.url,
		providers: providers.map(({ id }) => id),
		context: within<EngineContext>(outer, {
			env: { ...env, CALLSIM_SANDBOX_URL: running.url },
			sending: heard,
		}) as C,
		payments: isWhole ? payments.port : undefined,
		wasTold: () => isTold,
		calls,
		async close() {
			const signal = outer.interruption();
			if (!isAsked && !signal.aborted) {
				const over = new AbortController();
				asked = () => over.abort();
				const either = AbortSignal.any([signal, over.signal]);
				await clock.sleep(aMoment, either).catch(() => undefined);
			}
			await running.close();
			const [first] = failures;
			if (first !== undefined) throw first;
		},
	};
}

/** A request that is tried again says nothing new. */
function hearing(running: RunningSandbox, told: () => void): (request: ComposedRequest) => void {
	const known = new WeakSet<ComposedRequest>();
	return (request) => {
		if (request.states === undefined || known.has(request)) return;
		known.add(request);
		running.stated(request.states);
		told();
	};
}

const canBeAsked = ({ stated }: SandboxProvider): boolean => stated !== undefined;

/** Those that can be asked, without the pages of a payer: nobody pays here. */
async function answering(ids: readonly string[]): Promise<SandboxProvider[]> {
	const meant = await loadSandboxes(ids);
	const found = meant.filter(canBeAsked);
	if (found.length === 0) {
		const able = (await loadSandboxes(sandboxIds)).filter(canBeAsked);
		const why =
			meant[0]?.withoutQuery ?? `nothing here answers status queries of ${ids.join(', ')}`;
		throw new Problem('usage', (say) => `${say('sandboxPort')}: ${why}`, {
			hint: `There are those of ${able.map(({ id }) => id).join(', ')}.`,
		});
	}
	return found.map((provider) => ({
		...provider,
		endpoints: provider.endpoints.filter(({ isPage }) => isPage !== true),
	}));
}

const notOpened = (port: number, cause: NodeJS.ErrnoException): Problem =>
	new Problem('port-unavailable', `cannot listen on 127.0.0.1:${port} (${cause.code})`, {
		hint: (say) =>
			cause.code === 'EADDRINUSE'
				? `Something listens there already, perhaps callsim sandbox: stop it, or use ${say('sandboxPort', '0')} for any free port.`
				: `Name another: ${say('sandboxPort', '0')} is any free one.`,
		cause,
	});
