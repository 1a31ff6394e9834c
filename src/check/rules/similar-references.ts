import { named } from '../../model/words.ts';
import type { RuleCase } from '../case.ts';
import { inconclusive, skipped } from '../finding.ts';
import { judgeStateOf } from '../judge-case.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { success } from './steps.ts';

/** Another order's number, which a careless look-up takes for this one. */
const lookalikes: Readonly<Record<string, (own: string) => string>> = {
	'the same digits but the first': (own) =>
		own.replace(/\d(?=\d*$)/, (digit) => String(1 + (Number(digit) % 9))),
	'its last digits alone': (own) => /\d{1,6}$/.exec(own)?.[0] ?? own,
	'its digits alone': (own) => /\d+$/.exec(own)?.[0] ?? own,
	'another prefix': (own) => (/^[a-z]/i.test(own) ? own.replace(/^[a-z]+/i, 'XY') : `XY-${own}`),
	'zeros before its digits': (own) => own.replace(/\d+$/, (digits) => `00${digits}`),
	'a blank before it': (own) => ` ${own}`,
	'a blank behind it': (own) => `${own} `,
	'the other case': (own) => (own === own.toLowerCase() ? own.toUpperCase() : own.toLowerCase()),
};

export const similarReferenceRules: readonly Rule[] = [
	{
		id: 'similar-reference',
		title: 'An order number that only resembles another settles nothing',
		level: 'must',
		why: 'Two shops on one account, or test and live: a look-up by the last digits, or one that strips prefix, zeros, blanks and case, pays the order of somebody else.',
		hint: 'Look the order up by the whole reference, as it was sent: = on a binary collation, no LIKE, no parseInt, no trim.',
		source: null,
		cases: (subject) =>
			Object.entries(lookalikes).map(([about, reference]) => resembling(about, reference, subject)),
	},
];

function resembling(about: string, reference: (own: string) => string, subject: Subject): RuleCase {
	return {
		about,
		steps: [success(subject, {}, { reference })],
		answer: 'any',
		needsOrder: true,
		numbered: true,
		judge: (run, learned) =>
			reference(run.order.reference) === run.order.reference
				? skipped(`${about}: not with numbers like ${run.order.reference}`)
				: (judgeStateOf(run, 'unchanged', learned) ?? inconclusive(`${about}: ${unseen}`)),
	};
}

const unseen = `whether it settled the order cannot be seen without ${named('probeUrl')} or ${named('probeCommand')}`;
