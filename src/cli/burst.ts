import { findEvent } from '../catalogue/catalogue.ts';
import { tuneForFloods } from '../delivery/undici-client.ts';
import { burstCallbacks, eventsOfMix, prepareBurst } from '../engine/burst.ts';
import type { ExitCode } from '../model/run-event.ts';
import { told } from '../model/words.ts';
import { inForce } from '../project/in-force.ts';
import { burstJson } from '../report/json/burst-json.ts';
import { burstLines, progressLine } from '../report/text/burst-text.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import { simulatorNote } from './hint-context.ts';
import { noTarget, orInProject } from './no-target.ts';
import { type BurstFlags, readBurst, usualUnacknowledged } from './options/burst-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { flagWords } from './options/words.ts';
import { painterFor } from './paint.ts';
import { waitingLine } from './run-deliveries.ts';
import { UnacknowledgedFile } from './unacknowledged-file.ts';

/** Many different callbacks, fast. */
export async function burstCommand(
	id: string,
	flags: BurstFlags,
	outer: CliContext,
): Promise<ExitCode> {
	const { mix, ...burst } = readBurst(flags);
	const { context, project, catalogue } = await commandContext(flags, outer);
	const { stdout, stderr, mask } = context;
	const base = findEvent(catalogue, id);
	const shares = mix ?? [{ name: id, weight: 1 }];
	const events = eventsOfMix(
		shares.map(({ name }) => name),
		base,
		catalogue.events,
	);
	const given = readSettings(flags);
	const orders = events.map((event, at) => {
		// A project's schedule is for one payment that is looked at.
		const { retry: _, ...settings } = inForce(given, project, event, context);
		if (settings.to === undefined) throw noTarget('no target to send to', orInProject);
		const weight = shares[at]?.weight ?? 0;
		return { event, to: settings.to, settings: { ...settings, retry: given.retry }, weight };
	});
	tuneForFloods();
	const prepared = await prepareBurst(orders, burst, context);
	const paint = painterFor(stdout, context, flags.color);
	const paintNote = painterFor(stderr, context, flags.color);
	for (const warning of new Set(prepared.composed.flatMap(({ warnings }) => warnings)))
		stderr.write(`${paintNote.yellow(`warning: ${told(warning, flagWords)}`)}\n`);
	for (const line of simulatorNote(prepared.composed)) stderr.write(`${paintNote.dim(line)}\n`);
	const file = new UnacknowledgedFile(flags.unacknowledged ?? usualUnacknowledged, context.cwd);
	const isTold = stderr.isTTY && context.env['TERM'] !== 'dumb';
	let exitCode: ExitCode = 70;
	try {
		for await (const event of burstCallbacks(prepared, context, {
			waiting: waitingLine(context),
			unacknowledged: (reference) => file.add(reference),
		})) {
			if (isTold) stderr.write('\r\u001b[K');
			if (event.type === 'summary') {
				exitCode = event.exitCode;
				file.close();
			}
			if (flags.json === true) stdout.write(burstJson(event, mask));
			else if (event.type === 'summary')
				stdout.write(
					burstLines(event, paint, file.count === 0 ? undefined : file.path)
						.map((line) => `${mask(line)}\n`)
						.join(''),
				);
			if (event.type === 'progress' && isTold)
				stderr.write(progressLine(event, prepared.plan.places.total));
		}
	} finally {
		file.close();
	}
	return exitCode;
}
