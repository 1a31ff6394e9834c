import type { RuleRecord } from '../../model/rule-record.ts';
import { maskedLine } from '../safe/masked.ts';
import type { CheckCause, CheckTextContext, Of } from './check-end.ts';
import { failureLines, labelled, short, whole } from './check-failure.ts';
import { followsText, untold } from './follows-text.ts';
import { byReason, howToSee } from './undecided-text.ts';

/** Every verdict, and all that is known of it. */
export function wholeSections(
	records: readonly RuleRecord[],
	of: Of,
	cause: CheckCause | undefined,
	context: CheckTextContext,
): string[] {
	const { paint } = context;
	const open = of('inconclusive').filter(({ follows }) => follows === undefined);
	const following = of('inconclusive').filter(({ follows }) => follows !== undefined);
	return [
		...section(
			paint.red.bold('Failed'),
			of('failed').flatMap((record) => failureLines(record, whole, context)),
		),
		...section(
			paint.yellow.bold('Warned'),
			of('warned').flatMap((record) => warning(record, context)),
		),
		...section(paint.bold('Not decided'), [
			...followsText(records, context),
			...names(following),
			...untold(records, cause, context),
			...grouped(open, context),
			...howToSee(open, context),
		]),
		...section(
			paint.bold('Skipped'),
			grouped(
				of('skipped').filter(({ reason }) => !isOthers(reason)),
				context,
			),
		),
		...section(paint.green.bold('Passed'), [
			...names(of('passed')),
			...leftOut(of('passed'), context),
		]),
	];
}

/** What is another provider's is none of theirs. */
const isOthers = (reason: string): boolean => reason.startsWith('not for ');

/** Where an effect might have hidden: told with what passed without looking there. */
function leftOut(records: readonly RuleRecord[], { paint, mask }: CheckTextContext): string[] {
	const told = records.flatMap(({ reason }) => /; left out: (.*)$/.exec(reason)?.[1] ?? []);
	return [...new Set(told)].map((places) =>
		paint.dim(`    left out of every order: ${maskedLine(places, mask)}`),
	);
}

function section(title: string, lines: readonly string[]): string[] {
	if (lines.length === 0) return [];
	return [title, ...(lines.at(-1) === '' ? lines : [...lines, ''])];
}

function warning(record: RuleRecord, context: CheckTextContext): string[] {
	const { paint, mask } = context;
	const { rule, level, reason, hint } = record;
	return [
		`${paint.yellow('!')} ${paint.bold(rule)} ${paint.dim(`(${level})`)}  ${maskedLine(reason, mask)}`,
		labelled('fix', hint, context),
	];
}

/** Rules of the same reason stand together: without a probe there are twenty of them. */
function grouped(records: readonly RuleRecord[], context: CheckTextContext): string[] {
	return byReason(records, context).flatMap(([reason, some]) => [
		`${context.paint.dim('–')} ${short(reason)}`,
		...names(some),
	]);
}

const width = 100;

function names(records: readonly RuleRecord[]): string[] {
	const lines: string[] = [];
	for (const { rule } of records) {
		const last = lines.at(-1);
		if (last === undefined || last.length + rule.length > width) lines.push(`    ${rule}`);
		else lines[lines.length - 1] = `${last}, ${rule}`;
	}
	return lines;
}
