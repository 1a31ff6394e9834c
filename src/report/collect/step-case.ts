import type { RunEvent, StepFailure } from '../../model/run-event.ts';
import type { Case } from '../run-report.ts';
import type { Mask } from '../safe/mask.ts';
import { stepNumber } from '../text/run-text.ts';

/** Not what the receiver answered, but that nothing could be sent, or nobody was there. */
const errors = new Set(['unreached', 'problem', 'interrupted']);

const inWords: Readonly<Record<string, string>> = {
	status: 'another status',
	body: 'another body',
	header: 'another header',
	within: 'too slow',
	attempts: 'another number of attempts',
	unreached: 'nobody answered',
	probe: 'the state of the receiver is not as expected',
	problem: 'cannot be tried',
	interrupted: 'interrupted',
};

function wordFor({ kind, expected }: StepFailure): string {
	if (kind === 'acknowledged') return expected === 'acknowledged' ? 'not acknowledged' : 'acknowledged all the same';
	return inWords[kind] ?? kind;
}

/** A step of a scenario as a case of a report. */
export function stepCase(event: Extract<RunEvent, { type: 'step' }>, mask: Mask): Case {
	const { failures, file, line, tookMs, deliveries, passed } = event;
	const [first, ...others] = failures;
	const told = (text: string) => mask(text);
	return {
		name: `${stepNumber(event)} ${mask(event.name)}`,
		verdict: passed ? 'passed' : failures.every(({ kind }) => errors.has(kind)) ? 'error' : 'failed',
		kind: first?.kind ?? '',
		message: first === undefined ? '' : `${event.event}: ${wordFor(first)}`,
		expected: told(event.expected),
		got: told(event.got),
		details: others.map(({ expected, got }) => `also: expected ${told(expected)}, got ${told(got)}`),
		file,
		line,
		...(event.reproduce === '' ? {} : { reproduce: mask(event.reproduce) }),
		tookMs,
		deliveries,
		evidence: [],
	};
}

/** A step that was not tried. */
export function skippedCase(event: Extract<RunEvent, { type: 'step-skipped' }>): Case {
	return {
		name: `${event.step} ${event.name}`,
		verdict: 'skipped',
		kind: 'skipped',
		message: event.why,
		details: [],
		file: event.file,
		line: event.line,
		tookMs: 0,
		deliveries: [],
		evidence: [],
	};
}
