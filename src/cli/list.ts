import { findProvider } from '../catalogue/catalogue.ts';
import type { ChosenMessage } from '../compose/options.ts';
import { listingJson } from '../report/json/listing-json.ts';
import { listingText } from '../report/text/listing-text.ts';
import { scheduleFor } from '../settings/schedule-for.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { painterFor } from './paint.ts';

export interface ListFlags extends CommonFlags {
	readonly long?: boolean;
}

export async function list(
	provider: string | undefined,
	flags: ListFlags,
	outer: CliContext,
): Promise<0> {
	const { context, catalogue } = await commandContext(flags, outer);
	const providers =
		provider === undefined ? catalogue.providers : [findProvider(catalogue, provider)];
	const events = catalogue.events.filter((event) => providers.includes(event.provider));
	const scenarios = catalogue.scenarios.filter((scenario) =>
		providers.some(({ id }) => id === scenario.provider),
	);
	const scheduleOf = (chosen: ChosenMessage) => scheduleFor(chosen);
	if (flags.json === true) {
		context.stdout.write(`${JSON.stringify(listingJson(events, scenarios, scheduleOf))}\n`);
		return 0;
	}
	const lines = listingText(providers, events, scenarios, {
		scheduleOf,
		paint: painterFor(context.stdout, context, flags.color),
		long: flags.long === true,
	});
	context.stdout.write(
		`${lines.join('\n')}\nNext: callsim show <event> · callsim fire <event> --to <url> · callsim run <provider>/<scenario> --to <url>\n`,
	);
	return 0;
}
