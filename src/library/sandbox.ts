import { parseTarget } from '../delivery/target.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { runId } from '../engine/run-id.ts';
import { millis } from '../model/duration.ts';
import { Problem } from '../model/problem.ts';
import { libraryContext } from './library-context.ts';
import type { OrderNamed, Sandbox, SandboxCall, SandboxOptions } from './sandbox-types.ts';
import { deliverySettings, shapingSettings } from './settings-of.ts';

/**
 * The provider's own API on a port of this machine, for a test suite. Nothing is decided and no
 * time passes unless you say so.
 * @throws Problem for anything a caller can fix
 */
export async function sandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const {
		providers = [],
		callbackTo,
		outcome = 'ask',
		delayMs = 0,
		port = 0,
		state,
		realTime,
	} = options;
	const { providers: _, ...setup } = options;
	const stopping = new AbortController();
	const context = libraryContext(setup, stopping.signal);
	const calls: SandboxCall[] = [];
	const failures: unknown[] = [];
	const { startSandbox } = await import('../engine/sandbox.ts');
	const running = await startSandbox(
		{
			run: runId(context.clock.now(), context.random),
			providers,
			settings: {
				...shapingSettings(setup),
				...deliverySettings({ ...options, speed: options.speed ?? 1 }),
				delay: millis(delayMs),
			},
			callbackTo: callbackTo === undefined ? undefined : parseTarget(String(callbackTo), 'to').href,
			outcome,
			isAsked: true,
			...{ host: '127.0.0.1', port, tls: undefined, state },
			isStill: realTime !== true,
			usualDelay: 0,
		},
		await loadCatalogue({}, context),
		{
			composed: () => undefined,
			event: () => undefined,
			failed: (error) => void failures.push(error),
			state: () => undefined,
			call({ method, target: path, status, notes }) {
				// A control is none of the shop's requests.
				if (!path.startsWith('/_callsim/')) calls.push({ method, path, status, notes });
			},
		},
		context,
	);
	const { controls } = running;
	/** What went wrong behind an answer belongs to whoever asks next. */
	const soundly = <T>(result: T): T => {
		const [first] = failures.splice(0);
		if (first !== undefined) throw first;
		return result;
	};
	const asked = <T>(work: () => T): T => {
		try {
			return soundly(work());
		} catch (error) {
			throw problemOf(error);
		}
	};
	const done = async <T>(work: Promise<T>): Promise<T> => {
		const result = await work.catch((error: unknown) => {
			throw problemOf(error);
		});
		return soundly(result);
	};
	return {
		url: running.url,
		orders: () => asked(() => controls.orders()),
		order: (name) => asked(() => controls.order(nameOf(name))),
		calls: () => asked(() => [...calls]),
		deliveries: (order) =>
			asked(() =>
				controls
					.deliveries(order && nameOf(order))
					.map(({ id, order: of, said, request, why, attempts }) => ({
						...{ id, order: of, event: said.event, url: request.url, body: request.body, why },
						attempts: attempts.map(({ offsetMs, status, answer, acknowledged }) => ({
							...{ offsetMs, status, answer, acknowledged },
						})),
					})),
			),
		settle: async (order, decided) => (await done(controls.settle(nameOf(order), decided))).order,
		resend: async (which, { times, afterMs, unsigned, wrongKey } = {}) =>
			void (await done(
				controls.resend(typeof which === 'number' ? String(which) : nameOf(which), {
					copies: times,
					after: afterMs,
					faults: { unsigned, wrongKey },
				}),
			)),
		advance: (by) => done(controls.advance(by)),
		balances: () => asked(() => controls.balances()),
		setBalance: (provider, amount) => asked(() => controls.setBalance(provider, String(amount))),
		failNext: (as, times) => controls.failNext(as, times),
		reset: () => controls.reset(),
		async close() {
			stopping.abort();
			await running.close();
		},
	};
}

const nameOf = (order: OrderNamed): string => (typeof order === 'string' ? order : order.id);

/** What cannot be done now is a problem of the caller's, too. */
const problemOf = (error: unknown): unknown =>
	error instanceof Error && error.name === 'Refusal' ? new Problem('usage', error.message) : error;
