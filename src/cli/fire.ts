import { findEvent } from '../catalogue/catalogue.ts';
import { composeAll } from '../engine/composing.ts';
import type { DeliveryFlags, ReportFlags } from '../engine/flags.ts';
import { readDelivery } from '../engine/read-flags.ts';
import { remoteRefusal } from '../engine/remote-problem.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ExitCode } from '../model/run-event.ts';
import { inForce } from '../project/in-force.ts';
import type { Project } from '../project/project.ts';
import { type CliContext, canAsk } from './cli-context.ts';
import { type CommandContext, commandContext } from './command-context.ts';
import { type Collect, withReports } from './reports.ts';
import { runDeliveries } from './run-deliveries.ts';

export type FireFlags = DeliveryFlags & ReportFlags;

export function fireCommand(ids: readonly string[], given: FireFlags, outer: CliContext): Promise<ExitCode> {
	const head = { command: 'fire', title: `fire ${ids.join(' ')}`.trim() } as const;
	return withReports(given, head, outer, (reporting, collect) => fired(ids, given, reporting, collect));
}

async function fired(
	ids: readonly string[],
	{ report: _, ...given }: FireFlags,
	outer: CliContext,
	collect: Collect,
): Promise<ExitCode> {
	const here = await commandContext(given, outer);
	const { context, project, catalogue } = here;
	const known = ids.map((id) => findEvent(catalogue, id));
	const asked = await withoutGaps(known, given, here);
	if (asked === undefined) return 130;
	const { events, flags } = asked;
	const orders = events.map((event) => orderFor(event, flags, project, context));
	const [first] = orders;
	const settings = readDelivery(first?.flags ?? flags);
	const composed = await composeAll(orders, context);
	const targets = composed.map(({ request }) => request.url);
	await remoteRefusal()(targets, settings.allowRemote, context.interruption());
	return runDeliveries(
		{
			composed,
			settings,
			flagsOf: (at) => orders[at]?.flags ?? flags,
			collector: collect(),
		},
		context,
	);
}

/** What the command line leaves open is asked for, where somebody can answer. Undefined when they leave. */
async function withoutGaps(
	events: readonly CallbackEvent[],
	flags: DeliveryFlags,
	{ context, project, catalogue }: CommandContext,
): Promise<{ events: readonly CallbackEvent[]; flags: DeliveryFlags } | undefined> {
	const isOpen =
		events.length === 0 || events.some((event) => inForce(flags, project, event, context).to === undefined);
	if (isOpen && canAsk(context, flags.input) && flags.json !== true) {
		const { fillGaps } = await import('./fill-gaps.ts');
		const targetOf = (event: CallbackEvent) => inForce(flags, project, event, context).to;
		const filled = await fillGaps(catalogue, events, flags, targetOf, context);
		return filled === undefined ? undefined : { events: filled.events, flags: { ...flags, to: filled.to } };
	}
	if (events.length === 0)
		throw new Problem('usage', 'no event to fire', {
			hint: 'Name one: callsim fire bayarcash/transaction-success --to :3000/callback; see callsim list',
		});
	return { events, flags };
}

function orderFor(event: CallbackEvent, given: DeliveryFlags, project: Project, context: CliContext) {
	const flags = inForce(given, project, event, context);
	if (flags.to === undefined)
		throw new Problem('target-missing', 'no target to fire at', {
			hint: "Add --to with your receiver's URL: --to http://localhost:3000/callback; or name it in callsim.yaml (callsim init)",
		});
	return { event, to: flags.to, flags };
}
