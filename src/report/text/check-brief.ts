import type { RuleRecord } from '../../model/rule-record.ts';
import { counted } from '../outcome-text.ts';
import { maskedLine } from '../safe/masked.ts';
import type { CheckCause, CheckTextContext, Of } from './check-end.ts';
import { alone, briefly, failureLines, short } from './check-failure.ts';
import { followsText, isCause, untold } from './follows-text.ts';
import { byReason, howToSee } from './undecided-text.ts';

/** Reasons why rules are not decided. */
const mostReasons = 4;
const longestReason = 200;

/** A screen: what keeps everything else from being seen, then a line for each failure. */
export function briefSections(
	records: readonly RuleRecord[],
	of: Of,
	cause: CheckCause | undefined,
	context: CheckTextContext,
): string[] {
	const failed = of('failed');
	const follows = [...followsText(records, context), ...untold(records, cause, context)];
	const [first] = failed;
	const isAlone = failed.length === 1 && first !== undefined && !isCause(first);
	const told = isAlone ? [first] : failed.filter(isCause);
	const failures = [
		...told.flatMap((record) => failureLines(record, isAlone ? alone : briefly, context)),
		...failed
			.filter((record) => !told.includes(record))
			.map((record) => inOneLine(record, context.paint.red('✗'), context)),
	];
	// Before that is mended, nothing else is worth reading.
	const isShut = follows.length > 0;
	const others = isShut ? [] : [...warnings(of, context), ...undecided(of, context)];
	return [
		...(failures.length === 0 ? [] : [context.paint.red.bold('Failed')]),
		...paragraph(failures),
		...paragraph(follows),
		...others,
		...moreText(records, isShut, isAlone, context),
	];
}

function inOneLine(record: RuleRecord, sign: string, { paint, mask }: CheckTextContext): string {
	const { rule, level, reason } = record;
	const text = short(maskedLine(reason, mask), longestReason);
	return `${sign} ${paint.bold(rule)} ${paint.dim(`(${level})`)}  ${text}`;
}

const paragraph = (lines: readonly string[]): readonly string[] =>
	lines.length === 0 || lines.at(-1) === '' ? lines : [...lines, ''];

const warnings = (of: Of, context: CheckTextContext): readonly string[] =>
	paragraph(of('warned').map((record) => inOneLine(record, context.paint.yellow('!'), context)));

/** The reasons that keep most rules from being decided, and how many each. */
function undecided(of: Of, context: CheckTextContext): readonly string[] {
	const open = of('inconclusive');
	const reasons = byReason(open, context).toSorted(([, a], [, b]) => b.length - a.length);
	const rest = reasons.slice(mostReasons).flatMap(([, some]) => some);
	return paragraph([
		...reasons
			.slice(0, mostReasons)
			.map(
				([reason, some]) =>
					`${context.paint.dim('–')} ${counted(some.length, 'rule')} not decided: ${short(reason, longestReason)}`,
			),
		...(rest.length === 0
			? []
			: [`${context.paint.dim('–')} ${rest.length} more for other reasons`]),
		...howToSee(open, context),
	]);
}

/** What there is beside it, and how to see it. */
function moreText(
	records: readonly RuleRecord[],
	isShut: boolean,
	isAlone: boolean,
	{ paint }: CheckTextContext,
): string[] {
	const left = records.filter(
		({ verdict, follows }) => follows === undefined && /warned|inconclusive/.test(verdict),
	);
	const beside =
		isShut && left.length > 0
			? `${left.length} more ${left.length === 1 ? 'is' : 'are'} warned or not decided; `
			: '';
	const hasFailed = records.some(({ verdict }) => verdict === 'failed');
	const shows =
		hasFailed && !isAlone ? '-v shows what was sent and how to mend it' : '-v shows all';
	if (!hasFailed && left.length === 0 && !isShut) return [];
	return [paint.dim(`${beside}${shows}, --explain <rule> what a rule is about`), ''];
}
