import type { ChalkInstance } from 'chalk';
import type { CheckSummary } from '../../model/contract/check.ts';
import type { Evidence, RuleRecord, RuleVerdict } from '../../model/rule-record.ts';
import { answerText } from '../outcome-text.ts';
import { printableLine } from '../safe/escape.ts';
import { type Mask, maskBytes } from '../safe/mask.ts';
import { maskedOutcome } from '../safe/masked.ts';

/** What a check came to, and what made it fail. */
export interface CheckEnd extends Omit<CheckSummary, 'v' | 'type'> {
	readonly gate: 'must' | 'should';
}

const levels = ['must', 'should', 'advice'] as const;

/** The verdicts for a person: what failed first, what it was, why it matters and how to fix it; one line at the end. */
export function checkText(records: readonly RuleRecord[], summary: CheckEnd, paint: ChalkInstance, mask: Mask): string {
	const of = (verdict: RuleVerdict) =>
		levels.flatMap((level) => records.filter((record) => record.verdict === verdict && record.level === level));
	const lines = [
		...section(
			paint.red.bold('Failed'),
			of('failed').flatMap((record) => failure(record, paint, mask)),
		),
		...section(
			paint.yellow.bold('Warned'),
			of('warned').flatMap((record) => warning(record, paint, mask)),
		),
		...section(paint.bold('Not decided'), [
			...grouped(of('inconclusive'), paint, mask),
			...howToSee(of('inconclusive'), paint),
		]),
		...section(
			paint.bold('Skipped'),
			grouped(
				of('skipped').filter(({ reason }) => !reason.startsWith('not for ')),
				paint,
				mask,
			),
		),
		...section(paint.green.bold('Passed'), wrapped(of('passed').map(({ rule }) => rule))),
		mask(verdictLine(summary, paint)),
	];
	return `${lines.join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
	if (lines.length === 0) return [];
	return [title, ...(lines.at(-1) === '' ? lines : [...lines, ''])];
}

const bodyShown = 300;

function failure(record: RuleRecord, paint: ChalkInstance, mask: Mask): string[] {
	const [worst, ...others] = record.evidence;
	return [
		`${paint.red('✗')} ${paint.bold(record.rule)} ${paint.dim(`(${record.level})`)}  ${record.title}`,
		`    ${said(record.reason, mask)}`,
		...(worst === undefined ? [] : exchange(worst, paint, mask)),
		...others.map(({ reason }) => labelled('also', said(reason, mask), paint)),
		labelled('why', record.why, paint),
		labelled('fix', record.hint, paint),
		...(record.reproduce === ''
			? []
			: record.reproduce.split('\n').map((line, at) => labelled(at === 0 ? 'reproduce' : '', said(line, mask), paint))),
		'',
	];
}

/** What was sent and what came back, as far as one line each shows it. */
function exchange({ sent, answer, before, after }: Evidence, paint: ChalkInstance, mask: Mask): string[] {
	const bytes = sent?.body === undefined ? undefined : maskBytes(sent.body, mask).subarray(0, 2_000);
	const body = bytes === undefined ? '' : ` ${Buffer.from(bytes).toString('utf8')}`;
	return [
		...(sent === undefined ? [] : [labelled('sent', short(said(`${sent.method} ${sent.url}${body}`, mask)), paint)]),
		...(answer === undefined
			? []
			: [labelled('got', short(said(answerText(maskedOutcome(answer, mask), 4 * bodyShown), mask)), paint)]),
		...(before === undefined || after === undefined
			? []
			: [labelled('order', `${short(said(before, mask))} ${paint.dim('→')} ${short(said(after, mask))}`, paint)]),
	];
}

const said = (text: string, mask: Mask): string => printableLine(mask(text));
const short = (text: string): string => (text.length > bodyShown ? `${text.slice(0, bodyShown)}…` : text);

function warning(record: RuleRecord, paint: ChalkInstance, mask: Mask): string[] {
	return [
		`${paint.yellow('!')} ${paint.bold(record.rule)} ${paint.dim(`(${record.level})`)}  ${said(record.reason, mask)}`,
		labelled('fix', record.hint, paint),
	];
}

const labelled = (label: string, text: string, paint: ChalkInstance): string =>
	`    ${paint.dim(label.padEnd('reproduce'.length))}  ${text}`;

/** Rules of the same reason stand together: without a probe there are twenty of them. */
function grouped(records: readonly RuleRecord[], paint: ChalkInstance, mask: Mask): string[] {
	const reasons = new Map<string, string[]>();
	for (const { rule, reason } of records) {
		const key = said(reason, mask)
			.replace(/^.*?(?=whether the order is right cannot be seen|the receiver would have to know the order)/, '')
			.replace(/ \(and \d+ more\)$/, '');
		reasons.set(key, [...(reasons.get(key) ?? []), rule]);
	}
	return [...reasons].flatMap(([reason, rules]) => [`${paint.dim('–')} ${short(reason)}`, ...wrapped(rules)]);
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
	const { rules, passed, failed, warned, inconclusive, skipped, provider, target, seed, gate, exitCode } = summary;
	const parts = [
		`${passed} passed`,
		`${failed} failed`,
		`${warned} warned`,
		`${inconclusive} not decided`,
		`${skipped} skipped`,
	];
	const gated = exitCode === 0 && failed > 0 ? `; none that --fail-on ${gate} counts` : '';
	const text = `${provider} at ${target}: ${parts.join(', ')} of ${rules} rules${gated}`;
	return `${exitCode === 0 ? paint.green(`✓ ${text}`) : paint.red(`✗ ${text}`)} ${paint.dim(`(--seed ${seed})`)}`;
}
