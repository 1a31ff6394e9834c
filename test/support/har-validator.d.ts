declare module 'har-validator' {
	/** Rejects with the schema's complaints. */
	export function har(data: unknown): Promise<unknown>;
}
