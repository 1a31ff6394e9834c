import type { RunReport } from './run-report.ts';
import { safeJson } from './safe/escape.ts';

/** A way to write a run down: `--report <name>`. What streams (text, `--json`) is no report. */
export interface ReportFormat {
	readonly name: string;
	/** Of its files. */
	readonly extension: string;
	/** Whether it holds what was sent and answered, and not only what was judged. */
	readonly hasExchanges: boolean;
	/** At the end of the run, from all that was collected; what writes it is read only then. */
	readonly write: (report: RunReport) => Promise<string>;
	/** Of a format that one CI reads in its log: it takes nobody's place on stdout. */
	readonly ci?: CiLog | undefined;
}

/** Names of variables in the environment of a CI. */
interface CiLog {
	/** Where this is `true`, the report comes by itself. */
	readonly present: string;
	/** The folder from which it names files. */
	readonly workspace: string;
	/** The file to which a summary is appended. */
	readonly summary: string;
	readonly writeSummary: (report: RunReport) => Promise<string>;
}

const github: CiLog = {
	present: 'GITHUB_ACTIONS',
	workspace: 'GITHUB_WORKSPACE',
	summary: 'GITHUB_STEP_SUMMARY',
	writeSummary: async (report) => (await import('./ci/github-summary.ts')).githubSummary(report),
};

/** Every format there is, in the order in which help names them. */
export const reportFormats: readonly ReportFormat[] = [
	{
		name: 'junit',
		extension: 'xml',
		hasExchanges: false,
		write: async (report) => (await import('./ci/junit.ts')).junitReport(report),
	},
	{
		name: 'tap',
		extension: 'tap',
		hasExchanges: false,
		write: async (report) => (await import('./ci/tap.ts')).tapReport(report),
	},
	{
		name: 'github',
		extension: 'txt',
		hasExchanges: false,
		write: async (report) => (await import('./ci/github-annotations.ts')).githubAnnotations(report),
		ci: github,
	},
	{
		name: 'json',
		extension: 'json',
		hasExchanges: true,
		write: async (report) =>
			`${safeJson((await import('./json/document-json.ts')).jsonDocument(report))}\n`,
	},
	{
		name: 'har',
		extension: 'har',
		hasExchanges: true,
		write: async (report) => `${safeJson((await import('./har/har.ts')).harReport(report))}\n`,
	},
	{
		name: 'html',
		extension: 'html',
		hasExchanges: true,
		write: async (report) => (await import('./html/html-report.ts')).htmlReport(report),
	},
];

/** `junit, tap, github, json, har or html` */
export function formatNames(): string {
	const names = reportFormats.map(({ name }) => name);
	return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
