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
	| { readonly kind: 'timed-out'; readonly phase: 'connect' | 'headers' | 'body'; readonly tookMs: number }
	| {
			readonly kind: 'unreachable';
			readonly cause: 'refused' | 'name-not-found' | 'no-route' | 'tls';
			readonly detail: string;
			readonly tookMs: number;
	  }
	| {
			readonly kind: 'broken';
			readonly cause: 'reset' | 'malformed' | 'closed';
			readonly detail: string;
			readonly tookMs: number;
	  };
