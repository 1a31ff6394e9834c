import { answerText } from '../../answer/answer-text.ts';
import { frontDoorOf } from '../../answer/front-door.ts';
import type { RunEvent } from '../../model/run-event.ts';

/** What says that a callback is not believed, rather than something of a path or a limit. */
const refusals: readonly number[] = [400, 401, 403, 422];

/** How callbacks fare that were broken on purpose: of these, refused is what is wanted. */
export class Forgeries {
	readonly #targets = new Map<number, URL>();
	readonly #refused = new Set<number>();

	hear(event: RunEvent): void {
		if (event.type === 'started' && event.faults.length > 0)
			this.#targets.set(event.delivery, new URL(event.target));
		if (event.type !== 'attempt') return;
		const target = this.#targets.get(event.delivery);
		const { outcome } = event;
		const isRefused =
			target !== undefined &&
			outcome.kind === 'answered' &&
			refusals.includes(outcome.status) &&
			// Whoever stands before the receiver has not looked at it.
			frontDoorOf(answerText(outcome), target) === undefined;
		if (isRefused) this.#refused.add(event.delivery);
		else this.#refused.delete(event.delivery);
	}

	isOne(delivery: number): boolean {
		return this.#targets.has(delivery);
	}

	/** By the last answer. */
	isRefused(delivery: number): boolean {
		return this.#refused.has(delivery);
	}
}
