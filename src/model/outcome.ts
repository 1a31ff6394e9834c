import type { Unanswered } from './contract/exchange.ts';

export type { Unanswered } from './contract/exchange.ts';

/** What came back from one attempt. Times are wall-clock milliseconds. */
export type Outcome =
	| {
			readonly kind: 'answered';
			readonly status: number;
			readonly headers: Readonly<Record<string, string | readonly string[]>>;
			/** At most the first 64 KiB, without the compression in which it came. */
			readonly body: Uint8Array;
			readonly truncated: boolean;
			/** What a stricter client than the provider's would not have read. */
			readonly defects?: readonly string[] | undefined;
			readonly tookMs: number;
	  }
	| Unanswered;
