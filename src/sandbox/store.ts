/** What the sandbox knows: records by kind and id. Whoever keeps a file hears of what changes. */
export class Store {
	readonly #kinds = new Map<string, Map<string, unknown>>();
	readonly #changed: (changes: readonly Change[]) => void;
	/** Those that belong together so far, and what waits for them. */
	#together: Together | undefined;

	/** @param changed hears of changes that belong together at once */
	constructor(
		changed: (changes: readonly Change[]) => void = () => undefined,
		before: Iterable<Change> = [],
	) {
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
		this.#change({ kind, id, value });
		return value;
	}

	/** @param id of the record; all of the kind where none is named */
	drop(kind: string, id?: string): void {
		this.#change({ kind, ...(id !== undefined && { id }) });
	}

	clear(): void {
		for (const kind of [...this.#kinds.keys()]) this.drop(kind);
	}

	/** All that is changed before this returns, or first waits, is kept or lost as one. */
	together<T>(work: () => T): T {
		if (this.#together !== undefined) return work();
		const { changes, waiting }: Together = { changes: [], waiting: [] };
		this.#together = { changes, waiting };
		try {
			return work();
		} finally {
			this.#together = undefined;
			if (changes.length > 0) this.#changed(changes);
			for (const tell of waiting) tell();
		}
	}

	/** Once what was changed is kept: then it can be told. */
	afterwards(tell: () => void): void {
		if (this.#together === undefined) tell();
		else this.#together.waiting.push(tell);
	}

	#change(change: Change): void {
		this.#take(change);
		if (this.#together === undefined) this.#changed([change]);
		else this.#together.changes.push(change);
	}

	#take({ kind, id, value }: Change): void {
		const records = this.#kinds.get(kind) ?? new Map<string, unknown>();
		this.#kinds.set(kind, records);
		if (id === undefined) records.clear();
		else if (value === undefined) records.delete(id);
		else records.set(id, value);
	}
}

interface Together {
	readonly changes: Change[];
	readonly waiting: (() => void)[];
}

/** Without a value the record is gone, without an id all of the kind. */
export interface Change {
	readonly kind: string;
	readonly id?: string | undefined;
	readonly value?: unknown;
}
