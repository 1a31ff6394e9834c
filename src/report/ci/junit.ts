import { caseText } from '../case-text.ts';
import type { Case, RunReport, Suite } from '../run-report.ts';
import { plainLine } from '../safe/plain.ts';
import { brokenSuite, type Tally, tallyOf } from '../tally.ts';
import { uniqueNames } from './unique-names.ts';

type Element = Readonly<Record<string, unknown>>;

/**
 * JUnit XML in the subset that Jenkins, GitLab and the reporters for GitHub share.
 *
 * Only what https://github.com/jenkinsci/xunit-plugin junit-10.xsd knows (read 2026-11): its Jenkins plug-in rejects a
 * file with any other attribute, so `testsuites` counts no skipped cases and no case has a `file` or a `line`.
 */
export async function junitReport(report: RunReport): Promise<string> {
	// Loaded here, because XML is wanted in few runs.
	const { XMLBuilder } = await import('fast-xml-parser');
	const builder = new XMLBuilder({
		format: true,
		indentBy: '  ',
		ignoreAttributes: false,
		// Else a name that happens to be "true" would become an attribute without a value, which is not XML.
		suppressBooleanAttributes: false,
		suppressEmptyNode: true,
	});
	return builder.build({ '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' }, testsuites: testsuites(report) });
}

function testsuites(report: RunReport): Element {
	const suites = [...report.suites, ...brokenSuite(report)];
	const names = uniqueNames(suites.map(({ name }) => plainLine(name)));
	return {
		'@_name': plainLine(report.title),
		...counts(tallyOf(suites)),
		'@_time': seconds(report.endedAt - report.startedAt),
		testsuite: suites.map((suite, at) => testsuite(suite, names[at] ?? '')),
	};
}

function testsuite(suite: Suite, name: string): Element {
	const tally = tallyOf([suite]);
	const names = uniqueNames(suite.cases.map((one) => plainLine(one.name)));
	return {
		'@_name': name,
		...counts(tally),
		'@_skipped': tally.skipped,
		'@_time': seconds(suite.tookMs),
		'@_timestamp': new Date(suite.startedAt).toISOString().slice(0, 19),
		// GitLab shows the class as the suite, and tells cases apart by class and name alone.
		testcase: suite.cases.map((one, at) => ({
			'@_classname': name,
			'@_name': names[at],
			'@_time': seconds(one.tookMs),
			...verdict(one, suite),
		})),
	};
}

/** The message stands in the text once more, because GitLab reads no other. */
function verdict(one: Case, suite: Suite): Element {
	// On one line: a parser turns line breaks in an attribute into blanks.
	const message = plainLine(one.message);
	const text = caseText(one, suite);
	switch (one.verdict) {
		case 'passed':
			return {};
		case 'failed':
			return { failure: { '@_message': message, '@_type': plainLine(one.kind), '#text': text } };
		case 'error':
			return { error: { '@_message': message, '@_type': plainLine(one.kind), '#text': text } };
		case 'skipped':
			return { skipped: { '@_message': message, '#text': text } };
		case 'warned':
			return { 'system-out': text };
		default:
			return one.verdict satisfies never;
	}
}

function counts({ cases, failed, errors }: Tally): Element {
	return { '@_tests': cases, '@_failures': failed, '@_errors': errors };
}

/** Never below zero: the clock of a machine may be set back in the middle of a run. */
function seconds(ms: number): string {
	return (Math.max(0, ms) / 1_000).toFixed(3);
}
