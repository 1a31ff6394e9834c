import { findProvider } from '../catalogue/catalogue.ts';
import { choose } from '../compose/options.ts';
import { listingJson, listingText } from '../report/listing.ts';
import { loadCatalogue } from './catalogue.ts';
import type { CommonFlags } from './flags.ts';
import { painterFor } from './paint.ts';
import { scheduleFor } from './schedule-for.ts';
import type { World } from './world.ts';

export async function list(provider: string | undefined, flags: CommonFlags, world: World): Promise<0> {
	const catalogue = await loadCatalogue(flags, world);
	const providers = provider === undefined ? catalogue.providers : [findProvider(catalogue, provider)];
	const events = catalogue.events.filter((event) => providers.includes(event.provider));
	const schedule = (event: (typeof events)[number]) => scheduleFor(choose(event));
	if (flags.json === true) {
		world.stdout.write(`${JSON.stringify(listingJson(events, schedule))}\n`);
		return 0;
	}
	const lines = listingText(providers, events, schedule, painterFor(world.stdout, world, flags.color));
	world.stdout.write(`${lines.join('\n')}\nNext: callsim show <event> · callsim fire <event> --to <url>\n`);
	return 0;
}
