import type { OfType } from '../../model/run-event.ts';
import type { CollectedDelivery, ReportedAttempt } from '../run-report.ts';
import type { Mask } from '../safe/mask.ts';
import { maskedOutcome, maskedSent } from '../safe/masked.ts';

/** The deliveries of a run so far, by number. */
export class DeliveryRecords {
	readonly #mask: Mask;
	readonly #records = new Map<number, CollectedDelivery>();

	constructor(mask: Mask) {
		this.#mask = mask;
	}

	start(event: OfType<'started'>): void {
		const { delivery, options, faults, target, schedule, scenario, step } = event;
		const placed = { delivery, event: event.event, options, faults, schedule, scenario, step };
		this.#records.set(delivery, {
			...placed,
			target: this.#mask(target),
			startsAtMs: 0,
			attempts: [],
		});
	}

	add(event: OfType<'attempt'>): void {
		const attempt = this.#masked(event);
		this.change(event.delivery, (record) => ({
			...record,
			attempts: [...record.attempts, attempt],
		}));
	}

	finish(event: OfType<'finished'>): void {
		const detail = event.detail === undefined ? undefined : this.#mask(event.detail);
		this.change(event.delivery, (record) => ({ ...record, finished: { ...event, detail } }));
	}

	change(delivery: number, change: (record: CollectedDelivery) => CollectedDelivery): void {
		const record = this.#records.get(delivery);
		if (record !== undefined) this.#records.set(delivery, change(record));
	}

	get(delivery: number): CollectedDelivery | undefined {
		return this.#records.get(delivery);
	}

	forget(delivery: number): void {
		this.#records.delete(delivery);
	}

	all(): CollectedDelivery[] {
		return [...this.#records.values()];
	}

	#masked(event: OfType<'attempt'>): ReportedAttempt {
		return {
			...event,
			request: maskedSent(event.request, this.#mask),
			outcome: maskedOutcome(event.outcome, this.#mask),
			reason: event.reason === undefined ? undefined : this.#mask(event.reason),
			warnings: event.warnings.map(this.#mask),
		};
	}
}
