/** The lines of `sandbox --json` beside the run events of `fire`. */

export interface SandboxLine {
	readonly v: 1;
	readonly type: 'sandbox';
	readonly url: string;
	readonly providers: readonly string[];
}

/** One request of the shop, or of the payer's browser. */
export interface CallLine {
	readonly v: 1;
	readonly type: 'call';
	readonly run: string;
	/** The sandbox's time, ISO 8601. */
	readonly at: string;
	/** Null where the address is nobody's. */
	readonly provider: string | null;
	readonly method: string;
	readonly path: string;
	/** Null where it was hung up on, on purpose. */
	readonly status: number | null;
	readonly order?: { readonly id: string; readonly reference: string } | undefined;
	/** What was wrong about it. */
	readonly notes: readonly string[];
}

export interface StateLine {
	readonly v: 1;
	readonly type: 'state';
	readonly run: string;
	readonly provider: string;
	readonly order: string;
	readonly reference: string;
	/** Null for a new order. */
	readonly from: string | null;
	readonly to: string;
}
