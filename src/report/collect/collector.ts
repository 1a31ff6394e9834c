import type { RuleRecord } from '../../model/rule-record.ts';
import type { ExitCode, RunEvent } from '../../model/run-event.ts';
import type { CasePlace } from '../case-text.ts';
import type { Case, RunReport, Suite } from '../run-report.ts';
import type { Mask } from '../safe/mask.ts';
import { isRedSuite } from '../tally.ts';
import { deliveryCase } from './delivery-case.ts';
import { DeliveryRecords } from './delivery-records.ts';
import { ruleCase } from './rule-case.ts';
import { skippedCase, stepCase } from './step-case.ts';

/** What is known of a run before it begins. */
export interface RunHead {
	readonly version: string;
	readonly command: RunReport['command'];
	readonly title: string;
	/** What is secret in it is taken out when it is reported. */
	readonly commandLine?: string | undefined;
	/** Epoch milliseconds. */
	readonly startedAt: number;
}

export interface ReportedEnd {
	readonly endedAt: number;
	readonly exitCode: ExitCode;
	readonly broken?: RunReport['broken'];
}

/** A suite that more may come to. */
interface OpenSuite extends Suite {
	tookMs: number;
	readonly cases: Case[];
}

/**
 * Gathers a run's events for the reports at its end. What was gathered before a run breaks off is
 * reported. Made only where a report was asked for: it grows with the run.
 */
export class Collector {
	readonly #head: RunHead;
	readonly #keepsDeliveries: boolean;
	readonly #mask: Mask;
	readonly #suites = new Map<string, OpenSuite>();
	readonly #deliveries: DeliveryRecords;
	#run = '';

	/** @param keepsDeliveries what was sent and answered; reports of cases alone do without */
	constructor(head: RunHead, mask: Mask, keepsDeliveries: boolean) {
		this.#head = head;
		this.#keepsDeliveries = keepsDeliveries;
		this.#mask = mask;
		this.#deliveries = new DeliveryRecords(mask);
	}

	take(event: RunEvent): void {
		this.#run = event.run;
		switch (event.type) {
			case 'started':
				this.#deliveries.start(event);
				return;
			case 'attempt':
				this.#deliveries.add(event);
				return;
			case 'finished':
				this.#deliveries.finish(event);
				if (event.scenario === undefined) this.#judgeDelivery(event.delivery);
				if (!this.#keepsDeliveries) this.#deliveries.forget(event.delivery);
				return;
			case 'scenario':
				this.#suite(event.scenario, event.title, event.at, event);
				return;
			case 'step':
				for (const delivery of event.deliveries)
					this.#deliveries.change(delivery, (record) => ({
						...record,
						startsAtMs: event.startsAtMs,
					}));
				this.#suites.get(event.scenario)?.cases.push(stepCase(event, this.#mask));
				return;
			case 'step-skipped':
				this.#suite(event.scenario, event.title, this.#head.startedAt, {
					file: event.file,
					line: 1,
				}).cases.push(skippedCase(event));
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

	/** @param toleranceOf why the failure of a rule fails nothing (`--fail-on`) */
	takeRules(
		run: string,
		provider: string,
		records: readonly RuleRecord[],
		now: number,
		toleranceOf: (record: RuleRecord) => string | undefined,
	): void {
		this.#run = run;
		const suite = this.#onlySuite(`check ${provider}`);
		suite.tookMs = now - suite.startedAt;
		suite.cases.push(...records.map((record) => ruleCase(record, this.#mask, toleranceOf(record))));
	}

	/** Whether anything that was judged turns a report red. */
	get isRed(): boolean {
		return [...this.#suites.values()].some(isRedSuite);
	}

	report({ endedAt, exitCode, broken }: ReportedEnd): RunReport {
		const suites: Suite[] = [...this.#suites.values()];
		return {
			...this.#head,
			commandLine: this.#head.commandLine && this.#mask(this.#head.commandLine),
			run: this.#run,
			endedAt,
			exitCode,
			broken: broken && {
				...broken,
				message: this.#mask(broken.message),
				also: broken.also?.map(this.#mask) ?? [],
			},
			suites,
			deliveries: this.#deliveries.all(),
		};
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
		return this.#suite('', name, this.#head.startedAt);
	}

	/** The suite of a scenario, begun where it is not. */
	#suite(key: string, name: string, startedAt: number, place?: CasePlace): OpenSuite {
		const { file, line } = place ?? {};
		const suite = this.#suites.get(key) ?? { name, file, line, startedAt, tookMs: 0, cases: [] };
		this.#suites.set(key, suite);
		return suite;
	}
}
