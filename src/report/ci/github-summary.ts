import { formatDuration } from '../../model/duration.ts';
import { casePlace, placeText } from '../case-text.ts';
import { exitMeanings } from '../exit-meaning.ts';
import type { RunReport } from '../run-report.ts';
import { isFailure, tallyOf, tallySentence } from '../tally.ts';
import { codeBlock, inlineCode } from './markdown.ts';
import { type Placed, placedCases } from './placed-cases.ts';

/** GitHub refuses a summary above 1 MiB a step; the table leaves room for details. */
const mostOfTable = 300_000;
const mostOfDetails = 600_000;

/** UTF-16 units of one text, before it is spelled out. */
const longestCell = 300;
const longestBlock = 4_000;

/** Markdown for `$GITHUB_STEP_SUMMARY`, less than 1 MiB of UTF-8 whatever is in it. */
export function githubSummary(report: RunReport): string {
	const failed = placedCases(report.suites).filter(({ one }) => isFailure(one));
	return `${[...head(report), ...table(failed), ...details(failed)].join('\n')}\n`;
}

function head(report: RunReport): string[] {
	const { exitCode, broken, title, suites, startedAt, endedAt, run, version } = report;
	const sentence = tallySentence(tallyOf(suites));
	const took = formatDuration(Math.max(0, endedAt - startedAt));
	return [
		`## ${exitCode === 0 ? '✓' : '✗'} callsim ${inlineCode(title, longestCell)}: ${exitMeanings[exitCode]}`,
		'',
		`${sentence}, in ${took}. Exit code ${exitCode}${run === '' ? '' : `, run ${inlineCode(run, longestCell)}`}, callsim ${inlineCode(version, longestCell)}.`,
		'',
		...(broken === undefined
			? []
			: [
					'The run broke off:',
					'',
					codeBlock([broken.message, ...(broken.also ?? [])].join('\n'), longestBlock),
					'',
				]),
	];
}

function table(failed: readonly Placed[]): string[] {
	if (failed.length === 0) return [];
	const { shown, left } = fitting(failed, row, mostOfTable);
	const more =
		left === 0
			? []
			: [`${left} more failed; there was no room for them here, other reports have all.`, ''];
	return ['| | Suite | Case | What | Where |', '|---|---|---|---|---|', ...shown, '', ...more];
}

function row({ suite, one }: Placed): string {
	const place = casePlace(one, suite);
	const verdict = one.tolerated === undefined ? one.verdict : `${one.verdict} (${one.tolerated})`;
	const cells = [suite.name, one.name, one.message, place === undefined ? '' : placeText(place)];
	return `| ${[verdict, ...cells.map((text) => inlineCode(text, longestCell))].join(' | ')} |`;
}

function details(failed: readonly Placed[]): string[] {
	const { shown, left } = fitting(failed, folded, mostOfDetails);
	const more =
		left === 0 ? [] : [`The details of ${left} more were left out; other reports have all.`];
	return [...shown, ...more];
}

function folded({ suite, one }: Placed): string {
	const name = `${inlineCode(suite.name, longestCell)} ${inlineCode(one.name, longestCell)}`;
	// A blank line ends the HTML, and Markdown begins.
	return [
		`<details><summary>${name}</summary>`,
		'',
		codeBlock(one.message, longestBlock),
		...block('Expected', one.expected),
		...block('Got', one.got),
		...block('More', one.details.join('\n')),
		...block('Reproduce', one.reproduce, 'sh'),
		'',
		'</details>',
		'',
	].join('\n');
}

function block(label: string, text: string | undefined, language?: string): string[] {
	return text === undefined || text === ''
		? []
		: ['', `${label}:`, '', codeBlock(text, longestBlock, language)];
}

/** The first cases whose texts fit into so many bytes together, and how many do not. */
function fitting(
	failed: readonly Placed[],
	written: (placed: Placed) => string,
	most: number,
): { readonly shown: string[]; readonly left: number } {
	const shown: string[] = [];
	let bytes = 0;
	for (const placed of failed) {
		const text = written(placed);
		bytes += Buffer.byteLength(text, 'utf8') + 1;
		if (bytes > most) break;
		shown.push(text);
	}
	return { shown, left: failed.length - shown.length };
}
