import { formatDuration, parseDuration } from '../model/duration.ts';
import type { StepFailure } from '../model/run-event.ts';
import type { ExpectFile } from '../model/scenario.ts';
import { jsonOf } from '../model/value-text.ts';
import type { DeliveryResult } from './delivery-result.ts';
import { unmet } from './expect.ts';
import type { FilledProbe } from './probe.ts';

/** What one delivery failed to do. Nobody there is a failure of its own, unless the step itself stopped the receiver. */
export function deliveryFailures(
	expect: ExpectFile | undefined,
	result: DeliveryResult,
	stoppedReceiver: boolean,
): StepFailure[] {
	const { why, reason, detail } = result;
	switch (why) {
		case 'never-reached':
			if (stoppedReceiver) return unmet(expect, result);
			return [{ kind: 'unreached', expected: 'a receiver that answers', got: reason ?? 'nobody' }];
		case 'refused-target':
			return [{ kind: 'problem', expected: 'a local target', got: detail ?? 'a remote one' }];
		case 'interrupted':
		case undefined:
			return [interrupted];
		case 'acknowledged':
		case 'gave-up':
			return unmet(expect, result);
		default:
			return why satisfies never;
	}
}

export const interrupted: StepFailure = { kind: 'interrupted', expected: 'a whole step', got: 'interrupted' };

/** What a step expects, in a few words. */
export function expectedText(expect: ExpectFile | undefined, probes: readonly FilledProbe[]): string {
	const { status, acknowledged, attempts, within, body, header } = expect ?? { acknowledged: true };
	if (expect !== undefined && Object.keys(expect).length === 0 && probes.length === 0) return 'nothing';
	return [
		...(status === undefined ? [] : [`status ${[status].flat().join(' or ')}`]),
		...(acknowledged === undefined ? [] : [acknowledged ? 'acknowledged' : 'not acknowledged']),
		...(attempts === undefined ? [] : [attempts === 1 ? '1 attempt' : `${attempts} attempts`]),
		...(within === undefined ? [] : [`within ${formatDuration(parseDuration(String(within)))}`]),
		...Object.keys(header ?? {}).map((name) => `header ${name}`),
		...(body === undefined ? [] : [`body ${jsonOf(body)}`]),
		...probes.map(({ rules }) => probeText(rules)),
	].join(', ');
}

function probeText({ before, equals, changed, unchanged }: FilledProbe['rules']): string {
	const names = (paths: string | readonly string[] | true) =>
		paths === true ? 'the state' : [paths].flat().join(', ');
	return [
		...(before === undefined ? [] : [`before: ${jsonOf(before)}`]),
		...(equals === undefined ? [] : [`state ${jsonOf(equals)}`]),
		...(changed === undefined ? [] : [`${names(changed)} changed`]),
		...(unchanged === undefined ? [] : [`${names(unchanged)} unchanged`]),
	].join(', ');
}

/** What came, in a few words. */
export function gotText(results: readonly DeliveryResult[]): string {
	const texts = results.map(({ acknowledged, attempts, last, reason }) => {
		const answer = last?.kind === 'answered' ? `status ${last.status}` : (reason ?? 'no answer');
		return acknowledged ? `${answer} at attempt ${attempts}` : `${answer}, not acknowledged in ${attempts}`;
	});
	return [...new Set(texts)].join('; ');
}
