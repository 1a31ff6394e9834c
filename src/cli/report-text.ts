import { safeJson } from '../report/escape.ts';
import type { RunReport } from '../report/run-report.ts';
import type { ReportKind } from './report-requests.ts';

/** A report of a kind as text. Each kind is loaded when it is asked for. */
export async function reportText(kind: ReportKind, report: RunReport): Promise<string> {
	switch (kind) {
		case 'junit':
			return (await import('../report/junit.ts')).junitReport(report);
		case 'tap':
			return (await import('../report/tap.ts')).tapReport(report);
		case 'github':
			return (await import('../report/github-annotations.ts')).githubAnnotations(report);
		case 'json':
			return `${safeJson((await import('../report/json-document.ts')).jsonDocument(report))}\n`;
		case 'har':
			return `${safeJson((await import('../report/har.ts')).harReport(report))}\n`;
		case 'html':
			return (await import('../report/html/html-report.ts')).htmlReport(report);
		default:
			return kind satisfies never;
	}
}
