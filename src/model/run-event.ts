import type { Outcome } from './outcome.ts';
import type { Header } from './request.ts';
import type { Schedule } from './schedule.ts';

/** Why a delivery ended. */
export type Why = 'acknowledged' | 'gave-up' | 'never-reached' | 'interrupted' | 'refused-target';

/** What an attempt put on the wire, with credentials masked where they are the user's own. */
export interface SentRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: readonly Header[];
	readonly body: Uint8Array | undefined;
}

/** What every command consumes: one stream, many reports. Times in milliseconds; `offsetMs` is provider time. */
export type RunEvent =
	| {
			readonly type: 'started';
			readonly run: string;
			readonly delivery: number;
			readonly event: string;
			readonly options: readonly string[];
			readonly target: string;
			readonly schedule: Schedule;
			readonly credentials: 'simulator' | 'own' | 'none';
			/** `tamper`, `unsealed`, `wrong-key`: broken on purpose. */
			readonly faults: readonly string[];
	  }
	| {
			readonly type: 'attempt';
			readonly run: string;
			readonly delivery: number;
			readonly attempt: number;
			readonly offsetMs: number;
			/** Epoch milliseconds, wall time. */
			readonly at: number;
			readonly request: SentRequest;
			readonly outcome: Outcome;
			readonly acknowledged: boolean;
			readonly reason?: string | undefined;
			readonly warnings: readonly string[];
	  }
	| {
			readonly type: 'waiting';
			readonly run: string;
			readonly delivery: number;
			readonly attempt: number;
			readonly offsetMs: number;
			readonly waitMs: number;
	  }
	| {
			readonly type: 'finished';
			readonly run: string;
			readonly delivery: number;
			readonly event: string;
			readonly acknowledged: boolean;
			readonly attempts: number;
			readonly lastStatus: number | null;
			readonly why: Why;
			/** Set for `refused-target`: the address that was refused. */
			readonly detail?: string | undefined;
	  }
	| {
			readonly type: 'summary';
			readonly run: string;
			readonly deliveries: number;
			readonly acknowledged: number;
			/** Deliveries that --bail or an interruption kept from starting. */
			readonly skipped: number;
			readonly exitCode: ExitCode;
	  };

/** Part of the public contract: 0 as expected, 1 receiver failed, 2 problem, 3 never connected, 70 bug, 130/143 signals. */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 130 | 143;
