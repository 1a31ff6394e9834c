/** What the sandbox knows: records by kind and id. Whoever keeps a file hears of every change. */
export class Store {
	readonly #kinds = new Map<string, Map<string, unknown>>();
	readonly #changed: (change: Change) => void;

	constructor(changed: (change: Change) => void = () => undefined, before: Iterable<Change> = []) {
		this.#changed = changed;
		for (const change of before) this.#take(change);
	}

	get<T>(kind: string, id: string): T | undefined {
		return this.#kinds.get(kind)?.get(id) as T | undefined;
	}

	all<T>(kind: string): T[] {
		return [...(this.#kinds.get(kind)?.values() ?? [])] as T[];
	}

	/** What leads to the same records. */
	changes(): Change[] {
		return [...this.#kinds].flatMap(([kind, records]) =>
			[...records].map(([id, value]) => ({ kind, id, value })),
		);
	}

	put<T>(kind: string, id: string, value: T): T {
		this.#take({ kind, id, value });
		this.#changed({ kind, id, value });
		return value;
	}

	/** @param id of the record; all of the kind where none is named */
	drop(kind: string, id?: string): void {
		this.#take({ kind, ...(id !== undefined && { id }) });
		this.#changed({ kind, ...(id !== undefined && { id }) });
	}

	clear(): void {
		for (const kind of [...this.#kinds.keys()]) this.drop(kind);
	}

	#take({ kind, id, value }: Change): void {
		const records = this.#kinds.get(kind) ?? new Map<string, unknown>();
		this.#kinds.set(kind, records);
		if (id === undefined) records.clear();
		else if (value === undefined) records.delete(id);
		else records.set(id, value);
	}
}

/** Without a value the record is gone, without an id all of the kind. */
export interface Change {
	readonly kind: string;
	readonly id?: string | undefined;
	readonly value?: unknown;
}
