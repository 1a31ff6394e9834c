import type { Outcome } from '../../model/outcome.ts';
import { alreadyKnown, answerHints, type HintContext } from './answer-hints.ts';

export type { HintContext } from './answer-hints.ts';

/** What really goes wrong, most likely first: each a sentence and what to do. */
export function hintsFor(outcome: Outcome, acknowledged: boolean, context: HintContext): string[] {
	switch (outcome.kind) {
		case 'answered': {
			const answer = { ...outcome, text: Buffer.from(outcome.body).toString('utf8').slice(0, 4_096) };
			const hints = acknowledged ? [alreadyKnown] : answerHints;
			return hints
				.filter((hint) => hint.when(answer, context) && hint.unless?.(answer, context) !== true)
				.map((hint) => hint.say(context, answer));
		}
		case 'unreachable':
			return unreachableHints(outcome.cause, context);
		case 'broken':
			return context.target.protocol === 'http:' && outcome.detail !== 'interrupted'
				? ['If the receiver speaks TLS, use an https:// target.']
				: [];
		case 'timed-out':
			return ['Answer first and work afterwards, or allow more with --timeout (0 = none, for a debugger).'];
		default:
			return outcome satisfies never;
	}
}

type Cause = Extract<Outcome, { kind: 'unreachable' }>['cause'];

function unreachableHints(cause: Cause, { target, insideContainer }: HintContext): string[] {
	switch (cause) {
		case 'refused': {
			const container = `Inside a container ${target.hostname} is the container itself: your machine is host.docker.internal.`;
			const silent = `Nothing listens on ${target.host}: start the receiver, or wait for it with --wait-for 30s.`;
			return insideContainer ? [silent, container] : [silent];
		}
		case 'tls':
			return ['For a certificate of your own use --insecure; for a receiver without TLS use http://.'];
		case 'name-not-found':
			return [`Check the name "${target.hostname}".`];
		case 'no-route':
			return [`Check that ${target.hostname} can be reached from here.`];
		default:
			return cause satisfies never;
	}
}
