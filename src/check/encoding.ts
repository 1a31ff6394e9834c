import { choicesOf } from '../compose/options.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { CaseStep } from './case-step.ts';
import type { Subject } from './subject.ts';

/** The wire's own first. */
export function encodingsOf(event: CallbackEvent | undefined): readonly string[] {
	return (event === undefined ? undefined : choicesOf(event.message)['encoding']) ?? [];
}

/** The encoding of a step, where it is not the wire's and the rule asks for none itself. */
export function encodingFor(
	event: CallbackEvent,
	{ shaping }: CaseStep,
	{ encoding }: Subject,
): string | undefined {
	const known = encodingsOf(event);
	if (encoding === undefined || !known.includes(encoding)) return undefined;
	return (shaping?.variants ?? []).some((variant) => known.includes(variant))
		? undefined
		: encoding;
}
