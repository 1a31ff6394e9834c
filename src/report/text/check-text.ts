import type { RuleRecord } from '../../model/rule-record.ts';
import { maskedLine } from '../safe/masked.ts';
import { briefSections } from './check-brief.ts';
import type { CheckEnd, CheckTextContext, Of } from './check-end.ts';
import { wholeSections } from './check-whole.ts';
import { firstOfAll, silenceOf } from './follows-text.ts';

const levels = ['must', 'should', 'advice'] as const;

/** What matters most first, and how it ended last; all of it where that is asked for. */
export function checkText(
	records: readonly RuleRecord[],
	summary: CheckEnd,
	context: CheckTextContext,
	verbose: boolean,
): string {
	const { paint, mask } = context;
	const silence = summary.exitCode === 3 ? silenceOf(records) : undefined;
	if (silence !== undefined && !verbose)
		return `${paint.red(`✗ ${mask(silence)}: nothing was sent, and no rule is decided`)}\n`;
	const of: Of = (verdict) =>
		levels.flatMap((level) =>
			records.filter((record) => record.verdict === verdict && record.level === level),
		);
	const sections = verbose ? wholeSections : briefSections;
	const first = firstOfAll(records);
	const lines = [
		...sections(records, of, summary.cause, context),
		verdictLine(summary, context),
		...(first === undefined ? [] : [`  ${maskedLine(first, mask)}`]),
	];
	return `${lines.join('\n')}\n`;
}

function verdictLine(summary: CheckEnd, { paint, mask }: CheckTextContext): string {
	const { passed, failed, warned, exitCode } = summary;
	const parts = [
		...[`${passed} passed`, `${failed} failed`, `${warned} warned`],
		...[`${summary.inconclusive} not decided`, `${summary.skipped} skipped`],
	];
	const gated = exitCode === 0 && failed > 0 ? `; none that --fail-on ${summary.gate} counts` : '';
	const text = `${summary.provider} at ${summary.target}: ${parts.join(', ')} of ${summary.rules} rules${gated}`;
	const isProof = passed + warned + failed > 0;
	return mask(`${signed(text)} ${paint.dim(`(--seed ${summary.seed})`)}`);

	// A green tick over nothing that passed would be read as a proof.
	function signed(line: string): string {
		if (exitCode === 0)
			return isProof ? paint.green(`✓ ${line}`) : paint.yellow(`– nothing proved: ${line}`);
		if (!isProof) return paint.red(`✗ ${line}; nothing proved`);
		const isOpen = exitCode === 1 && failed === 0;
		return paint.red(isOpen ? `✗ ${line}; no genuine callback could be judged` : `✗ ${line}`);
	}
}
