import type { ChalkInstance } from 'chalk';
import type { CheckSummary } from '../../model/contract/check.ts';
import { groupedBy } from '../../model/grouped-by.ts';
import type { Evidence, RuleRecord, RuleVerdict } from '../../model/rule-record.ts';
import { answerText } from '../outcome-text.ts';
import { type Mask, maskBytes } from '../safe/mask.ts';
import { maskedLine, maskedOutcome } from '../safe/masked.ts';
import { followsText, hasScreen, restText } from './follows-text.ts';

/** What a check came to, and what made it fail. */
export interface CheckEnd extends Omit<CheckSummary, 'v' | 'type'> {
	readonly gate: 'must' | 'should';
	/** What kept everything from being proved, where no verdict tells it. */
	readonly cause?: { readonly reason: string; readonly fix: string | undefined } | undefined;
}

const levels = ['must', 'should', 'advice'] as const;

/** What failed first, what it was, why it matters, how to fix it; one line at the end. */
export function checkText(
	records: readonly RuleRecord[],
	summary: CheckEnd,
	paint: ChalkInstance,
	mask: Mask,
): string {
	const of = (verdict: RuleVerdict) =>
		levels.flatMap((level) =>
			records.filter((record) => record.verdict === verdict && record.level === level),
		);
	const open = of('inconclusive').filter(({ follows }) => follows === undefined);
	const isBrief = hasScreen(records);
	const failures = section(
		paint.red.bold('Failed'),
		of('failed').flatMap((record) => failure(record, isBrief, paint, mask)),
	);
	const follows = [
		...followsText(records, paint, mask),
		...untold(records, summary.cause, paint, mask),
	];
	const undecided = isBrief
		? follows
		: [...follows, ...grouped(open, paint, mask), ...howToSee(open, paint)];
	const lines = [
		...failures,
		...(isBrief ? [] : warnings(of('warned'), paint, mask)),
		...section(paint.bold('Not decided'), undecided),
		...(isBrief ? restText(records, paint) : unproblematic(of, paint, mask)),
		mask(verdictLine(summary, paint)),
	];
	return `${lines.join('\n')}\n`;
}

function warnings(records: readonly RuleRecord[], paint: ChalkInstance, mask: Mask): string[] {
	return section(
		paint.yellow.bold('Warned'),
		records.flatMap((record) => warning(record, paint, mask)),
	);
}

function unproblematic(
	of: (verdict: RuleVerdict) => readonly RuleRecord[],
	paint: ChalkInstance,
	mask: Mask,
): string[] {
	return [
		...section(paint.bold('Skipped'), grouped(of('skipped').filter(isWorthTelling), paint, mask)),
		...section(paint.green.bold('Passed'), [
			...wrapped(of('passed').map(({ rule }) => rule)),
			...leftOut(of('passed'), paint, mask),
		]),
	];
}

/** Where an effect might have hidden: told with what passed without looking there. */
function leftOut(records: readonly RuleRecord[], paint: ChalkInstance, mask: Mask): string[] {
	const told = records.flatMap(({ reason }) => /; left out: (.*)$/.exec(reason)?.[1] ?? []);
	return [...new Set(told)].map((places) =>
		paint.dim(`    left out of every order: ${maskedLine(places, mask)}`),
	);
}

/** What is another provider's is none of theirs. */
const isWorthTelling = ({ reason }: RuleRecord): boolean => !reason.startsWith('not for ');

function section(title: string, lines: readonly string[]): string[] {
	if (lines.length === 0) return [];
	return [title, ...(lines.at(-1) === '' ? lines : [...lines, ''])];
}

const bodyShown = 300;

/** Where one cause has a screen for itself, and `reproduce` says what was sent. */
const briefly = 140;

/** `    why        text`: the label in a column of its own. */
function labelled(label: string, text: string, paint: ChalkInstance): string {
	return `    ${paint.dim(label.padEnd(9))}  ${text}`;
}

function failure(record: RuleRecord, isBrief: boolean, paint: ChalkInstance, mask: Mask): string[] {
	const [worst, ...others] = record.evidence;
	const shown = isBrief && worst !== undefined ? { ...worst, sent: undefined } : worst;
	const again = record.reproduce === '' ? [] : record.reproduce.split('\n');
	return [
		`${paint.red('✗')} ${paint.bold(record.rule)} ${paint.dim(`(${record.level})`)}  ${record.title}`,
		`    ${maskedLine(record.reason, mask)}`,
		...(shown === undefined ? [] : exchange(shown, isBrief ? briefly : bodyShown, paint, mask)),
		...others.map(({ reason }) => labelled('also', maskedLine(reason, mask), paint)),
		...(isBrief ? [] : [labelled('why', record.why, paint)]),
		labelled('fix', record.hint, paint),
		...again.map((line, at) =>
			labelled(at === 0 ? 'reproduce' : '', maskedLine(line, mask), paint),
		),
		'',
	];
}

