/** A callback as it arrived, from a socket, a file or a clipboard. */
export interface Received {
	readonly method: string;
	/** The request target: path and query. */
	readonly target: string;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
	/** Another reading of the request before it: a dump does not tell how its fields were sent. */
	readonly isOtherReading?: true;
}
