import type { BurstDocument, BurstSummaryEvent } from '../model/contract/burst.ts';
import { Problem } from '../model/problem.ts';
import { safeJson } from '../report/safe/escape.ts';
import type { CliContext } from './cli-context.ts';
import { commandLineOf } from './command-line.ts';
import type { BurstFlags } from './options/burst-flags.ts';
import { refusePage, reportRequests, takesStdout } from './report-requests.ts';
import { refuseFolder, save } from './write-reports.ts';

export interface BurstReports {
	/** Whether one of them takes the place of the text. */
	readonly takesStdout: boolean;
	/** @param file where the references of those not acknowledged are @throws Problem */
	write(summary: BurstSummaryEvent, file: string | undefined): Promise<void>;
}

/** The reports that were asked for. @throws Problem `report-invalid`, before anything is sent */
export function burstReports(id: string, flags: BurstFlags, context: CliContext): BurstReports {
	const { cwd, version, clock, mask } = context;
	const requests = reportRequests(flags.report ?? [], flags.json === true, {});
	for (const request of requests) {
		const { name } = request.format;
		if (name !== 'json' && name !== 'html')
			throw new Problem('report-invalid', `--report ${name}: a burst has no cases to tell there`, {
				hint: 'Kinds for a burst: json, html.',
			});
		refuseFolder(request, context);
	}
	refusePage(requests, context);
	const startedAt = clock.now();
	return {
		takesStdout: requests.some(takesStdout),
		async write({ type: _, ...summary }, file) {
			const title = `burst ${id}`;
			const document: BurstDocument = {
				...summary,
				target: mask(summary.target),
				tool: 'callsim',
				version,
				command: 'burst',
				title,
				commandLine: mask(commandLineOf(title, flags)),
				startedAt: new Date(startedAt).toISOString(),
				endedAt: new Date(clock.now()).toISOString(),
				unacknowledgedFile: file && mask(file),
			};
			const problems: Problem[] = [];
			for (const { format, path } of requests) {
				const text =
					format.name === 'json'
						? `${safeJson(document)}\n`
						: (await import('../report/html/burst-report.ts')).burstReport(
								document,
								flags.rate !== undefined,
							);
				if (path === undefined) context.stdout.write(Buffer.from(text));
				else problems.push(...save(path, text, { cwd }));
			}
			if (problems[0] !== undefined) throw problems[0];
		},
	};
}