/** What was sent and what came back, as far as one line each shows it. */
function exchange(
	{ sent, answer, before, after, log = '' }: Evidence,
	longest: number,
	paint: ChalkInstance,
	mask: Mask,
): string[] {
	const line = (text: string) => short(maskedLine(text, mask), longest);
	const bytes =
		sent?.body === undefined ? undefined : maskBytes(sent.body, mask).subarray(0, 2_000);
	const body = bytes === undefined ? '' : ` ${Buffer.from(bytes).toString('utf8')}`;
	const came =
		answer === undefined ? undefined : answerText(maskedOutcome(answer, mask), 4 * bodyShown);
	return [
		...(sent === undefined
			? []
			: [labelled('sent', line(`${sent.method} ${sent.url}${body}`), paint)]),
		...(came === undefined ? [] : [labelled('got', line(came), paint)]),
		...(before === undefined || after === undefined
			? []
			: [labelled('order', `${line(before)} ${paint.dim('→')} ${line(after)}`, paint)]),
		...logLines(log, paint, mask),
	];
}

/** What the receiver printed before it went down. */
function logLines(log: string, paint: ChalkInstance, mask: Mask): string[] {
	const lines = log.split('\n').filter((line) => line.trim() !== '');
	return lines.map((line, at) =>
		labelled(at === 0 ? 'log' : '', short(maskedLine(line, mask)), paint),
	);
}

const short = (text: string, longest = bodyShown): string =>
	text.length > longest ? `${text.slice(0, longest)}…` : text;

function warning(record: RuleRecord, paint: ChalkInstance, mask: Mask): string[] {
	const { rule, level, reason, hint } = record;
	return [
		`${paint.yellow('!')} ${paint.bold(rule)} ${paint.dim(`(${level})`)}  ${maskedLine(reason, mask)}`,
		labelled('fix', hint, paint),
	];
}

/** The cause where the rule that tells it was not asked for. */
function untold(
	records: readonly RuleRecord[],
	cause: CheckEnd['cause'],
	paint: ChalkInstance,
	mask: Mask,
): string[] {
	if (cause === undefined) return [];
	const isNamed = records.some(
		({ verdict, follows }) => verdict === 'inconclusive' && follows === cause.reason,
	);
	return [
		...(isNamed ? [] : [`${paint.dim('–')} ${maskedLine(cause.reason, mask)}`]),
		...(cause.fix === undefined ? [] : [labelled('fix', maskedLine(cause.fix, mask), paint)]),
	];
}

/** What stands before a reason that is the same for many cases: what was special about this one. */
const sharedReason =
	/^.*?(?=whether the order is right cannot be seen|the receiver would have to know the order|the genuine callback is not acknowledged|answered \d+: the (order is made up|receiver limits)|answered \d+, as any order would be)/;

/** Rules of the same reason stand together: without a probe there are twenty of them. */
function grouped(records: readonly RuleRecord[], paint: ChalkInstance, mask: Mask): string[] {
	const reasonOf = ({ reason }: RuleRecord) =>
		maskedLine(reason, mask)
			.replace(sharedReason, '')
			.replace(/ \(and \d+ more\)$/, '');
	return [...groupedBy(records, reasonOf)].flatMap(([reason, some]) => [
		`${paint.dim('–')} ${short(reason)}`,
		...wrapped(some.map(({ rule }) => rule)),
	]);
}

/** What most of the undecided rules are waiting for. */
function howToSee(open: readonly RuleRecord[], paint: ChalkInstance): string[] {
	const first = open.find(({ rule }) => rule === 'state-visible');
	return first === undefined || open.length < 3 ? [] : [`${paint.dim('fix')}  ${first.hint}`];
}

const width = 100;

function wrapped(names: readonly string[]): string[] {
	const lines: string[] = [];
	for (const name of names) {
		const last = lines.at(-1);
		if (last === undefined || last.length + name.length > width) lines.push(`    ${name}`);
		else lines[lines.length - 1] = `${last}, ${name}`;
	}
	return lines;
}

function verdictLine(summary: CheckEnd, paint: ChalkInstance): string {
	const { passed, failed, warned, exitCode } = summary;
	const parts = [
		...[`${passed} passed`, `${failed} failed`, `${warned} warned`],
		...[`${summary.inconclusive} not decided`, `${summary.skipped} skipped`],
	];
	const gated = exitCode === 0 && failed > 0 ? `; none that --fail-on ${summary.gate} counts` : '';
	const text = `${summary.provider} at ${summary.target}: ${parts.join(', ')} of ${summary.rules} rules${gated}`;
	return `${signed(text, exitCode, passed + warned > 0)} ${paint.dim(`(--seed ${summary.seed})`)}`;

	// A green tick over nothing that passed would be read as a proof.
	function signed(line: string, code: number, isProof: boolean): string {
		if (code !== 0) return paint.red(`✗ ${line}`);
		return isProof ? paint.green(`✓ ${line}`) : paint.yellow(`– nothing proved: ${line}`);
	}
}
