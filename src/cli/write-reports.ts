import { appendFileSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { makeFolder } from '../journal/make-folder.ts';
import { Problem } from '../model/problem.ts';
import type { ReportFormat } from '../report/formats.ts';
import type { RunReport } from '../report/run-report.ts';
import type { CliContext } from './cli-context.ts';
import { type ReportRequest, takesStdout } from './report-requests.ts';

/**
 * Writes every report that was asked for, also where one of them cannot be written.
 * @param json whether stdout belongs to JSON lines
 * @throws Problem `output-unwritable`, the first of them
 */
export async function writeReports(
	requests: readonly ReportRequest[],
	report: RunReport,
	json: boolean,
	context: CliContext,
): Promise<void> {
	const isTaken = json || requests.some(takesStdout);
	const problems: Problem[] = [];
	for (const request of requests) {
		const { format, path } = request;
		const shown = fromWorkspace(report, format, context);
		const text = await format.write(shown);
		if (path !== undefined) problems.push(...save(path, text, context));
		else if (isTaken && !takesStdout(request))
			context.stderr.write(Buffer.from(context.mask(text)));
		// A document stays as it is, on a screen as well.
		else context.stdout.write(Buffer.from(text));
		problems.push(...(await appendSummary(shown, format, context)));
	}
	if (problems[0] !== undefined) throw problems[0];
}

async function appendSummary(
	report: RunReport,
	{ ci }: ReportFormat,
	{ env }: CliContext,
): Promise<Problem[]> {
	const file = ci === undefined ? '' : (env[ci.summary] ?? '');
	if (ci === undefined || file === '') return [];
	const text = await ci.writeSummary(report);
	return problemsOf(file, () => appendFileSync(file, text));
}

/** @returns what kept it from being written */
export function save(path: string, text: string, context: Pick<CliContext, 'cwd'>): Problem[] {
	const file = resolve(context.cwd, path);
	return problemsOf(path, () => {
		makeFolder(dirname(file));
		writeFileSync(file, text);
	});
}

function problemsOf(path: string, write: () => void): Problem[] {
	try {
		write();
		return [];
	} catch (cause) {
		const code = (cause as NodeJS.ErrnoException).code;
		const hint = 'Check where --report points.';
		return [
			new Problem('output-unwritable', `cannot write the report "${path}" (${code})`, {
				hint,
				cause,
			}),
		];
	}
}

/** @throws Problem `report-invalid` */
export function refuseFolder({ path }: ReportRequest, { cwd }: CliContext): void {
	if (
		path === undefined ||
		!existsSync(resolve(cwd, path)) ||
		!statSync(resolve(cwd, path)).isDirectory()
	)
		return;
	throw new Problem('report-invalid', `--report: "${path}" is a folder`, {
		hint: 'Name a file in it.',
	});
}

/** A CI shows what it is told at files that are named from the root of the checkout. */
function fromWorkspace(
	report: RunReport,
	{ ci }: ReportFormat,
	{ env, cwd }: CliContext,
): RunReport {
	const workspace = ci === undefined ? '' : (env[ci.workspace] ?? '');
	if (workspace === '') return report;
	const from = (file: string) => relative(workspace, resolve(cwd, file));
	const moved = <T extends { readonly file?: string | undefined }>(one: T): T =>
		one.file === undefined ? one : { ...one, file: from(one.file) };
	const { broken, suites } = report;
	const place = broken?.place && { ...broken.place, file: from(broken.place.file) };
	return {
		...report,
		broken: broken && { ...broken, place },
		suites: suites.map((suite) => ({ ...moved(suite), cases: suite.cases.map(moved) })),
	};
}
