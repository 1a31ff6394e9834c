import { findProvider } from '../catalogue/catalogue.ts';
import type { ChosenMessage } from '../compose/options.ts';
import { listingJson } from '../report/json/listing-json.ts';
import { safeJson } from '../report/safe/escape.ts';
import { listingText } from '../report/text/listing-text.ts';
import { providerText } from '../report/text/provider-text.ts';
import { scheduleFor } from '../settings/schedule-for.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { type PagerFlags, writePaged } from './paged.ts';
import { painterFor } from './paint.ts';

export interface ListFlags extends CommonFlags, PagerFlags {
	readonly long?: boolean;
}

/** What can be sent: every provider at a glance, or one of them whole. */
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
		context.stdout.write(`${safeJson(listingJson(events, scenarios, scheduleOf))}\n`);
		return 0;
	}
	const paint = painterFor(context.stdout, context, flags.color);
	const listed = providers.map((one) => ({
		provider: one,
		events: events.filter((event) => event.provider === one),
		scenarios: scenarios.filter((scenario) => scenario.provider === one.id),
	}));
	const long = flags.long === true;
	const isWhole = long || provider !== undefined;
	const lines = isWhole
		? listed.flatMap((one) => providerText(one, { scheduleOf, paint, long }))
		: listingText(listed, scheduleOf, paint);
	const next = [
		...(isWhole ? [] : ['callsim list <provider>']),
		...[
			'callsim show <event>',
			'callsim fire <event> --to <url>',
			'callsim run <scenario> --to <url>',
		],
	];
	await writePaged(`${lines.join('\n')}\nNext: ${next.join(' · ')}\n`, flags, context);
	return 0;
}
