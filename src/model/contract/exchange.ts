/** What was sent and what came back, as JSON has it. */

/** A body: text where it is UTF-8, base64 where it is not; `truncated` past 64 KiB. */
export type Body = ({ readonly body: string } | { readonly bodyBase64: string }) & {
	readonly truncated?: true | undefined;
};

export type SentRequest = {
	readonly method: string;
	readonly url: string;
	/** Lower-case names; a user's own credentials are masked. */
	readonly headers: Readonly<Record<string, string>>;
} & Body;

/** What came back from one attempt; `tookMs` is wall time in milliseconds. */
export type Outcome =
	| ({
			readonly kind: 'answered';
			readonly status: number;
			readonly headers: Readonly<Record<string, string | readonly string[]>>;
			readonly tookMs: number;
	  } & Body)
	| Unanswered;

export type Unanswered =
	| {
			readonly kind: 'timed-out';
			readonly phase: 'connect' | 'headers' | 'body';
			readonly tookMs: number;
	  }
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
