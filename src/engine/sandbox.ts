import { unknownProvider } from '../catalogue/unknown-names.ts';
import { choicesOf } from '../compose/options.ts';
import { seededRandom } from '../compose/seeded-random.ts';
import { Problem } from '../model/problem.ts';
import type { Settings } from '../model/settings.ts';
import { didYouMean } from '../model/suggest.ts';
import type { SandboxProvider } from '../sandbox/provider.ts';
import { loadSandboxes, sandboxIds } from '../sandbox/providers.ts';
import { openSandbox, type RunningSandbox, type SandboxOptions } from '../sandbox/sandbox.ts';
import { keptStore } from '../sandbox/state-file.ts';
import { Store } from '../sandbox/store.ts';
import { SandboxTime } from '../sandbox/time.ts';
import { deliveryInForce } from '../settings/delivery-in-force.ts';
import { type EngineContext, within } from '../settings/engine-context.ts';

export interface SandboxSaid {
	/** Id of the run, under which everything is told. */
	readonly run: string;
	/** Ids; none for all that there are. */
	readonly providers: readonly string[];
	readonly settings: Settings;
	readonly callbackTo: string | undefined;
	readonly outcome: string | undefined;
	/** Whether somebody is there to decide. */
	readonly isAsked: boolean;
	readonly host: string;
	readonly port: number;
	readonly tls: SandboxOptions['http']['tls'];
	/** Where everything is kept. */
	readonly state: string | undefined;
	/** Whether time stands still until it is moved on. */
	readonly isStill: boolean;
	/** Sandbox milliseconds between the payer's act and the callback. */
	readonly usualDelay: number;
}

export interface OpenSandbox extends RunningSandbox {
	readonly providers: readonly string[];
}

const outcomes = ['success', 'failed', 'cancelled', 'pending', 'never', 'ask'];

/** Opens a sandbox with what was said. @throws Problem; the listen error */
export async function startSandbox(
	said: SandboxSaid,
	catalogue: SandboxOptions['catalogue'],
	watch: SandboxOptions['watch'],
	outer: EngineContext,
): Promise<OpenSandbox> {
	const providers = await chosenProviders(said.providers);
	const { seed, now, variants = [], ...settings } = said.settings;
	refuseUnknown(said, providers, catalogue);
	const random = seed === undefined ? outer.random : seededRandom(seed);
	const context = within(outer, { random });
	const start = now === undefined ? {} : { start: now };
	const time = new SandboxTime(outer.clock, { ...start, still: said.isStill });
	const kept =
		said.state === undefined
			? { store: new Store(), close: () => undefined }
			: keptStore(said.state, (text) => outer.note(text));
	try {
		const running = await openSandbox({
			run: said.run,
			providers,
			settings: { ...settings, variants },
			catalogue,
			context,
			time,
			store: kept.store,
			box: {
				outcome: said.outcome === 'ask' ? undefined : said.outcome,
				isAsked: said.outcome === 'ask' || said.isAsked,
				isAskedFirst: said.outcome === 'ask',
				delay: said.settings.delay ?? said.usualDelay,
				callbackTo: said.callbackTo,
				returnTo: said.settings.returnTo?.href,
				variants,
			},
			http: { host: said.host, port: said.port, tls: said.tls },
			watch,
		});
		return {
			...running,
			providers: providers.map(({ id }) => id),
			async close() {
				await running.close();
				kept.close();
			},
		};
	} catch (error) {
		kept.close();
		throw error;
	}
}

/** Those that are named, or all. @throws Problem `provider-unknown` */
export async function chosenProviders(ids: readonly string[]): Promise<readonly SandboxProvider[]> {
	const unknown = ids.find((id) => !sandboxIds.includes(id));
	if (unknown !== undefined)
		throw unknownProvider(unknown, sandboxIds, `there is no sandbox of "${unknown}"`);
	return loadSandboxes(ids.length === 0 ? sandboxIds : ids);
}

/** @throws Problem `usage`, `option-unknown` */
function refuseUnknown(
	{ outcome, settings }: SandboxSaid,
	providers: readonly SandboxProvider[],
	{ events }: SandboxOptions['catalogue'],
): void {
	deliveryInForce(settings);
	if (outcome !== undefined && !outcomes.includes(outcome))
		throw new Problem('usage', (say) => `${say('outcome')} "${outcome}" is none`, {
			hint: `Use one of ${outcomes.join(', ')}.`,
		});
	const ids = providers.map(({ id }) => id);
	const options = events
		.filter(({ provider }) => ids.includes(provider.id))
		.flatMap(({ message }) => Object.values(choicesOf(message)).flat());
	const known = [
		...new Set([...providers.flatMap((one) => Object.keys(one.variants)), ...options]),
	];
	const unknown = [...(settings.variants ?? []), settings.encoding].find(
		(one) => one !== undefined && !known.includes(one),
	);
	if (unknown !== undefined)
		throw new Problem('option-unknown', `${ids.join(', ')} has no option "${unknown}"`, {
			hint: didYouMean(unknown, known) ?? `There are ${known.join(', ')}.`,
		});
}
