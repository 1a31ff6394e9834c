/** Something to be told, looked into where there is time for it, and as long as there is. */
type Told = (isBusy: boolean, isBusyNow: () => boolean) => Promise<void>;

/** What waits behind this many is told as it is: somebody floods, and nobody reads along. */
const most = 20;

/**
 * Tells one thing after the other, in their order, and lets requests be answered in between:
 * looking for the mistake in a signature takes its time.
 */
export class Telling {
	readonly #waiting: Told[] = [];
	#isHurried = false;
	#running: Promise<void> | undefined;
	readonly #failed: (error: unknown) => void;

	/** @param failed told of what goes wrong with one of them */
	constructor(failed: (error: unknown) => void) {
		this.#failed = failed;
	}

	add(told: Told): void {
		this.#waiting.push(told);
		this.#running ??= this.#run();
	}

	/** Everything that waits is told as it is. */
	async end(): Promise<void> {
		this.#isHurried = true;
		await this.#running;
	}

	async #run(): Promise<void> {
		for (;;) {
			// Whoever asked meanwhile is answered first.
			if (!this.#isHurried) await new Promise((resolve) => setImmediate(resolve));
			const told = this.#waiting.shift();
			if (told === undefined) break;
			const isBusy = () => this.#isHurried || this.#waiting.length > most;
			await told(isBusy(), isBusy).catch(this.#failed);
		}
		this.#running = undefined;
	}
}
