import { Interruption } from '../model/interruption.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { Collector, type RunHead } from '../report/collect/collector.ts';
import type { RunReport } from '../report/run-report.ts';
import { within } from '../settings/engine-context.ts';
import type { CliContext } from './cli-context.ts';
import { problemText } from './problem-text.ts';
import { type ReportRequest, refusePage, takesStdout } from './report-requests.ts';
import { refuseFolder, writeReports } from './write-reports.ts';

/** Begins to collect; undefined where no report was asked for. */
export type Collect = () => Collector | undefined;

/** What a command does while its reports are kept. */
export type Work = (context: CliContext, collect: Collect) => Promise<ExitCode>;

/**
 * Runs a command and writes its reports, also after a signal, a problem, and a bug of ours. One
 * without a path takes the place of the text on stdout, which then goes to stderr.
 * @throws Problem `report-invalid` before anything is done, `output-unwritable`
 */
export async function keepReports(
	requests: readonly ReportRequest[],
	isJson: boolean,
	head: Omit<RunHead, 'version' | 'startedAt'>,
	context: CliContext,
	work: Work,
): Promise<ExitCode> {
	for (const request of requests) refuseFolder(request, context);
	refusePage(requests, context);
	const inside = requests.some(takesStdout) ? within(context, { stdout: context.stderr }) : context;
	const whole = { ...head, version: context.version, startedAt: context.clock.now() };
	const keeps = requests.some(({ format }) => format.hasExchanges);
	const collector = new Collector(whole, context.mask, keeps);
	const write = (exitCode: ExitCode, broken?: RunReport['broken']) =>
		writeReports(
			requests,
			collector.report({ endedAt: context.clock.now(), exitCode, broken }),
			isJson,
			context,
		);
	let exitCode: ExitCode;
	try {
		exitCode = await work(inside, () => collector);
	} catch (error) {
		await write(...brokenBy(error)).catch((second: unknown) => tellBeside(second, context));
		throw error;
	}
	// A CI that judges by a report must see what the exit code says.
	const message = exitCode === 3 ? 'nobody listens there' : `exit code ${exitCode}`;
	const isUnseen = exitCode !== 0 && !collector.isRed;
	const unseen = isUnseen ? ({ kind: 'problem', message } as const) : undefined;
	const broken = exitCode >= 128 ? interruptedBy(context) : unseen;
	try {
		await write(exitCode, broken);
	} catch (error) {
		if (exitCode < 128) throw error;
		tellBeside(error, context);
	}
	return exitCode;
}

function brokenBy(error: unknown): [ExitCode, RunReport['broken']] {
	if (error instanceof Problem)
		return [
			2,
			{
				kind: 'problem',
				message: `${error.code}: ${error.message}`,
				place: error.place,
				also: error.also,
			},
		];
	return [70, { kind: 'bug', message: error instanceof Error ? error.message : String(error) }];
}

function interruptedBy(context: CliContext): RunReport['broken'] {
	const { reason } = context.interruption() as { reason: unknown };
	return {
		kind: 'interrupted',
		message: reason instanceof Interruption ? reason.message : 'stopped',
	};
}

/** The first problem is the one that is thrown on. */
function tellBeside(error: unknown, context: CliContext): void {
	if (!(error instanceof Problem)) throw error;
	context.stderr.write(problemText(error));
}
