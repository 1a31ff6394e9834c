import { type PreparedFire, preparedOf } from '../engine/fire.ts';
import { leadsToBytes, sameBytes, signedAnew } from '../engine/same-bytes.ts';
import { findDelivery } from '../journal/find-delivery.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { within } from '../settings/engine-context.ts';
import { defined } from '../settings/layered.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import { dryRun } from './dry-run.ts';
import { knownDeliveries } from './known-deliveries.ts';
import { once, type ReplayFlags } from './options/replay-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { recalledUnder } from './recalled.ts';
import { Recorder } from './recorder.ts';
import { withReports } from './reports.ts';
import { type DeliveriesInput, runDeliveries } from './run-deliveries.ts';

/** Sends what was sent before once more: the same bytes, or the same fields signed anew. */
export function replay(
	id: string | undefined,
	flags: ReplayFlags,
	outer: CliContext,
): Promise<ExitCode> {
	const title = `replay ${id ?? flags.from ?? ''}`.trim();
	return withReports(flags, { command: 'fire', title }, outer, async (reporting, collect) => {
		const prepared: Prepared =
			flags.from === undefined
				? await keptOnes(id, flags, reporting)
				: await (await import('./replay-capture.ts')).readCaptured(
						id,
						flags.from,
						flags,
						reporting,
					);
		if (flags.dryRun === true) return dryRun(prepared.fire, flags, prepared.context);
		const recorder = new Recorder(flags, prepared.context);
		recorder.begin(prepared.fire.run, 'replay', title);
		recorder.plan(prepared.fire);
		return runDeliveries(
			{
				prepared: prepared.fire,
				flags,
				collector: collect(),
				recorder,
				replayed: prepared.by ?? 'bytes',
			},
			prepared.context,
		);
	});
}

interface Prepared {
	readonly fire: PreparedFire;
	readonly context: CliContext;
	readonly by?: DeliveriesInput['replayed'];
}

async function keptOnes(
	id: string | undefined,
	flags: ReplayFlags,
	outer: CliContext,
): Promise<Prepared> {
	if (id === undefined)
		throw new Problem('usage', 'nothing to replay is named', {
			hint: 'Name it: callsim replay last, an id of callsim history, or --from <file>.',
		});
	const known = findDelivery(knownDeliveries(flags, outer), id);
	const here = await commandContext(flags, outer);
	const context = within(here.context, { cwd: known.cwd });
	const given = readSettings(flags);
	const before = recalledUnder(known, given, context);
	// As often, and as many at once, as this command says.
	const said = once(defined({ ...before, retry: given.retry, duplicate: given.duplicate }));
	const compose = flags.resign === true ? signedAnew : sameBytes;
	const composed = [await compose(known, said, here.catalogue, context)];
	const isSaid =
		flags.resign !== true && (await leadsToBytes(known, said, here.catalogue, context));
	const fire = await preparedOf(composed, [said], context);
	return { fire, context, by: isSaid ? 'settings' : 'bytes' };
}
