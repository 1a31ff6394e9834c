import { findEvent } from '../catalogue/catalogue.ts';
import { isLiteral, isLocalAddress } from '../delivery/address.ts';
import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { listensWithin } from '../delivery/wait-for.ts';
import { formatDuration } from '../model/duration.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { loadCatalogue } from './catalogue.ts';
import { composeAll, secretsOf } from './composing.ts';
import type { DeliveryFlags } from './flags.ts';
import { type DeliverySettings, readDelivery } from './read-flags.ts';
import { runDeliveries } from './run-deliveries.ts';
import { canAsk, type World } from './world.ts';

export async function fireCommand(ids: readonly string[], given: DeliveryFlags, world: World): Promise<ExitCode> {
	const catalogue = await loadCatalogue(given, world);
	const known = ids.map((id) => findEvent(catalogue, id));
	const gaps = known.length === 0 || given.to === undefined;
	const asked =
		gaps && canAsk(world, given.input) && given.json !== true
			? await (await import('./fill-gaps.ts')).fillGaps(catalogue, known, given.to, world)
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
	const [first] = composed;
	if (
		settings.waitFor !== undefined &&
		first !== undefined &&
		!(await somethingListens(first.request.url, settings, world))
	)
		return 3;
	const faulty = given.tamper !== undefined || given.unsealed === true || given.wrongKey === true;
	return runDeliveries({ composed, settings, flags: given, secrets: secretsOf(events, given, world), faulty }, world);
}

/** An address that can be judged without asking anybody is judged before anything is announced or sent. */
function refuseRemoteLiteral(url: URL, allowRemote: boolean): void {
	if (allowRemote || !isLiteral(url.hostname) || isLocalAddress(url.hostname)) return;
	throw remoteProblem(new RemoteAddress(url.hostname, url.hostname));
}

function remoteProblem(cause: RemoteAddress): Problem {
	return new Problem('target-remote', cause.message, {
		hint: 'Use a local target, or --allow-remote if you own the receiver.',
		cause,
	});
}

async function somethingListens(target: URL, settings: DeliverySettings, world: World): Promise<boolean> {
	const span = settings.waitFor;
	if (span === undefined) return true;
	const { clock, stderr } = world;
	if (stderr.isTTY) stderr.write(`waiting up to ${formatDuration(span)} for ${target.host} …`);
	try {
		const listens = await listensWithin(target, span, {
			clock,
			allowRemote: settings.allowRemote,
			signal: world.interruption(),
		});
		if (stderr.isTTY) stderr.write('\r\u001b[K');
		if (!listens)
			stderr.write(
				`error target-silent: nothing listens on ${target.host} within ${formatDuration(span)}; nothing was sent\n  try: Start the receiver, or wait longer.\n`,
			);
		return listens;
	} catch (error) {
		throw error instanceof RemoteAddress ? remoteProblem(error) : error;
	}
}
