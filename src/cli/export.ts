import { join, resolve } from 'node:path';
import { type Catalogue, findEvent } from '../catalogue/catalogue.ts';
import { environmentName } from '../compose/credentials.ts';
import { isLocalAddress, isLocalhostName } from '../delivery/address.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { artilleryProject } from '../export/artillery.ts';
import { type ExportOrder, loadEvent, sameInAll } from '../export/event.ts';
import type { LoadEvent } from '../export/load.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { HeaderSetting, Settings } from '../model/settings.ts';
import { type Told, told } from '../model/words.ts';
import { inForce } from '../project/in-force.ts';
import type { Project } from '../project/project.ts';
import { safeJson } from '../report/safe/escape.ts';
import { composeAll, providersOf } from '../settings/composing.ts';
import { deliveryInForce } from '../settings/delivery-in-force.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import { noTarget, orInProject } from './no-target.ts';
import { type ExportFlags, readLoad, refuseUnfit } from './options/export-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { flagWords } from './options/words.ts';
import { progressOf } from './progress.ts';
import { othersAmong, toldFiles, writeNewFiles } from './write-new.ts';

/** Writes a project for a load engine that composes with this package. Existing files stay. */
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
	const events = await findKnown(ids, catalogue, context);
	const settings = readSettings(given);
	const orders = await composeTwice(events, settings, project, context);
	const load: LoadEvent[] = [];
	const progress = progressOf(context, given.json !== true);
	for (const order of orders) {
		progress.show(`${load.length + 1}/${orders.length} ${order.samples[0].event.id}`);
		load.push(await loadEvent(order, project, context));
	}
	progress.clear();
	const timeout = deliveryInForce(orders[0]?.settings ?? settings).timeout;
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
	for (const line of warningsOf(orders, load))
		context.stderr.write(`warning: ${told(line, flagWords)}\n`);
	const folder = resolve(context.cwd, given.out ?? 'callsim-artillery');
	const wanted = Object.entries(text).map(
		([name, content]) => [join(folder, name), content] as const,
	);
	const files = writeNewFiles(wanted, context.cwd);
	const others = othersAmong(wanted, files);
	if (others.length > 0) context.stderr.write(`warning: ${mixedText(others)}\n`);
	if (given.json === true) context.stdout.write(`${safeJson({ v: 1, engine, files })}\n`);
	else
		context.stdout.write(
			`${toldFiles(files)}\nNext, with your receiver running, in ${given.out ?? 'callsim-artillery'}:\n  npm install --ignore-scripts\n  npm run load                      README.md there says more\n`,
		);
	return 0;
}

/** What is there is somebody's work: it is kept, but it is not what was asked for. */
function mixedText(others: readonly string[]): string {
	const [are, them] = others.length === 1 ? ['was', 'It'] : ['were', 'They'];
	return `${others.join(', ')} ${are} there already and ${are} kept. ${them} may be of another export: the load is then not the one asked for. Move ${them.toLowerCase().replace('they', 'them')} away, or name another folder with --out.`;
}

/** The project imports the package, which knows the built-in providers alone. */
async function findKnown(
	ids: readonly string[],
	catalogue: Catalogue,
	context: CliContext,
): Promise<CallbackEvent[]> {
	if (ids.length === 0)
		throw new Problem('usage', 'no event to export', {
			hint: 'Name one or more: callsim export artillery bayarcash/transaction-success --to :3000/callback',
		});
	const builtIn = new Set(
		(await loadCatalogue({}, context)).events.map((event) => JSON.stringify(event)),
	);
	return [...new Set(ids)].map((id) => {
		const event = findEvent(catalogue, id);
		if (!builtIn.has(JSON.stringify(event)))
			throw new Problem(
				'usage',
				`${id} is of a provider of your own, which does not travel with the project`,
				{ hint: 'Export events of the built-in providers.' },
			);
		return event;
	});
}

/** Everything is composed, with the keys that are here, before anything is written. */
async function composeTwice(
	events: readonly CallbackEvent[],
	given: Settings,
	project: Project,
	context: CliContext,
) {
	const inPlay = events.map((event) => {
		const settings = inForce(
			{ ...given, headers: given.headers?.map(unread) },
			project,
			event,
			context,
		);
		if (settings.to === undefined) throw noTarget(`no target for ${event.id}`, orInProject);
		return { event, to: settings.to, settings: { ...settings, fresh: true } };
	});
	const [ones, others] = [await composeAll(inPlay, context), await composeAll(inPlay, context)];
	return inPlay.flatMap(({ settings }, at): ExportOrder[] => {
		const [one, other] = [ones[at], others[at]];
		return one === undefined || other === undefined
			? []
			: [{ settings, given, samples: [one, other] }];
	});
}

/** A key that is there where the load runs need not be here. */
function unread(header: HeaderSetting): HeaderSetting {
	const { name, value } = header;
	return value.kind === 'env'
		? { name, value: { kind: 'text', text: `env:${value.variable}` } }
		: header;
}

function warningsOf(orders: readonly ExportOrder[], load: readonly LoadEvent[]): Told[] {
	const ofSamples = orders.flatMap(({ samples }) => [
		...samples[0].warnings,
		...sameInAll(samples).map(
			(path) => `${samples[0].event.id}: every callback has the same ${path}`,
		),
	]);
	const hosts = [...new Set(load.map(({ url }) => new URL(url).hostname))];
	const beyond = hosts.filter((host) => !isLocalhostName(host) && !isLocalAddress(host));
	return [
		...ofSamples,
		...beyond.map(
			(host) =>
				`${host}: Artillery does not refuse targets outside private networks; load only what you own`,
		),
	];
}
