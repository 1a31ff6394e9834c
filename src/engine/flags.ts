/** Settings as text, under the names of the flags: a command line, a scenario and a program say them alike. */
export interface CommonFlags {
	readonly json?: boolean;
	/** False with --no-color. */
	readonly color?: boolean;
	/** False with --no-input. */
	readonly input?: boolean;
	readonly providers?: string;
	/** The project file, instead of the nearest callsim.yaml. */
	readonly config?: string;
	readonly envFile?: string;
}

export interface ShapingFlags extends CommonFlags {
	readonly ref?: string;
	readonly amount?: string;
	readonly set?: readonly string[];
	readonly add?: readonly string[];
	readonly unset?: readonly string[];
	readonly body?: string;
	readonly rawBody?: string;
	/** A program's own body and bytes: nothing in them means a file. */
	readonly own?: { readonly body?: string; readonly rawBody?: Uint8Array };
	readonly variant?: readonly string[];
	readonly encoding?: string;
	readonly auth?: string;
	readonly fresh?: boolean;
	readonly seed?: string;
	readonly now?: string;
	readonly tamper?: readonly string[];
	readonly unsigned?: boolean;
	readonly wrongKey?: boolean;
	readonly credential?: readonly string[];
	readonly header?: readonly string[];
	/** Headers whose values came from a reference: sent, and never shown. */
	readonly secretHeader?: readonly string[];
	/** Names of headers that are not shown either, although they stand among the others. */
	readonly maskedHeader?: readonly string[];
	readonly to?: string;
	readonly returnTo?: string;
}

export interface DeliveryFlags extends ShapingFlags {
	readonly retry?: string;
	readonly speed?: string;
	readonly realTime?: boolean;
	readonly timeout?: string;
	readonly delay?: string;
	readonly duplicate?: string;
	readonly insecure?: boolean;
	readonly allowRemote?: boolean;
	readonly waitFor?: string;
	readonly bail?: boolean;
}

/** Reports beside what is told: `junit=path`, `github`, … */
export interface ReportFlags {
	readonly report?: readonly string[];
}

export interface CheckFlags extends CommonFlags, ReportFlags {
	readonly to?: string;
	readonly returnTo?: string;
	readonly auth?: string;
	readonly amount?: string;
	readonly credential?: readonly string[];
	readonly header?: readonly string[];
	readonly secretHeader?: readonly string[];
	readonly probeUrl?: string;
	readonly probeCommand?: string;
	readonly probeIgnore?: readonly string[];
	readonly setupUrl?: string;
	readonly setupCommand?: string;
	readonly orders?: readonly string[];
	readonly settle?: string;
	readonly only?: readonly string[];
	readonly skip?: readonly string[];
	readonly failOn?: string;
	readonly seed?: string;
	readonly slow?: boolean;
	readonly timeout?: string;
	readonly insecure?: boolean;
	readonly allowRemote?: boolean;
	readonly waitFor?: string;
	readonly exec?: string;
	readonly list?: boolean;
	readonly explain?: string;
}
