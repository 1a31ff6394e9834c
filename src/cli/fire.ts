import { findEvent } from '../catalogue/catalogue.ts';
import { prepareFire } from '../engine/fire.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ExitCode } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import { inForce } from '../project/in-force.ts';
import type { Project } from '../project/project.ts';
import { providersOf } from '../settings/composing.ts';
import { besideSandbox } from './beside-sandbox.ts';
import { type CliContext, canAsk } from './cli-context.ts';
import { type CommandContext, commandContext } from './command-context.ts';
import { dryRun } from './dry-run.ts';
import type { Collect } from './keep-reports.ts';
import { noTarget, orInProject } from './no-target.ts';
import type { FireFlags } from './options/fire-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { Recorder } from './recorder.ts';
import { withReports } from './reports.ts';
import { runDeliveries } from './run-deliveries.ts';
import { severalOrders } from './several-orders.ts';

export async function fireCommand(
	ids: readonly string[],
	given: FireFlags,
	outer: CliContext,
): Promise<ExitCode> {
	if (ids.length === 0 && isPickable(given) && canAsk(outer, given.input))
		return (await import('./picker/picker.ts')).picker(given, outer);
	const head = { command: 'fire', title: `fire ${ids.join(' ')}`.trim() } as const;
	return withReports(given, head, outer, (reporting, collect) =>
		fireEvents(ids, given, reporting, collect),
	);
}

/** What the picker asks, shows and repeats is one callback. */
const isPickable = ({ json, dryRun, count, report, sandboxPort }: FireFlags): boolean =>
	json !== true &&
	dryRun !== true &&
	[count, report, sandboxPort].every((given) => given === undefined);

async function fireEvents(
	ids: readonly string[],
	flags: FireFlags,
	outer: CliContext,
	collect: Collect,
): Promise<ExitCode> {
	const here = await commandContext(flags, outer);
	const { context, project, catalogue } = here;
	const known = ids.map((id) => findEvent(catalogue, id));
	const before =
		flags.order === undefined
			? undefined
			: (await import('./order-named.ts')).orderNamed(flags.order, known, flags, here);
	const asked = await withoutGaps(
		known,
		{ ...before?.settings, ...readSettings(flags) },
		flags,
		here,
	);
	if (typeof asked === 'number') return asked;
	const { events, settings } = asked;
	const said = events.map((event) => orderFor(event, settings, project, context));
	const one = said.map((item) => ({
		...item,
		settings: before?.next(item.event, item.settings) ?? item.settings,
	}));
	const continues = before && { named: before.named, given: said[0]?.settings ?? {} };
	const prepared = await prepareFire(severalOrders(one, flags.count, context), context);
	if (flags.dryRun === true) return dryRun(prepared, flags, context);
	const recorder = new Recorder(flags, context);
	const providers = providersOf(events).map(({ id }) => id);
	return besideSandbox(flags, providers, settings, here, (beside, print) => {
		recorder.begin(prepared.run, 'fire', `fire ${ids.join(' ')}`.trim());
		recorder.plan(prepared);
		return runDeliveries(
			{ prepared, flags, collector: collect(), recorder, print, continues },
			beside,
		);
	});
}

/** Asks for what the command line leaves open, where somebody can answer. A number: they left. */
async function withoutGaps(
	events: readonly CallbackEvent[],
	settings: Settings,
	flags: FireFlags,
	here: CommandContext,
): Promise<{ events: readonly CallbackEvent[]; settings: Settings } | ExitCode> {
	const { context, project } = here;
	const isOpen =
		events.length === 0 ||
		events.some((event) => inForce(settings, project, event, context).to === undefined);
	if (isOpen && canAsk(context, flags.input) && flags.json !== true) {
		const { fillGaps } = await import('./picker/fill-gaps.ts');
		const targetOf = (event: CallbackEvent) => inForce(settings, project, event, context).to;
		const filled = await fillGaps(events, settings, targetOf, flags, here);
		return typeof filled === 'number'
			? filled
			: { events: filled.events, settings: { ...settings, to: filled.to } };
	}
	if (events.length === 0)
		throw new Problem('usage', 'no event to fire', {
			hint: 'Name one: callsim fire bayarcash/transaction-success --to :3000/callback; see callsim list',
		});
	return { events, settings };
}

function orderFor(event: CallbackEvent, given: Settings, project: Project, context: CliContext) {
	const settings = inForce(given, project, event, context);
	if (settings.to === undefined) throw noTarget('no target to fire at', orInProject);
	return { event, to: settings.to, settings };
}
