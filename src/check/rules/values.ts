import type { CaseRun, RuleCase } from '../case.ts';
import type { Finding } from '../finding.ts';
import { inconclusive } from '../finding.ts';
import { judgeCase } from '../judge-case.ts';
import type { LearnedEffects } from '../learned-effects.ts';
import type { Rule } from '../rule.ts';
import { type Subject, sumAs } from '../subject.ts';
import { genuine } from './steps.ts';

/** Sums and order numbers as shops really have them. */
export const valueRules: readonly Rule[] = [
	{
		id: 'amount-thousands',
		title: 'Sums of a thousand and more are taken for what they are',
		level: 'must',
		why: 'number_format() puts a comma into 1,234.50: compared or signed so, every small order passes and every large one is lost.',
		hint: 'Compare numbers, or whole cents; sign the text that came.',
		source: 'https://github.com/activemerchant/offsite_payments/issues/84',
		cases: ({ amount, ...subject }) => {
			if (amount === undefined) return 'the messages carry no amount';
			return thousands(amount, subject).map(
				(sum): RuleCase => ({
					...genuine(`an order of ${sum}`, { ...subject, amount }, {}),
					amount: sum,
					state: 'one-success',
				}),
			);
		},
	},
	{
		id: 'reference-forms',
		title: 'Order numbers of any form are found',
		level: 'should',
		why: 'A slash or a # in a number, digits alone, a leading zero: whoever casts, splits or cuts the number loses the order.',
		hint: 'Keep the number as text, and look it up as it came.',
		source: null,
		cases: (subject) => {
			if (subject.reference !== undefined)
				return `the shop takes no other numbers than ${subject.reference}`;
			return ['', '00', 'INV/2026/', '#', 'ord.'].map(
				(prefix): RuleCase => ({
					...genuine(`a number like ${prefix}10045`, subject, {}),
					prefix,
					numbered: true,
					needsOrder: true,
					optionalForm: 'fine while your orders are not numbered so',
					judge: judgeFound,
				}),
			);
		},
	},
];

/** With cents where there are some, and millions where there are none. */
function thousands(amount: string, subject: Pick<Subject, 'isAmountNumber'>): string[] {
	const cents = /\.(\d+)$/.exec(amount)?.[1]?.length ?? 0;
	return cents === 0
		? ['1234567', '2000000']
		: [1234.5, 2000, 12345.67].map((sum) => sumAs(amount, subject, sum));
}

/** A page that cannot be asked about such a number says nothing of the callback. */
function judgeFound(run: CaseRun, learned: LearnedEffects, subject: Subject): Finding {
	if (run.before !== undefined && run.before.kind !== 'shown')
		return inconclusive(`${run.case.about}: the probe finds no order of that number`);
	const { judge: _, ...plain } = run.case;
	return judgeCase({ ...run, case: plain }, learned, subject);
}
