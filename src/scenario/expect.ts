import { matchesStatus } from '../delivery/judge.ts';
import { formatDuration, parseDuration } from '../model/duration.ts';
import type { Outcome } from '../model/outcome.ts';
import { own } from '../model/own.ts';
import type { StepFailure } from '../model/run-event.ts';
import type { ExpectFile } from '../model/scenario.ts';
import type { Value } from '../model/value.ts';
import type { StepDelivery } from './step-delivery.ts';
import { textFailures } from './text-rules.ts';

/**
 * Whether a step expects acknowledgement: unless it says so itself, or names a status, which says
 * as much. An expectation of time or text alone must not pass with an answer that the provider
 * would not take.
 */
export function expectsAcknowledgement(expect: ExpectFile | undefined): boolean | undefined {
	if (expect === undefined) return true;
	const { acknowledged, status } = expect;
	return acknowledged ?? (status === undefined ? true : undefined);
}

/** What a delivery did, against what its step expects. */
export function unmet(expect: ExpectFile | undefined, result: StepDelivery): StepFailure[] {
	const { attempts, within, status, header, body } = expect ?? {};
	const acknowledged = expectsAcknowledgement(expect);
	const last = result.last;
	return [
		...(acknowledged === undefined ? [] : acknowledgement(acknowledged, result)),
		...(status === undefined ? [] : statusFailure([status].flat(), result)),
		...(attempts === undefined || Number(attempts) === result.attempts
			? []
			: [{ kind: 'attempts', expected: counted(Number(attempts)), got: counted(result.attempts) }]),
		...(within === undefined ? [] : lateness(parseDuration(String(within), 'within'), last)),
		...Object.entries(header ?? {}).flatMap(([name, rules]) =>
			headerFailures(name, rules as Value, last),
		),
		...(body === undefined ? [] : textFailures('body', 'body', body as Value, bodyOf(last))),
	];
}

function acknowledgement(
	wanted: boolean,
	{ acknowledged, attempts, reason }: StepDelivery,
): StepFailure[] {
	if (wanted === acknowledged) return [];
	return [
		{
			kind: 'acknowledged',
			expected: wanted ? 'acknowledged' : 'not acknowledged',
			got: acknowledged
				? `acknowledged at attempt ${attempts}`
				: `${reason ?? 'not acknowledged'}, ${counted(attempts)}`,
		},
	];
}

function statusFailure(
	wanted: readonly (string | number)[],
	{ last, reason }: StepDelivery,
): StepFailure[] {
	const got = last?.kind === 'answered' ? last.status : undefined;
	if (got !== undefined && wanted.some((one) => matchesStatus(String(one).toLowerCase(), got)))
		return [];
	return [
		{
			kind: 'status',
			expected: `status ${wanted.map(String).join(' or ')}`,
			got: got === undefined ? (reason ?? 'no answer') : `status ${got}`,
		},
	];
}

function lateness(limit: number, last: Outcome | undefined): StepFailure[] {
	if (last === undefined || last.tookMs <= limit) return [];
	const expected = `an answer within ${formatDuration(limit)}`;
	return [
		{
			kind: 'within',
			expected,
			got: `${last.kind === 'answered' ? 'one' : 'none'} after ${formatDuration(last.tookMs)}`,
		},
	];
}

function headerFailures(name: string, rules: Value, last: Outcome | undefined): StepFailure[] {
	const given = last?.kind === 'answered' ? own(last.headers, name.toLowerCase()) : undefined;
	const text = given === undefined ? undefined : [given].flat().join(', ');
	return textFailures('header', `header ${name}`, rules, text);
}

function bodyOf(last: Outcome | undefined): string | undefined {
	return last?.kind === 'answered' ? Buffer.from(last.body).toString('utf8') : undefined;
}

const counted = (attempts: number): string =>
	attempts === 1 ? '1 attempt' : `${attempts} attempts`;
