import { isPage } from '../../answer/is-page.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Evidence, RuleRecord } from '../../model/rule-record.ts';
import { answerBeginning } from '../outcome-text.ts';
import { readableHtml } from '../readable-html.ts';
import { maskBytes } from '../safe/mask.ts';
import { maskedLine, maskedOutcome } from '../safe/masked.ts';
import type { CheckTextContext } from './check-end.ts';

/** How much is told of a failure. */
interface Detail {
	/** Characters of a text that somebody else wrote. */
	readonly longest: number;
	/** With what was sent, and why it matters. */
	readonly isWhole: boolean;
}

export const whole: Detail = { longest: 300, isWhole: true };
/** Alone on a screen. */
export const alone: Detail = { longest: 140, isWhole: true };
/** Beside what follows from it; `reproduce` says what was sent. */
export const briefly: Detail = { longest: 140, isWhole: false };

/** `    why        text`: the label in a column of its own. */
export function labelled(label: string, text: string, { paint }: CheckTextContext): string {
	return `    ${paint.dim(label.padEnd(9))}  ${text}`;
}

/** What failed, what it was, why it matters, how to fix it, how to see it again. */
export function failureLines(
	record: RuleRecord,
	{ longest, isWhole }: Detail,
	context: CheckTextContext,
): string[] {
	const { paint, mask } = context;
	const [worst, ...others] = record.evidence;
	const shown = worst === undefined || isWhole ? worst : { ...worst, sent: undefined };
	const again = record.reproduce === '' ? [] : record.reproduce.split('\n');
	return [
		`${paint.red('✗')} ${paint.bold(record.rule)} ${paint.dim(`(${record.level})`)}  ${record.title}`,
		`    ${maskedLine(record.reason, mask)}`,
		...(shown === undefined ? [] : exchange(shown, longest, context)),
		...others.map(({ reason }) => labelled('also', maskedLine(reason, mask), context)),
		...(isWhole ? [labelled('why', record.why, context)] : []),
		labelled('fix', record.hint, context),
		...again.map((line, at) =>
			labelled(at === 0 ? 'reproduce' : '', maskedLine(line, mask), context),
		),
		'',
	];
}

/** What was sent and what came back, as far as one line each shows it. */
function exchange(
	{ sent, answer, before, after, log = '' }: Evidence,
	longest: number,
	context: CheckTextContext,
): string[] {
	const { paint, mask } = context;
	const line = (text: string) => short(maskedLine(text, mask), longest);
	const bytes =
		sent?.body === undefined ? undefined : maskBytes(sent.body, mask).subarray(0, 2_000);
	const body = bytes === undefined ? '' : ` ${Buffer.from(bytes).toString('utf8')}`;
	const came = answer === undefined ? undefined : cameText(maskedOutcome(answer, mask));
	return [
		...(sent === undefined
			? []
			: [labelled('sent', line(`${sent.method} ${sent.url}${body}`), context)]),
		...(came === undefined ? [] : [labelled('got', line(came), context)]),
		// What stayed as it was says nothing.
		...(before === undefined || after === undefined || before === after
			? []
			: [labelled('order', `${line(before)} ${paint.dim('→')} ${line(after)}`, context)]),
		...logLines(log, context),
	];
}

/** What came back, a page as its text. */
function cameText(answer: Outcome): string {
	if (answer.kind !== 'answered' || !isPage(answer))
		return answerBeginning(answer, 4 * whole.longest);
	const text = readableHtml(Buffer.from(answer.body).toString('utf8')).join(' · ');
	return `${answer.status} ${text === '' ? '(an HTML page without text)' : text}`;
}

/** What the receiver printed before it went down. */
function logLines(log: string, context: CheckTextContext): string[] {
	const lines = log.split('\n').filter((line) => line.trim() !== '');
	return lines.map((line, at) =>
		labelled(at === 0 ? 'log' : '', short(maskedLine(line, context.mask)), context),
	);
}

export const short = (text: string, longest = whole.longest): string =>
	text.length > longest ? `${text.slice(0, longest)}…` : text;
