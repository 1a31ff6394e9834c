import { accessOf, type OrderAccess } from '../order/access.ts';
import type { Probe, Setup } from './types.ts';

/** A program may read and make orders with functions of its own, where the command line has URLs and commands. */
export function givenAccess(given: Probe | Setup | undefined): OrderAccess | undefined {
	return typeof given === 'function' ? { kind: 'function', call: given } : accessOf(given ?? {});
}
