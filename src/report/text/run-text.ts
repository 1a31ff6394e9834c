import type { ChalkInstance } from 'chalk';
import type { OfType, RunEvent, Tally } from '../../model/run-event.ts';
import { printableLine } from '../safe/escape.ts';
import type { Mask } from '../safe/mask.ts';
import { maskedLine } from '../safe/masked.ts';
import { type DeliveryTextContext, deliveryReporter } from './delivery-text.ts';
import { byScenario } from './side-by-side.ts';

export interface RunTextContext {
	readonly paint: ChalkInstance;
	readonly mask: Mask;
	/** Scenarios that run side by side are told one after the other, each when it has ended. */
	readonly sideBySide: boolean;
	/** Flags that repeat the run. */
	readonly again: string;
}

type Step = OfType<'step'>;

/** The events of a `run`: a line a step, more of a failure, the failed once more at the end. */
export function runReporter(context: RunTextContext): (event: RunEvent) => string[] {
	const { paint, mask } = context;
	const attempts = deliveryReporter(attemptContext(paint, mask));
	const failures = new Set<string>();
	const failed: string[] = [];
	const linesOf = (event: RunEvent): string[] => {
		switch (event.type) {
			case 'scenario':
				return [
					`${paint.bold(printableLine(event.title))}  ${paint.dim(`${printableLine(event.file)}:${event.line}`)}`,
				];
			case 'attempt':
				// The ordinary case is one line, the step's.
				return event.attempt === 1 && event.acknowledged
					? []
					: attempts(event).map((line) => `  ${line}`);
			case 'finished':
				// It remembers the answers of a delivery until then.
				attempts(event);
				return [];
			case 'step':
				if (!event.passed) failures.add(event.scenario);
				return stepLines(event, paint, mask);
			case 'scenario-finished':
				if (!event.passed && failures.has(event.scenario)) failed.push(event.scenario);
				failures.delete(event.scenario);
				return [
					...(event.skipped === 0
						? []
						: [
								paint.dim(
									`  – ${event.skipped} ${event.skipped === 1 ? 'step' : 'steps'} not tried`,
								),
							]),
					'',
				];
			case 'summary':
				return summaryLines(event, failed, context);
			default:
				return [];
		}
	};
	const report = (event: RunEvent) => linesOf(event).map(mask);
	return context.sideBySide ? byScenario(report) : report;
}

function attemptContext(paint: ChalkInstance, mask: Mask): DeliveryTextContext {
	return {
		paint,
		mask,
		numbered: false,
		verbose: false,
		next: () => undefined,
		claim: () => ({ trust: 'assumed', source: null }),
	};
}

/** `2` or, of a repeated step, `2 #17`. */
export function stepNumber({ step, iteration }: Pick<Step, 'step' | 'iteration'>): string {
	return iteration === undefined ? String(step) : `${step} #${iteration}`;
}

function stepLines(event: Step, paint: ChalkInstance, mask: Mask): string[] {
	const more = event.name === event.event ? '' : ` ${paint.dim(event.event)}`;
	const head = `${stepNumber(event)} ${maskedLine(event.name, mask)}${more}`;
	if (event.passed) {
		// Nothing was expected of it: a green tick would be believed.
		const mark = event.expected === 'nothing' ? paint.dim('–') : paint.green('✓');
		return [`  ${mark} ${head}  ${paint.dim(maskedLine(event.got, mask))}`];
	}
	return [
		`  ${paint.red('✗')} ${head}`,
		...event.failures.flatMap(({ expected, got }) => [
			`      ${paint.dim('expected')}   ${maskedLine(expected, mask)}`,
			`      ${paint.dim('got')}        ${paint.red(maskedLine(got, mask))}`,
		]),
		`      ${paint.dim('at')}         ${printableLine(event.file)}:${event.line}`,
		...(event.reproduce === ''
			? []
			: [`      ${paint.dim('reproduce')}  ${maskedLine(event.reproduce, mask)}`]),
	];
}

function summaryLines(
	{ scenarios, steps, exitCode }: OfType<'summary'>,
	failed: readonly string[],
	{ paint, again }: RunTextContext,
): string[] {
	if (scenarios === undefined || steps === undefined) return [];
	const { passed } = scenarios;
	const total = passed + scenarios.failed + scenarios.skipped;
	const left = scenarios.skipped === 0 ? '' : `, ${scenarios.skipped} not tried`;
	const of = `${total} ${total === 1 ? 'scenario' : 'scenarios'}`;
	const text =
		scenarios.failed === 0 && scenarios.skipped === 0
			? `${of} passed, ${stepCount(steps)}`
			: `${scenarios.failed} of ${of} failed${left}, ${stepCount(steps)}`;
	return [
		...failed.map((name) => paint.red(`✗ ${printableLine(name)}`)),
		`${exitCode === 0 ? paint.green(`✓ ${text}`) : paint.red(`✗ ${text}`)} ${paint.dim(`(${again})`)}`,
	];
}

function stepCount({ passed, failed, skipped }: Tally): string {
	const total = passed + failed + skipped;
	return `${passed} of ${total} ${total === 1 ? 'step' : 'steps'} passed`;
}
