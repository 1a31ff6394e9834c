import type { Why } from '../model/contract/run-events.ts';

/** How a delivery of the journal stands. */
export type KeptState = Why | 'not-sent' | 'cut-off' | 'under-way';
