import { type CasePlace, casePlace } from '../case-text.ts';
import type { Case, RunReport } from '../run-report.ts';
import { plainLine, shortened } from '../safe/plain.ts';
import { isRed } from '../tally.ts';
import { brokenSuite, type Placed, placedCases } from './placed-cases.ts';

/** GitHub shows so many errors and so many warnings a step, and drops the rest without a word. */
const mostOfAKind = 10;

/** The runner cuts a message at 4,096 characters; of three parts none may push the others out. */
const longestPart = 600;
/** What GitHub takes as the title of an annotation is 255 characters. */
const longestTitle = 160;

interface Annotation {
	readonly title: string;
	readonly message: string;
	readonly place: CasePlace | undefined;
}

/**
 * Workflow commands, a line each: an error for each failed case and for a run that broke off, a
 * warning for each case that is worth a look.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions (read 2026-11)
 */
export function githubAnnotations(report: RunReport): string {
	// The broken run comes first, so that it is never among those that are left out.
	const cases = placedCases([...brokenSuite(report), ...report.suites]);
	const errors = cases.filter(({ one }) => isRed(one)).map(annotation);
	const warnings = cases
		.filter(({ one }) => one.verdict === 'warned' || one.tolerated !== undefined)
		.map(annotation);
	return [
		...capped(errors).map(command('error')),
		...capped(warnings).map(command('warning')),
	].join('');
}

function annotation({ suite, one }: Placed): Annotation {
	return {
		title: `${suite.name}: ${one.name}`,
		message: messageOf(one),
		place: casePlace(one, suite),
	};
}

function messageOf({ message, tolerated, expected, got }: Case): string {
	const more = [
		...(tolerated === undefined ? [] : [tolerated]),
		...(expected === undefined ? [] : [`expected ${part(expected)}`]),
		...(got === undefined ? [] : [`got ${part(got)}`]),
	];
	return more.length === 0 ? part(message) : `${part(message)} (${more.join(', ')})`;
}

/** Cut before it is spelled out, too: ten megabytes would be spelled out for nothing. */
const part = (text: string): string =>
	shortened(plainLine(shortened(text, longestPart)), longestPart);

function capped(all: readonly Annotation[]): Annotation[] {
	if (all.length <= mostOfAKind) return [...all];
	const shown = all.slice(0, mostOfAKind - 1);
	const message = `and ${all.length - shown.length} more: the summary of this job lists them`;
	return [...shown, { title: 'callsim', message, place: undefined }];
}

function command(name: 'error' | 'warning'): (annotation: Annotation) => string {
	return ({ title, message, place }) => {
		const properties = [
			...(place === undefined ? [] : [`file=${property(plainLine(place.file))}`]),
			...(place?.line === undefined ? [] : [`line=${place.line}`]),
			`title=${property(shortened(plainLine(shortened(title, longestTitle)), longestTitle))}`,
		];
		return `::${name} ${properties.join(',')}::${data(message)}\n`;
	};
}

function data(text: string): string {
	return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
	return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
