import { findEvent } from '../catalogue/catalogue.ts';
import { isLiteral, isLocalAddress } from '../delivery/address.ts';
import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { composeAll, secretsOf } from '../engine/composing.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { readDelivery } from '../engine/read-flags.ts';
import { remoteProblem } from '../engine/remote-problem.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { runDeliveries } from './run-deliveries.ts';
import { canAsk, type World } from './world.ts';

export async function fireCommand(ids: readonly string[], given: DeliveryFlags, world: World): Promise<ExitCode> {
	const catalogue = await loadCatalogue(given, world);
	const known = ids.map((id) => findEvent(catalogue, id));
	const gaps = known.length === 0 || given.to === undefined;
	const asked =
		gaps && canAsk(world, given.input) && given.json !== true
			? await (await import('./fill-gaps.ts')).fillGaps(catalogue, known, given, world)
			: { events: known, to: given.to };
	if (asked === undefined) return 130;
	const { events, to } = asked;
	if (events.length === 0)
		throw new Problem('usage', 'no event to fire', {
			hint: 'Name one: callsim fire bayarcash/transaction-success --to :3000/callback; see callsim list',
		});
	if (to === undefined)
		throw new Problem('target-missing', 'no target to fire at', {
			hint: "Add --to with your receiver's URL: --to http://localhost:3000/callback",
		});
	const settings = readDelivery(given);
	const composed = await composeAll(events, to, given, world);
	for (const { request } of composed) refuseRemoteLiteral(request.url, settings.allowRemote);
	return runDeliveries(
		{ composed, settings, flags: { ...given, to }, secrets: secretsOf(events, given, world) },
		world,
	);
}

/** An address that can be judged without asking anybody is judged before anything is announced or sent. */
function refuseRemoteLiteral(url: URL, allowRemote: boolean): void {
	if (allowRemote || !isLiteral(url.hostname) || isLocalAddress(url.hostname)) return;
	throw remoteProblem(new RemoteAddress(url.hostname, url.hostname));
}
