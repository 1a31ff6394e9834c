import type { RuleRecord } from '../../model/rule-record.ts';
import type { ExitCode, RunEvent } from '../../model/run-event.ts';
import type { Case, DeliveryRecord, RunReport, Suite } from '../run-report.ts';
import type { Mask } from '../safe/mask.ts';
import { maskedOutcome, maskedSent } from '../safe/masked.ts';
import { isRed } from '../tally.ts';
import { deliveryCase } from './delivery-case.ts';
import { ruleCase } from './rule-case.ts';
import { skippedCase, stepCase } from './step-case.ts';

/** What is known of a run before it begins. */
export interface RunHead {
	readonly version: string;
	readonly command: RunReport['command'];
	readonly title: string;
	/** Epoch milliseconds. */
	readonly startedAt: number;
}

export interface RunEnd {
	readonly endedAt: number;
	readonly exitCode: ExitCode;
	readonly broken?: RunReport['broken'];
}

interface OpenSuite {
	name: string;
	file?: string | undefined;
	line?: number | undefined;
	startedAt: number;
	tookMs: number;
	cases: Case[];
}

/**
 * Gathers a run's events for the reports at its end. What was gathered before a run breaks off is reported. Made only where
 * a report was asked for: it grows with the run.
 */
export class Collector {
	readonly #head: RunHead;
	readonly #keepsDeliveries: boolean;
	readonly #mask: Mask;
	readonly #suites = new Map<string, OpenSuite>();
	readonly #deliveries = new Map<number, DeliveryRecord>();
	#run = '';

	/** @param keepsDeliveries what was sent and answered; reports of cases alone do without */
	constructor(head: RunHead, mask: Mask, keepsDeliveries: boolean) {
		this.#head = head;
		this.#keepsDeliveries = keepsDeliveries;
		this.#mask = mask;
	}

	take(event: RunEvent): void {
		this.#run = event.run;
		switch (event.type) {
			case 'started':
				this.#deliveries.set(event.delivery, startedRecord(event, this.#mask));
				return;
			case 'attempt':
				this.#change(event.delivery, (record) => ({
					...record,
					attempts: [...record.attempts, this.#masked(event)],
				}));
				return;
			case 'finished':
				this.#change(event.delivery, (record) => ({ ...record, finished: this.#maskedEnd(event) }));
				if (event.scenario === undefined) this.#judgeDelivery(event.delivery);
				if (!this.#keepsDeliveries) this.#deliveries.delete(event.delivery);
				return;
			case 'scenario':
				this.#suites.set(event.scenario, {
					name: event.title,
					file: event.file,
					line: event.line,
					startedAt: event.at,
					tookMs: 0,
					cases: [],
				});
				return;
			case 'step':
				for (const delivery of event.deliveries)
					this.#change(delivery, (record) => ({ ...record, startsAtMs: event.startsAtMs }));
				this.#suites.get(event.scenario)?.cases.push(stepCase(event, this.#mask));
				return;
			case 'step-skipped':
				this.#skip(event);
				return;
			case 'scenario-finished': {
				const suite = this.#suites.get(event.scenario);
				if (suite !== undefined) suite.tookMs = event.tookMs;
				return;
			}
			case 'waiting':
			case 'summary':
				return;
			default:
				event satisfies never;
		}
	}

	/** The verdicts of a `check`. @param counts whether a failed rule fails the check (`--fail-on`) */
	takeRules(
		run: string,
		provider: string,
		records: readonly RuleRecord[],
		now: number,
		counts: (record: RuleRecord) => boolean,
	): void {
		this.#run = run;
		const suite = this.#onlySuite(`check ${provider}`);
		suite.tookMs = now - suite.startedAt;
		suite.cases.push(...records.map((record) => ruleCase(record, this.#mask, counts(record))));
	}

	/** Whether anything that was judged turns a report red. */
	get isRed(): boolean {
		return [...this.#suites.values()].some(({ cases }) => cases.some(({ verdict }) => isRed(verdict)));
	}

	report({ endedAt, exitCode, broken }: RunEnd): RunReport {
		const suites: Suite[] = [...this.#suites.values()];
		return {
			...this.#head,
			run: this.#run,
			endedAt,
			exitCode,
			...(broken === undefined
				? {}
				: { broken: { ...broken, message: this.#mask(broken.message), also: broken.also?.map(this.#mask) ?? [] } }),
			suites,
			deliveries: [...this.#deliveries.values()],
		};
	}

	#skip(event: Extract<RunEvent, { type: 'step-skipped' }>): void {
		const { scenario, title, file } = event;
		const begun = this.#suites.get(scenario);
		const suite = begun ?? { name: title, file, line: 1, startedAt: this.#head.startedAt, tookMs: 0, cases: [] };
		this.#suites.set(scenario, suite);
		suite.cases.push(skippedCase(event));
	}

	#change(delivery: number, change: (record: DeliveryRecord) => DeliveryRecord): void {
		const record = this.#deliveries.get(delivery);
		if (record !== undefined) this.#deliveries.set(delivery, change(record));
	}

	#masked(event: Extract<RunEvent, { type: 'attempt' }>): DeliveryRecord['attempts'][number] {
		return {
			...event,
			request: maskedSent(event.request, this.#mask),
			outcome: maskedOutcome(event.outcome, this.#mask),
			reason: event.reason === undefined ? undefined : this.#mask(event.reason),
			warnings: event.warnings.map(this.#mask),
		};
	}

	#maskedEnd(event: Extract<RunEvent, { type: 'finished' }>): typeof event {
		return event.detail === undefined ? event : { ...event, detail: this.#mask(event.detail) };
	}

	#judgeDelivery(delivery: number): void {
		const record = this.#deliveries.get(delivery);
		const suite = this.#onlySuite(this.#head.title);
		if (record === undefined) return;
		const judged = deliveryCase(record);
		suite.tookMs += judged.tookMs;
		suite.cases.push(judged);
	}

	#onlySuite(name: string): OpenSuite {
		const suite = this.#suites.get('') ?? { name, startedAt: this.#head.startedAt, tookMs: 0, cases: [] };
		this.#suites.set('', suite);
		return suite;
	}
}

function startedRecord(event: Extract<RunEvent, { type: 'started' }>, mask: Mask): DeliveryRecord {
	const { delivery, options, faults, target, schedule, scenario, step } = event;
	return {
		delivery,
		event: event.event,
		options,
		faults,
		target: mask(target),
		schedule,
		scenario,
		step,
		startsAtMs: 0,
		attempts: [],
	};
}
