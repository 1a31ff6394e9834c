import type { ExitCode } from '../model/run-event.ts';
import type { RunHead } from '../report/collect/collector.ts';
import type { CliContext } from './cli-context.ts';
import { commandLineOf } from './command-line.ts';
import type { Work } from './keep-reports.ts';
import type { ReportFlags } from './options/report-flag.ts';
import { reportRequests } from './report-requests.ts';

/**
 * Runs a command, and keeps the reports that were asked for.
 * @throws Problem `report-invalid` before anything is done, `output-unwritable`
 */
export async function withReports(
	flags: ReportFlags & { readonly json?: boolean },
	head: Omit<RunHead, 'version' | 'startedAt'>,
	context: CliContext,
	work: Work,
): Promise<ExitCode> {
	const isJson = flags.json === true;
	const requests = reportRequests(flags.report ?? [], isJson, context.env);
	if (requests.length === 0) return work(context, () => undefined);
	const { keepReports } = await import('./keep-reports.ts');
	const whole = { ...head, commandLine: commandLineOf(head.title, flags) };
	return keepReports(requests, isJson, whole, context, work);
}
