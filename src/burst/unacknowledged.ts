import type { CallbackSource } from './callback-source.ts';

/** Names the callbacks that ended unacknowledged; those not made at the moment at the end. */
export class Unacknowledged {
	readonly #later: [source: CallbackSource, n: number][] = [];
	readonly #tell: (reference: string) => void;

	constructor(tell: (reference: string) => void) {
		this.#tell = tell;
	}

	add(source: CallbackSource, n: number): void {
		if (source.isReady(n)) this.#tell(source.reference(n));
		else this.#later.push([source, n]);
	}

	async tellRest(): Promise<void> {
		for (const [source, n] of this.#later.splice(0)) {
			await source.prepare(n);
			this.#tell(source.reference(n));
		}
	}
}
