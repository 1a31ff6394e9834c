import type { Order, SetupTemplate, ShopPort } from '../check/orders.ts';
import type { ProbePort } from '../check/probe.ts';
import { absent, type State, stateOf } from '../check/state.ts';
import { jsonOf } from '../model/value-text.ts';
import type { Probe, Setup } from './types.ts';

/** A program may read and make orders with functions of its own, where the command line has URLs and commands. */
export function shopThrough(
	{ probe, setup }: { readonly probe?: Probe | undefined; readonly setup?: Setup | undefined },
	others: ShopPort & ProbePort,
	signal: AbortSignal,
): ShopPort & ProbePort {
	return {
		read: (template, order) =>
			'own' in template && typeof probe === 'function'
				? untilAborted(readWith(probe, order), signal)
				: others.read(template, order),
		setUp: (template, order) =>
			'own' in template && typeof setup === 'function'
				? untilAborted(setUpWith(setup, order), signal)
				: others.setUp(template, order),
	};
}

/** A function stands in the place of a template. */
export function templateOf(given: Probe | Setup | undefined): SetupTemplate | undefined {
	return typeof given === 'function' ? { own: true } : given;
}

/** A function that never answers does not keep a program from stopping. @throws the signal's reason */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	signal.throwIfAborted();
	let stop: (() => void) | undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		stop = () => reject(signal.reason);
		signal.addEventListener('abort', stop, { once: true });
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		if (stop !== undefined) signal.removeEventListener('abort', stop);
	}
}

type Called = Pick<Order, 'reference' | 'amount'>;

async function readWith(
	probe: Extract<Probe, (order: Order) => unknown>,
	{ reference, amount }: Called,
): Promise<State> {
	try {
		const state = await probe({ reference, amount });
		if (state === undefined || state === null) return absent;
		return stateOf(typeof state === 'string' ? state : jsonOf(state));
	} catch (error) {
		return { kind: 'unreadable', why: `the probe threw: ${messageOf(error)}` };
	}
}

async function setUpWith(
	setup: Extract<Setup, (order: Order) => unknown>,
	{ reference, amount }: Called,
): Promise<string | undefined> {
	try {
		await setup({ reference, amount });
		return undefined;
	} catch (error) {
		return `the set-up threw: ${messageOf(error)}`;
	}
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
