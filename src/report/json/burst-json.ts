import type { BurstEvent } from '../../model/contract/burst.ts';
import { safeJson } from '../safe/escape.ts';
import type { Mask } from '../safe/mask.ts';

/** One event of a burst as a line of the public contract. */
export function burstJson(event: BurstEvent, mask: Mask): string {
	return `${safeJson(event.type === 'summary' ? { ...event, target: mask(event.target) } : event)}\n`;
}
