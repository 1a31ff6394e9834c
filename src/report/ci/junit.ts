import { caseText } from '../case-text.ts';
import type { Case, RunReport, Suite } from '../run-report.ts';
import { plainLine } from '../safe/plain.ts';
import { isRed, skippedText, tallyOf, tallySentence } from '../tally.ts';
import { brokenSuite } from './placed-cases.ts';
import { uniqueNames } from './unique-names.ts';

type Element = Readonly<Record<string, unknown>>;

/**
 * JUnit XML in the subset that Jenkins, GitLab and the reporters for GitHub share.
 *
 * Only what https://github.com/jenkinsci/xunit-plugin junit-10.xsd knows (read 2026-11): its
 * Jenkins plug-in rejects a file with any other attribute, so `testsuites` counts no skipped cases
 * and no case has a `file` or a `line`.
 */
export async function junitReport(report: RunReport): Promise<string> {
	// Loaded here, because XML is wanted in few runs.
	const { XMLBuilder } = await import('fast-xml-parser');
	const builder = new XMLBuilder({
		format: true,
		indentBy: '  ',
		ignoreAttributes: false,
		// Else a name that happens to be "true" would become an attribute without a value, which is not
		// XML.
		suppressBooleanAttributes: false,
		suppressEmptyNode: true,
	});
	return builder.build({
		'?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
		testsuites: testsuites(report),
	});
}

function testsuites(report: RunReport): Element {
	const suites = [...report.suites, ...brokenSuite(report)];
	const names = uniqueNames(suites.map(({ name }) => plainLine(name)));
	return {
		'@_name': plainLine(report.title),
		...counts(suites),
		'@_time': seconds(report.endedAt - report.startedAt),
		testsuite: suites.map((suite, at) => testsuite(suite, names[at] ?? '')),
	};
}

function testsuite(suite: Suite, name: string): Element {
	const tally = tallyOf([suite]);
	const names = uniqueNames(suite.cases.map((one) => plainLine(one.name)));
	return {
		'@_name': name,
		...counts([suite]),
		'@_skipped': tally.skipped + tally.inconclusive,
		'@_time': seconds(suite.tookMs),
		'@_timestamp': new Date(suite.startedAt).toISOString().slice(0, 19),
		// GitLab shows the class as the suite, and tells cases apart by class and name alone.
		testcase: suite.cases.map((one, at) => ({
			'@_classname': name,
			'@_name': names[at],
			'@_time': seconds(one.tookMs),
			...verdict(one, suite),
		})),
		// It knows no failure that fails nothing: the figures stand here.
		'system-out': tally.tolerated === 0 ? undefined : tallySentence(tally),
	};
}

/** The message stands in the text once more, because GitLab reads no other. */
function verdict(one: Case, suite: Suite): Element {
	// On one line: a parser turns line breaks in an attribute into blanks.
	const message = plainLine(one.message);
	const text = caseText(one, suite);
	if (one.tolerated !== undefined) return { 'system-out': `failed, ${one.tolerated}: ${text}` };
	switch (one.verdict) {
		case 'passed':
			return {};
		case 'failed':
			return { failure: { '@_message': message, '@_type': plainLine(one.kind), '#text': text } };
		case 'error':
			return { error: { '@_message': message, '@_type': plainLine(one.kind), '#text': text } };
		case 'inconclusive':
		case 'skipped':
			return { skipped: { '@_message': plainLine(skippedText(one)), '#text': text } };
		case 'warned':
			return { 'system-out': text };
	}
}

function counts(suites: readonly Suite[]): Element {
	const cases = suites.flatMap((suite) => suite.cases);
	const red = (verdict: string) =>
		cases.filter((one) => one.verdict === verdict && isRed(one)).length;
	return { '@_tests': cases.length, '@_failures': red('failed'), '@_errors': red('error') };
}

/** Never below zero: the clock of a machine may be set back in the middle of a run. */
function seconds(ms: number): string {
	return (Math.max(0, ms) / 1_000).toFixed(3);
}
