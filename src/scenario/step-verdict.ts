import { formatDuration, parseDuration } from '../model/duration.ts';
import { ReceiverGone } from '../model/interruption.ts';
import type { StepFailure } from '../model/run-event.ts';
import type { ExpectFile } from '../model/scenario.ts';
import { jsonOf } from '../model/value-text.ts';
import type { Say } from '../model/words.ts';
import { expectsAcknowledgement, unmet } from './expect.ts';
import type { StepDelivery } from './step-delivery.ts';
import type { FilledProbe } from './step-probe.ts';

/** `nothing`: what comes back is not judged. Undefined: acknowledgement. */
export type Expected = ExpectFile | 'nothing' | undefined;

/** What a delivery failed to do. Nobody there is a failure, unless the step stopped it. */
export function deliveryFailures(
	expect: Expected,
	result: StepDelivery,
	stoppedReceiver: boolean,
	signal: AbortSignal | undefined,
): StepFailure[] {
	const { why, reason, detail } = result;
	switch (why) {
		case 'never-reached':
			if (stoppedReceiver) return judged(expect, result);
			return [{ kind: 'unreached', expected: 'a receiver that answers', got: reason ?? 'nobody' }];
		case 'refused-target':
			return [{ kind: 'problem', expected: 'a local target', got: detail ?? 'a remote one' }];
		case 'interrupted':
		case undefined:
			return [interrupted(signal)];
		case 'acknowledged':
		case 'gave-up':
			return judged(expect, result);
	}
}

const judged = (expect: Expected, result: StepDelivery): StepFailure[] =>
	expect === 'nothing' ? [] : unmet(expect, result);

export const interrupted = (signal: AbortSignal | undefined): StepFailure => ({
	kind: 'interrupted',
	expected: 'a whole step',
	got: signal?.reason instanceof ReceiverGone ? signal.reason.message : 'interrupted',
});

/** What a step expects, in a few words. */
export function expectedText(expect: Expected, probes: readonly FilledProbe[]): string {
	if (expect === 'nothing')
		return ['nothing', ...probes.map(({ rules }) => probeText(rules))].join(', ');
	const { status, attempts, within, body, header } = expect ?? {};
	const acknowledged = expectsAcknowledgement(expect);
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
export function gotText(results: readonly StepDelivery[], expect: Expected, say: Say): string {
	const texts = results.map(({ acknowledged, attempts, last, reason }) => {
		const answer = last?.kind === 'answered' ? `status ${last.status}` : (reason ?? 'no answer');
		if (expect === 'nothing')
			return `${answer}, not judged: no return target is named (${say('returnTo')})`;
		return acknowledged
			? `${answer} at attempt ${attempts}`
			: `${answer}, not acknowledged in ${attempts}`;
	});
	const told = [...new Set(texts)].join('; ');
	return results.length > 1 ? `${results.length} at once: ${told}` : told;
}
