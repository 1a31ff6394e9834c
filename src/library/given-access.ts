import { headersFrom } from '../compose/headers.ts';
import { Problem } from '../model/problem.ts';
import { accessOf, type OrderAccess } from '../order/access.ts';
import { pointerKeys } from '../order/answered-reference.ts';
import type { Probe, Setup } from './types.ts';

/**
 * A program may read and make orders with functions of its own, beside URLs and commands.
 * @throws Problem `usage`: without types anything may be given, and would judge in silence
 */
export function givenAccess(
	given: Probe | Setup | undefined,
	what: 'probe' | 'setup',
): OrderAccess | undefined {
	if (given === undefined) return undefined;
	const access: OrderAccess | undefined =
		typeof given === 'function'
			? { kind: 'function', call: given }
			: accessOf(saidOf(given ?? {}, what));
	if (access !== undefined) return access;
	throw new Problem('usage', `${what} has neither a url nor a command, and is no function`, {
		hint: `Give ${what}: { url: 'http://localhost:3000/orders/{reference}' }.`,
	});
}

interface Said {
	readonly url?: string;
	readonly command?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly reference?: string;
}

function saidOf(given: Said, what: 'probe' | 'setup') {
	if (given.reference !== undefined) pointerKeys(given.reference);
	return { ...given, headers: headersFrom(given.headers, `${what}Header`) };
}
