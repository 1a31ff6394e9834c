import { githubAnnotations } from '../report/ci/github-annotations.ts';
import { junitReport } from '../report/ci/junit.ts';
import { tapReport } from '../report/ci/tap.ts';
import { harReport } from '../report/har/har.ts';
import { htmlReport } from '../report/html/html-report.ts';
import { jsonDocument } from '../report/json/document.ts';
import type { RunReport } from '../report/run-report.ts';
import { safeJson } from '../report/safe/escape.ts';

import type { ReportKind } from './report-requests.ts';

/** A report of a kind as text. This module is a bundle of its own, read when a report is written. */
export async function reportText(kind: ReportKind, report: RunReport): Promise<string> {
	switch (kind) {
		case 'junit':
			return junitReport(report);
		case 'tap':
			return tapReport(report);
		case 'github':
			return githubAnnotations(report);
		case 'json':
			return `${safeJson(jsonDocument(report))}\n`;
		case 'har':
			return `${safeJson(harReport(report))}\n`;
		case 'html':
			return htmlReport(report);
		default:
			return kind satisfies never;
	}
}

export { githubSummary } from '../report/ci/github-summary.ts';
