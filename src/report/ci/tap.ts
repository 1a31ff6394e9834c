import { casePlace, placeText } from '../case-text.ts';
import type { Case, CaseVerdict, RunReport, Suite } from '../run-report.ts';
import { plainLine, plainText } from '../safe/plain.ts';
import { isFailure, isRedSuite, skippedText, tallyOf, tallySentence, verdictOf } from '../tally.ts';
import { brokenSuite } from './placed-cases.ts';

/**
 * TAP version 14, https://testanything.org/tap-version-14-specification.html (read 2026-11): one
 * subtest a suite, so that a reader without subtests still sees one point a scenario.
 */
export function tapReport(report: RunReport): string {
	const suites = [...report.suites, ...brokenSuite(report)];
	const lines = [
		'TAP version 14',
		plan(suites.length),
		...suites.flatMap((suite, at) => subtest(suite, at + 1)),
		...(report.broken === undefined
			? []
			: [`Bail out! ${tapText(report.broken.message)}`.trimEnd()]),
	];
	return `${lines.join('\n')}\n`;
}

function plan(count: number): string {
	return count === 0 ? '1..0 # nothing was run' : `1..${count}`;
}

function subtest(suite: Suite, number: number): string[] {
	const inner = [
		plan(suite.cases.length),
		...suite.cases.flatMap((one, at) => caseLines(one, suite, at + 1)),
	];
	const isRed = isRedSuite(suite);
	const figures = tallySentence(tallyOf([suite]));
	const skip = verdictOf(suite) === 'skipped' ? directive('SKIP', figures) : '';
	const name = oneLine(suite.name);
	return [
		// A comment, which nobody unescapes; the point below must have the same name.
		`# Subtest${name === '' ? '' : `: ${name}`}`,
		...inner.map((line) => `    ${line}`),
		point(!isRed, number, suite.name, skip),
		...(isRed
			? block([`message: ${scalar(figures)}`, `severity: ${severities[verdictOf(suite)]}`])
			: []),
	];
}

function caseLines(one: Case, suite: Suite, number: number): string[] {
	const line = point(!isFailure(one), number, one.name, directiveOf(one));
	if (['passed', 'inconclusive', 'skipped'].includes(one.verdict)) return [line];
	const place = casePlace(one, suite);
	return [
		line,
		...block([
			`message: ${scalar(one.message)}`,
			`severity: ${severities[one.verdict]}`,
			...(one.kind === '' ? [] : [`kind: ${scalar(one.kind)}`]),
			...(one.expected === undefined ? [] : [`expected: ${scalar(one.expected)}`]),
			...(one.got === undefined ? [] : [`got: ${scalar(one.got)}`]),
			...(place === undefined ? [] : [`at: ${scalar(placeText(place))}`]),
			...(one.details.length === 0
				? []
				: ['details:', ...one.details.map((detail) => `  - ${scalar(detail)}`)]),
			...(one.reproduce === undefined ? [] : [`reproduce: ${scalar(one.reproduce)}`]),
		]),
	];
}

const severities: Readonly<Record<CaseVerdict, string>> = {
	passed: 'comment',
	failed: 'fail',
	error: 'error',
	inconclusive: 'skip',
	skipped: 'skip',
	warned: 'warning',
};

function point(isOk: boolean, number: number, name: string, more: string): string {
	const text = tapText(name);
	return `${isOk ? 'ok' : 'not ok'} ${number}${text === '' ? '' : ` - ${text}`}${more}`.trimEnd();
}

/** What was not decided is skipped, in TAP's words; a failure that fails nothing is a to-do. */
function directiveOf(one: Case): string {
	if (one.tolerated !== undefined) return directive('TODO', one.tolerated);
	return one.verdict === 'skipped' || one.verdict === 'inconclusive'
		? directive('SKIP', skippedText(one))
		: '';
}

const directive = (word: 'SKIP' | 'TODO', text: string): string => ` # ${word} ${tapText(text)}`;

/** One line. A brace at its end would open a subtest for some readers, so it is spelled out. */
function oneLine(text: string): string {
	return plainLine(text).trim().replace(/\{$/, '\\x7b');
}

/** The only two characters that TAP knows to escape; a bare `#` would begin a directive. */
function tapText(text: string): string {
	return oneLine(text).replace(/[\\#]/g, '\\$&');
}

function block(lines: readonly string[]): string[] {
	return ['  ---', ...lines.map((line) => `  ${line}`), '  ...'];
}

/** A JSON string is a YAML scalar on one line, as long as it holds no half of a surrogate pair. */
function scalar(text: string): string {
	return JSON.stringify(plainText(text));
}
