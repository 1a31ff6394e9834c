import { answerText } from '../../answer/answer-text.ts';
import type { Outcome } from '../../model/outcome.ts';
import { acknowledgedHint, refusalHint } from './answer-hints.ts';
import type { HintContext } from './hint.ts';

export type { HintContext } from './hint.ts';

/** What is most certainly wrong and what to do; undefined where nothing is certain enough. */
export function hintFor(
	outcome: Outcome,
	acknowledged: boolean,
	context: HintContext,
): string | undefined {
	switch (outcome.kind) {
		case 'answered':
			return (acknowledged ? acknowledgedHint : refusalHint)(answerText(outcome), context);
		case 'unreachable':
			return unreachableHint(outcome.cause, context);
		case 'broken':
			return brokenHint(outcome, context);
		case 'timed-out':
			return 'Answer first and work afterwards, or allow more with --timeout (0 = none, for a debugger).';
		default:
			return outcome satisfies never;
	}
}

/** A TLS server closes a connection that begins with plain HTTP, or says so in an alert. */
function brokenHint(
	{ cause, detail }: Extract<Outcome, { kind: 'broken' }>,
	{ target }: HintContext,
): string | undefined {
	if (target.protocol !== 'http:' || detail === 'interrupted') return undefined;
	if (detail.includes('speaks TLS')) return `Use https://${target.host}.`;
	// Whoever has begun to answer in HTTP speaks no TLS.
	const isHttp = cause === 'malformed' || detail.startsWith('within the ');
	return isHttp ? undefined : 'If the receiver speaks TLS, use an https:// target.';
}

type Cause = Extract<Outcome, { kind: 'unreachable' }>['cause'];

/** What Docker calls the machine on which it runs; on Linux only where it is told to. */
const dockerHost = 'host.docker.internal';

function unreachableHint(cause: Cause, { target, insideContainer, canWait }: HintContext): string {
	switch (cause) {
		case 'refused': {
			const wait = canWait ? ', or wait for it with --wait-for 30s' : '';
			const silent = `Nothing listens on ${target.host}: start the receiver${wait}.`;
			return insideContainer
				? `${silent} This is a container: your machine is ${dockerHost}.`
				: silent;
		}
		case 'tls':
			return 'For a certificate of your own use --insecure; for a receiver without TLS use http://.';
		case 'name-not-found':
			return target.hostname === dockerHost
				? `On Linux Docker knows ${dockerHost} only with --add-host=${dockerHost}:host-gateway.`
				: `Check the name "${target.hostname}", or say where it is: --resolve ${target.hostname}:127.0.0.1.`;
		case 'no-route':
			return `Check that ${target.hostname} can be reached from here.`;
	}
}
