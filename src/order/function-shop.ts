import { isObject, type Value } from '../model/value.ts';
import { jsonOf } from '../model/value-text.ts';
import type { FunctionAccess } from './access.ts';
import type { OrderNames } from './order.ts';
import type { OrderPort, SetupAnswer } from './port.ts';
import { type State, stateOf } from './state.ts';

/** A shop that a program reaches with functions, which cannot keep it from stopping. */
export function functionShop(signal: AbortSignal | undefined): OrderPort<FunctionAccess> {
	return {
		make: (access, order) => untilAborted(makeWith(access, order), signal),
		read: (access, order) => untilAborted(readWith(access, order), signal),
	};
}

async function makeWith(
	{ call }: FunctionAccess,
	{ reference, amount }: OrderNames,
): Promise<SetupAnswer> {
	try {
		const answer = await call({ reference, amount });
		return isObject(answer as Value) ? { answer: jsonOf(answer) } : {};
	} catch (error) {
		return { why: `the set-up threw: ${messageOf(error)}` };
	}
}

async function readWith(
	{ call }: FunctionAccess,
	{ reference, amount }: OrderNames,
): Promise<State> {
	try {
		const state = await call({ reference, amount });
		return stateOf(typeof state === 'string' ? state : jsonOf(state));
	} catch (error) {
		return { kind: 'unreadable', why: `the probe threw: ${messageOf(error)}` };
	}
}

const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);

/** @throws the signal's reason */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (signal === undefined) return work;
	signal.throwIfAborted();
	return new Promise((resolve, reject) => {
		const stop = () => reject(signal.reason);
		signal.addEventListener('abort', stop);
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});
}
