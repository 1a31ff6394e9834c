import { join, resolve } from 'node:path';
import { type Catalogue, findEvent } from '../catalogue/catalogue.ts';
import { environmentName } from '../compose/credentials.ts';
import { isLocalAddress, isLocalhostName } from '../delivery/address.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { composeAll, providersOf } from '../engine/composing.ts';
import { readDelivery } from '../engine/read-flags.ts';
import { artilleryProject } from '../export/artillery.ts';
import { type ExportOrder, loadEvent, sameInAll } from '../export/event.ts';
import type { LoadEvent } from '../export/load.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { inForce } from '../project/in-force.ts';
import type { Project } from '../project/project.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import { type ExportFlags, readLoad, refuseUnfit } from './export-flags.ts';
import { toldFiles, writeNewFiles } from './write-new.ts';

/** Writes a project for a load engine that composes with this package. What is there already stays. */
export async function exportCommand(
	engine: string,
	ids: readonly string[],
	given: ExportFlags,
	outer: CliContext,
): Promise<0> {
	if (engine !== 'artillery')
		throw new Problem('usage', `there is no export to "${engine}"`, {
			hint: 'Write: callsim export artillery <event>',
		});
	refuseUnfit(given);
	const { rate, seconds } = readLoad(given);
	const { context, project, catalogue } = await commandContext(given, outer);
	const events = await known(ids, catalogue, context);
	const orders = await composedTwice(events, given, project, context);
	const load: LoadEvent[] = [];
	for (const order of orders) load.push(await loadEvent(order, project, context));
	const timeout = readDelivery(orders[0]?.flags ?? given).timeout;
	const text = artilleryProject({
		events: load,
		rate,
		seconds,
		// Artillery takes 0 for "not said"; a day is as good as none.
		timeout: timeout === 0 ? 86_400 : Math.ceil(timeout / 1_000),
		version: context.version,
		variables: providersOf(events).flatMap(({ id, credentials }) =>
			Object.keys(credentials).map((name) => environmentName(id, name)),
		),
	});
	for (const line of warningsOf(orders, load)) context.stderr.write(`warning: ${line}\n`);
	const folder = resolve(context.cwd, given.out ?? 'callsim-artillery');
	const files = writeNewFiles(
		Object.entries(text).map(([name, content]) => [join(folder, name), content] as const),
		context.cwd,
	);
	if (given.json === true) context.stdout.write(`${JSON.stringify({ v: 1, engine, files })}\n`);
	else
		context.stdout.write(
			`${toldFiles(files)}\nNext, with your receiver running, in ${given.out ?? 'callsim-artillery'}:\n  npm install --ignore-scripts\n  npm run load                      README.md there says more\n`,
		);
	return 0;
}

/** The project imports the package, which knows the built-in providers alone. */
async function known(ids: readonly string[], catalogue: Catalogue, context: CliContext): Promise<CallbackEvent[]> {
	if (ids.length === 0)
		throw new Problem('usage', 'no event to export', {
			hint: 'Name one or more: callsim export artillery bayarcash/transaction-success --to :3000/callback',
		});
	const builtIn = new Set((await loadCatalogue({}, context)).events.map((event) => JSON.stringify(event)));
	return [...new Set(ids)].map((id) => {
		const event = findEvent(catalogue, id);
		if (!builtIn.has(JSON.stringify(event)))
			throw new Problem('usage', `${id} is of a provider of your own, which does not travel with the project`, {
				hint: 'Export events of the built-in providers.',
			});
		return event;
	});
}

/** Everything is composed, with the keys that are here, before anything is written. */
async function composedTwice(
	events: readonly CallbackEvent[],
	given: ExportFlags,
	project: Project,
	context: CliContext,
) {
	const inPlay = events.map((event) => {
		const { ...flags } = inForce(given, project, event, context);
		if (flags.to === undefined)
			throw new Problem('target-missing', `no target for ${event.id}`, {
				hint: "Add --to with your receiver's URL: --to http://localhost:3000/callback; or name it in callsim.yaml (callsim init)",
			});
		return { event, to: flags.to, flags: { ...flags, fresh: true } };
	});
	const [ones, others] = [await composeAll(inPlay, context), await composeAll(inPlay, context)];
	return inPlay.flatMap(({ flags }, at): ExportOrder[] => {
		const [one, other] = [ones[at], others[at]];
		return one === undefined || other === undefined ? [] : [{ flags, given, samples: [one, other] }];
	});
}

function warningsOf(orders: readonly ExportOrder[], load: readonly LoadEvent[]): string[] {
	const ofSamples = orders.flatMap(({ samples }) => [
		...samples[0].warnings,
		...sameInAll(samples).map((path) => `${samples[0].event.id}: every callback has the same ${path}`),
	]);
	const hosts = [...new Set(load.map(({ url }) => new URL(url).hostname))];
	const beyond = hosts.filter((host) => !isLocalhostName(host) && !isLocalAddress(host));
	return [
		...ofSamples,
		...beyond.map(
			(host) => `${host}: Artillery does not refuse targets outside private networks; load only what you own`,
		),
	];
}
