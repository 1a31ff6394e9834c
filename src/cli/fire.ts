import { findEvent } from '../catalogue/catalogue.ts';
import { composeAll } from '../engine/composing.ts';
import type { DeliveryFlags, ReportFlags } from '../engine/flags.ts';
import { readDelivery } from '../engine/read-flags.ts';
import { refuseRemote } from '../engine/remote-problem.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ExitCode } from '../model/run-event.ts';
import { inForce } from '../project/in-force.ts';
import type { Project } from '../project/project.ts';
import { type Collect, withReports } from './reports.ts';
import { runDeliveries } from './run-deliveries.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';
import { canAsk, type World } from './world.ts';

export type FireFlags = DeliveryFlags & ReportFlags;

export function fireCommand(ids: readonly string[], given: FireFlags, outer: World): Promise<ExitCode> {
	const head = { command: 'fire', title: `fire ${ids.join(' ')}`.trim() } as const;
	return withReports(given, head, outer, (reporting, collect) => fired(ids, given, reporting, collect));
}

async function fired(
	ids: readonly string[],
	{ report: _, ...given }: FireFlags,
	outer: World,
	collect: Collect,
): Promise<ExitCode> {
	const here = await surroundingsOf(given, outer);
	const { world, project, catalogue } = here;
	const known = ids.map((id) => findEvent(catalogue, id));
	const asked = await withoutGaps(known, given, here);
	if (asked === undefined) return 130;
	const { events, flags } = asked;
	const orders = events.map((event) => orderFor(event, flags, project, world));
	const [first] = orders;
	const settings = readDelivery(first?.flags ?? flags);
	const composed = await composeAll(orders, world);
	for (const { request } of composed) refuseRemote(request.url, settings.allowRemote);
	return runDeliveries(
		{
			composed,
			settings,
			flagsOf: (at) => orders[at]?.flags ?? flags,
			collector: collect(),
		},
		world,
	);
}

/** What the command line leaves open is asked for, where somebody can answer. Undefined when they leave. */
async function withoutGaps(
	events: readonly CallbackEvent[],
	flags: DeliveryFlags,
	{ world, project, catalogue }: Surroundings,
): Promise<{ events: readonly CallbackEvent[]; flags: DeliveryFlags } | undefined> {
	const isOpen = events.length === 0 || events.some((event) => inForce(flags, project, event, world).to === undefined);
	if (isOpen && canAsk(world, flags.input) && flags.json !== true) {
		const { fillGaps } = await import('./fill-gaps.ts');
		const targetOf = (event: CallbackEvent) => inForce(flags, project, event, world).to;
		const filled = await fillGaps(catalogue, events, flags, targetOf, world);
		return filled === undefined ? undefined : { events: filled.events, flags: { ...flags, to: filled.to } };
	}
	if (events.length === 0)
		throw new Problem('usage', 'no event to fire', {
			hint: 'Name one: callsim fire bayarcash/transaction-success --to :3000/callback; see callsim list',
		});
	return { events, flags };
}

function orderFor(event: CallbackEvent, given: DeliveryFlags, project: Project, world: World) {
	const flags = inForce(given, project, event, world);
	if (flags.to === undefined)
		throw new Problem('target-missing', 'no target to fire at', {
			hint: "Add --to with your receiver's URL: --to http://localhost:3000/callback; or name it in callsim.yaml (callsim init)",
		});
	return { event, to: flags.to, flags };
}
