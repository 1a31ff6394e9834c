import type { BurstSummaryEvent } from '../model/contract/burst.ts';
import type { CatalogueEvent, ListedScenario } from '../model/contract/catalogue.ts';
import type { RuleResult } from '../model/contract/check.ts';
import type { AttemptEvent, ExitCode, StepEvent, Why } from '../model/contract/run-events.ts';

/** What programs are told. */

export interface DeliveryResult {
	readonly delivery: number;
	readonly event: string;
	readonly options: readonly string[];
	readonly target: string;
	readonly acknowledged: boolean;
	readonly why: Why;
	readonly lastStatus: number | null;
	readonly attempts: readonly AttemptEvent[];
}

export interface BurstResult extends Omit<BurstSummaryEvent, 'v' | 'type'> {
	/** References of those that were not acknowledged. */
	readonly unacknowledged: readonly string[];
}

export interface FireResult {
	readonly run: string;
	/** Whether every delivery was. */
	readonly acknowledged: boolean;
	readonly deliveries: readonly DeliveryResult[];
	/** As the command would have ended. */
	readonly exitCode: ExitCode;
}

export interface ScenarioResult {
	readonly scenario: string;
	readonly title: string;
	readonly file: string;
	readonly passed: boolean;
	readonly steps: readonly StepEvent[];
	/** Steps that `bail` kept from being tried. */
	readonly skipped: number;
	readonly tookMs: number;
}

export interface RunResult {
	readonly run: string;
	/** Whether every scenario was passed. */
	readonly passed: boolean;
	readonly scenarios: readonly ScenarioResult[];
	/** Every step that failed, over all scenarios. */
	readonly failures: readonly StepEvent[];
	readonly deliveries: number;
	readonly acknowledged: number;
	readonly exitCode: ExitCode;
	/** Repeats the run. */
	readonly seed: number;
}

export interface CheckResult {
	/** Whether no rule failed at or above the gate (`failOn`). */
	readonly passed: boolean;
	readonly rules: readonly RuleResult[];
	readonly failed: readonly RuleResult[];
	readonly exitCode: ExitCode;
	readonly seed: number;
}

/** A callback as it would be sent. */
export interface ComposedCallback {
	readonly event: string;
	readonly method: string;
	readonly url: string;
	/** Everything but `host`, `connection` and `content-length`. */
	readonly headers: Readonly<Record<string, string>>;
	/** Undefined for a GET. */
	readonly body: Uint8Array | undefined;
	readonly options: readonly string[];
	/** Undefined where the message carries none. */
	readonly signature:
		| { readonly algorithm: string; readonly fields: readonly string[]; readonly value: string }
		| undefined;
}

/** Everything that can be sent. */
export interface Catalogue {
	readonly providers: readonly {
		readonly id: string;
		readonly title: string;
		readonly country: string;
	}[];
	readonly events: readonly CatalogueEvent[];
	/** With the place of its file. */
	readonly scenarios: readonly (ListedScenario & { readonly file: string })[];
}
