import type { RuleCase } from '../case.ts';
import type { StepShaping } from '../case-step.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { owasp } from './sources.ts';
import { success, withoutSignature } from './steps.ts';

/** Forgeries of what is no success: it moves orders as well. */
export const otherForgeryRules: readonly Rule[] = [
	{
		id: 'other-kinds-forged',
		title: 'A forged failure, pending report or announcement changes nothing',
		level: 'must',
		why: 'Who verifies successes alone lets anybody cancel orders, reopen them or write ids into them.',
		hint: 'Verify before you look at what is reported; every kind of callback is signed.',
		source: owasp,
		cases: (subject) =>
			subject.signature === 'none'
				? withoutSignature
				: otherKinds(subject).flatMap((event) =>
						forgeries.map(([how, shaping]) =>
							forgedKind(`${event} ${how}`, subject, event, shaping),
						),
					),
	},
];

/** Each proves nothing by itself: what is acknowledged and ignored need not be verified. */
export const forgeries: readonly (readonly [string, StepShaping])[] = [
	['with another key', { wrongKey: true }],
	['without a signature', { unsigned: true }],
];

function otherKinds({ failure, pending, announcements, reversal }: Subject): string[] {
	return [failure, pending[0], ...announcements, reversal].filter((event) => event !== undefined);
}

function forgedKind(
	about: string,
	subject: Subject,
	event: string,
	shaping: StepShaping,
): RuleCase {
	const before = event === subject.reversal ? [success(subject)] : [];
	return {
		about,
		steps: [...before, { event, shaping }],
		answer: 'survived',
		state: 'unchanged',
	};
}
