import { tuneForFloods } from '../delivery/v8-flags.ts';
import { burstCallbacks } from '../engine/burst.ts';
import { prepareBurst } from '../engine/prepare-burst.ts';
import type { ExitCode } from '../model/run-event.ts';
import { told } from '../model/words.ts';
import { burstJson } from '../report/json/burst-json.ts';
import { burstLines, progressLine } from '../report/text/burst-text.ts';
import { unreachedHint } from './burst-hint.ts';
import { burstOrders } from './burst-orders.ts';
import { burstReports } from './burst-reports.ts';
import { burstWorker, workerOrder } from './burst-worker.ts';
import { BurstWorkers, refuseWorkers, WorkerEnded } from './burst-workers.ts';
import type { CliContext } from './cli-context.ts';
import { hintContext, simulatorNote } from './hint-context.ts';
import { type BurstFlags, usualUnacknowledged } from './options/burst-flags.ts';
import { flagWords } from './options/words.ts';
import { painterFor } from './paint.ts';
import { progressOf } from './progress.ts';
import { waitingLine } from './run-deliveries.ts';
import { UnacknowledgedFile } from './unacknowledged-file.ts';

/** Many different callbacks, fast. */
export async function burstCommand(
	id: string,
	flags: BurstFlags,
	outer: CliContext,
): Promise<ExitCode> {
	const part = workerOrder();
	if (part !== undefined) return burstWorker(part, outer);
	const { context, orders, burst, workers: wanted } = await burstOrders(id, flags, outer);
	const { stdout, stderr, mask } = context;
	const reports = burstReports(id, flags, context);
	const prepared = await prepareBurst(orders, burst, context);
	tuneForFloods();
	const { places, connections, bail } = prepared.plan;
	refuseWorkers(wanted, bail, orders);
	const workers = Math.min(wanted, connections);
	// A report without a path stands where the text would.
	const shown = reports.takesStdout ? stderr : stdout;
	const paint = painterFor(shown, context, flags.color);
	const paintNote = painterFor(stderr, context, flags.color);
	for (const warning of new Set(prepared.composed.flatMap(({ warnings }) => warnings)))
		stderr.write(`${paintNote.yellow(`warning: ${told(warning, flagWords)}`)}\n`);
	for (const line of simulatorNote(prepared.composed)) stderr.write(`${paintNote.dim(line)}\n`);
	const file = new UnacknowledgedFile(flags.unacknowledged ?? usualUnacknowledged, context.cwd);
	const progress = progressOf(context, flags.json !== true);
	let exitCode: ExitCode = 70;
	try {
		for await (const event of burstCallbacks(prepared, context, {
			waiting: waitingLine(context),
			unacknowledged: (reference) => file.add(reference),
			...(workers > 1 && {
				load: (told) => new BurstWorkers(workers, { id, flags, prepared }, context, told),
			}),
		})) {
			progress.clear();
			if (flags.json === true) stdout.write(burstJson(event, mask));
			if (event.type === 'progress') {
				progress.show(progressLine(event, places.total));
				continue;
			}
			exitCode = event.exitCode;
			file.close();
			const path = file.count === 0 ? undefined : file.path;
			if (flags.json !== true)
				shown.write(
					burstLines(event, paint, path)
						.map((line) => `${mask(line)}\n`)
						.join(''),
				);
			const [first] = prepared.composed;
			const hint =
				first && unreachedHint(event, hintContext(first, orders[0]?.settings ?? {}, context));
			if (hint !== undefined) stderr.write(mask(`${paintNote.yellow('hint:')} ${hint}\n`));
			await reports.write(event, path);
		}
	} catch (error) {
		if (!(error instanceof WorkerEnded)) throw error;
		stderr.write(error.message);
		exitCode = error.exitCode === 2 ? 2 : 70;
	} finally {
		file.close();
	}
	return exitCode;
}
