import type { OfType, StepFailure } from '../../model/run-event.ts';
import type { Case, CaseVerdict } from '../run-report.ts';
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
	if (kind === 'acknowledged')
		return expected === 'acknowledged' ? 'not acknowledged' : 'acknowledged all the same';
	return inWords[kind] ?? kind;
}

function verdictOf({ passed, failures }: OfType<'step'>): CaseVerdict {
	if (passed) return 'passed';
	return failures.every(({ kind }) => errors.has(kind)) ? 'error' : 'failed';
}

/** A step of a scenario as a case of a report. */
export function stepCase(event: OfType<'step'>, mask: Mask): Case {
	const { failures, file, line, tookMs, deliveries } = event;
	const [first, ...others] = failures;
	return {
		name: `${stepNumber(event)} ${mask(event.name)}`,
		verdict: verdictOf(event),
		kind: first?.kind ?? '',
		message: first === undefined ? '' : `${event.event}: ${wordFor(first)}`,
		expected: mask(event.expected),
		got: mask(event.got),
		details: others.map(
			({ expected, got }) => `also: expected ${mask(expected)}, got ${mask(got)}`,
		),
		file,
		line,
		reproduce: event.reproduce === '' ? undefined : mask(event.reproduce),
		tookMs,
		deliveries,
		evidence: [],
	};
}

/** A step that was not tried. */
export function skippedCase(event: OfType<'step-skipped'>): Case {
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
