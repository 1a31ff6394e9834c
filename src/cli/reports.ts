import { appendFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { within } from '../engine/engine-context.ts';
import type { ReportFlags } from '../engine/flags.ts';
import { Interruption } from '../model/interruption.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { Collector, type RunHead } from '../report/collect/collector.ts';
import type { RunReport } from '../report/run-report.ts';
import type { CliContext } from './cli-context.ts';
import { problemText } from './problem-text.ts';
import { type ReportRequest, reportRequests } from './report-requests.ts';

/** Begins to collect; undefined where no report was asked for. */
export type Collect = () => Collector | undefined;

/** What a command does while its reports are kept. */
type Work = (context: CliContext, collect: Collect) => Promise<ExitCode>;

/**
 * Runs a command and writes its reports, whatever comes of it: also after a signal, a problem, and a bug of ours.
 *
 * A report without a path takes the place of the text on stdout, which then goes to stderr.
 *
 * @throws Problem `report-invalid` before anything is done, `output-unwritable`
 */
export async function withReports(
	flags: ReportFlags & { readonly json?: boolean },
	head: Omit<RunHead, 'version' | 'startedAt'>,
	context: CliContext,
	work: Work,
): Promise<ExitCode> {
	const requests = reportRequests(flags.report ?? [], flags.json === true, context.env);
	if (requests.length === 0) return work(context, () => undefined);
	for (const { path } of requests) if (path !== undefined) refuseFolder(path, context);
	const onStdout = requests.some(({ kind, path }) => path === undefined && kind !== 'github');
	const inside = onStdout ? within(context, { stdout: context.stderr }) : context;
	const whole = { ...head, version: context.version, startedAt: context.clock.now() };
	const keeps = requests.some(({ kind }) => kind === 'json' || kind === 'har' || kind === 'html');
	const collector = new Collector(whole, context.mask, keeps);
	const write = (exitCode: ExitCode, broken?: RunReport['broken']) =>
		written(
			requests,
			collector.report({ endedAt: context.clock.now(), exitCode, broken }),
			flags.json === true,
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
	const unseen = {
		kind: 'problem',
		message: exitCode === 3 ? 'nobody listens there' : `exit code ${exitCode}`,
	} as const;
	const broken = exitCode >= 128 ? interruptedBy(context) : exitCode !== 0 && !collector.isRed ? unseen : undefined;
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
		return [2, { kind: 'problem', message: `${error.code}: ${error.message}`, place: error.place, also: error.also }];
	return [70, { kind: 'bug', message: error instanceof Error ? error.message : String(error) }];
}

function interruptedBy(context: CliContext): RunReport['broken'] {
	const { reason } = context.interruption() as { reason: unknown };
	return { kind: 'interrupted', message: reason instanceof Interruption ? reason.message : 'stopped' };
}

/** The first problem is the one that is thrown on. */
function tellBeside(error: unknown, context: CliContext): void {
	if (!(error instanceof Problem)) throw error;
	context.stderr.write(problemText(error));
}

async function written(
	requests: readonly ReportRequest[],
	report: RunReport,
	json: boolean,
	context: CliContext,
): Promise<void> {
	const { reportText, githubSummary } = await import('./report-text.ts');
	const taken = requests.some(({ kind, path }) => kind !== 'github' && path === undefined);
	const problems: unknown[] = [];
	for (const { kind, path } of requests) {
		const shown = kind === 'github' ? fromWorkspace(report, context) : report;
		const text = await reportText(kind, shown);
		if (path !== undefined) problems.push(...save(path, text, context));
		else if (kind === 'github' && (json || taken)) context.stderr.write(text);
		else context.stdout.write(text);
	}
	const summary = context.env['GITHUB_STEP_SUMMARY'] ?? '';
	if (summary !== '' && requests.some(({ kind }) => kind === 'github')) {
		problems.push(...outward(summary, () => appendFileSync(summary, githubSummary(fromWorkspace(report, context)))));
	}
	// One that cannot be written does not keep the others from being written.
	if (problems.length > 0) throw problems[0];
}

function save(path: string, text: string, context: CliContext): Problem[] {
	const file = resolve(context.cwd, path);
	return outward(path, () => {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	});
}

function outward(path: string, work: () => void): Problem[] {
	try {
		work();
		return [];
	} catch (cause) {
		const code = (cause as NodeJS.ErrnoException).code;
		const hint = 'Check where --report points.';
		return [new Problem('output-unwritable', `cannot write the report "${path}" (${code})`, { hint, cause })];
	}
}

function refuseFolder(path: string, { cwd }: CliContext): void {
	if (existsSync(resolve(cwd, path)) && statSync(resolve(cwd, path)).isDirectory())
		throw new Problem('report-invalid', `--report: "${path}" is a folder`, { hint: 'Name a file in it.' });
}

/** GitHub shows annotations at files that are named from the root of the checkout. */
function fromWorkspace(report: RunReport, { env, cwd }: CliContext): RunReport {
	const workspace = env['GITHUB_WORKSPACE'] ?? '';
	if (workspace === '') return report;
	const from = (file: string | undefined) =>
		file === undefined ? {} : { file: relative(workspace, resolve(cwd, file)) };
	const { broken } = report;
	return {
		...report,
		...(broken?.place && { broken: { ...broken, place: { ...broken.place, ...from(broken.place.file) } } }),
		suites: report.suites.map((suite) => ({
			...suite,
			...from(suite.file),
			cases: suite.cases.map((one) => ({ ...one, ...from(one.file) })),
		})),
	};
}
