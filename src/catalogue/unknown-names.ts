import { Problem } from '../model/problem.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import { nearestName } from '../model/suggest.ts';

/** What there is, as a catalogue has it. */
interface Known {
	readonly providers: readonly ProviderFile[];
	readonly events: readonly CallbackEvent[];
	readonly scenarios: readonly { readonly id: string; readonly provider: string }[];
}

/** What is said of a provider that there is none of: `provider-unknown`. */
export function unknownProvider(
	given: string,
	known: readonly string[],
	what = `there is no provider "${given}"`,
): Problem {
	const meant = providerIn(given, known);
	const hint = meant === undefined ? `Choose one of ${known.join(', ')}.` : didYouMean([meant]);
	return new Problem('provider-unknown', what, { hint });
}

/** What is said of an event that there is none of: `event-unknown`, or `provider-unknown`. */
export function unknownEvent(catalogue: Known, id: string): Problem {
	const [first = '', ...rest] = id.replace(/^\//, '').split('/');
	const name = rest.join('/');
	const provider = catalogue.providers.find((one) => one.id === first);
	if (name === '')
		return new Problem(
			'event-unknown',
			`"${id}" is not an event: events are named <provider>/<event>`,
			{ hint: meantAlone(catalogue, first) ?? 'See: callsim list' },
		);
	if (provider !== undefined)
		return new Problem('event-unknown', `${first} has no event "${name}"`, {
			hint: meantOf(catalogue, provider, name) ?? `See: callsim list ${first}`,
		});
	const known = catalogue.providers.map((one) => one.id);
	const { code, message, hint } = unknownProvider(first, known);
	return new Problem(code, message, { hint: meantElsewhere(catalogue, first, name) ?? hint });
}

const didYouMean = (names: readonly string[]): string =>
	`Did you mean ${names.map((name) => `"${name}"`).join(' or ')}?`;
const asksFor = (names: readonly string[]): string | undefined =>
	names.length === 0 ? undefined : didYouMean(names);
const nameOf = ({ id }: { readonly id: string }): string => id.slice(id.indexOf('/') + 1);
const ownEvents = ({ events }: Known, { id }: ProviderFile): CallbackEvent[] =>
	events.filter(({ provider }) => provider.id === id);

/** A provider that is misspelt, or that has its event with it. */
function providerIn(given: string, known: readonly string[]): string | undefined {
	const whole = nearestName(given, known);
	if (whole !== undefined) return whole;
	const words = given.toLowerCase().split(/[^a-z0-9]+/);
	return known.find((id) => words.includes(id)) ?? nearestName(words[0] ?? '', known);
}

/** By a name without a provider, or with another sign than a slash between the two. */
function meantAlone(catalogue: Known, given: string): string | undefined {
	const { events, providers, scenarios } = catalogue;
	const ids = providers.map(({ id }) => id);
	const exact = providers.find(({ id }) => id === given.toLowerCase());
	if (exact !== undefined) return nameOne(exact.id);
	const named = (name: string) => events.filter((event) => nameOf(event) === name);
	const run = scenarios.find((scenario) => nameOf(scenario) === given);
	if (run !== undefined) return isRun(run.id);
	const near = nearestName(given, [...new Set(events.map(nameOf))]) ?? '';
	const whole = nearestName(
		given,
		events.map(({ id }) => id),
	);
	const alone = named(given).length > 0 ? named(given) : named(near);
	if (alone.length > 0 && providerIn(given, ids) === undefined)
		return didYouMean(alone.map(({ id }) => id));
	if (whole !== undefined && given.length > whole.indexOf('/') + 2) return didYouMean([whole]);
	const provider = providerIn(given, ids);
	return provider && nameOne(provider);
}

/** The provider is none: it is misspelt, it stands behind its event, or another has this event. */
function meantElsewhere(catalogue: Known, first: string, name: string): string | undefined {
	const ids = catalogue.providers.map(({ id }) => id);
	for (const [provider, event] of [
		[first, name],
		[name, first],
	] as const) {
		const near = catalogue.providers.find(({ id }) => id === nearestName(provider, ids));
		const meant = near && meantOf(catalogue, near, event);
		if (meant !== undefined) return meant;
		if (near !== undefined) return `${didYouMean([near.id])} See: callsim list ${near.id}`;
	}
	return asksFor(
		catalogue.events.filter((event) => nameOf(event) === name).map((event) => event.id),
	);
}

const nameOne = (provider: string): string =>
	`Name an event of ${provider}, see: callsim list ${provider}`;
const isRun = (id: string): string => `A scenario is run: callsim run ${id}`;
const sorted = (name: string): string => name.split('-').sort().join('-');

/** What is meant by a name that no event has: a typing error, a message, how a payment ends. */
function meantOf(catalogue: Known, provider: ProviderFile, said: string): string | undefined {
	const { id, lifecycle } = provider;
	const given = plainName(said, id);
	const events = ownEvents(catalogue, provider);
	const names = events.map(nameOf);
	const asks = (name: string) => didYouMean([`${id}/${name}`]);
	const { success, failure, pending = [] } = lifecycle ?? {};
	// What the payment itself comes to is meant rather than a receipt, or a mandate, that ends alike.
	const usual = [success, failure, ...pending].filter((one) => one !== undefined);
	const endsIn = (end: string | undefined) =>
		usual.find((one) => one.endsWith(`-${end}`)) ?? (end === 'success' ? success : undefined);
	const same = names.find((one) => sorted(one) === sorted(given)) ?? endsIn(given);
	if (same !== undefined) return asks(same);
	const family = events
		.filter((event) => event.file.message === given || nameOf(event).startsWith(`${given}-`))
		.map(nameOf);
	const ordinary =
		usual.find((one) => family.includes(one)) ?? (family.length === 1 ? family[0] : undefined);
	if (ordinary !== undefined) return asks(ordinary);
	if (family.length > 0) return `Name one of its events: ${family.join(', ')}.`;
	const runs = catalogue.scenarios.filter((one) => one.provider === id).map(nameOf);
	const near = nearestName(given, [...names, ...runs]);
	if (near !== undefined && runs.includes(near)) return isRun(`${id}/${near}`);
	const last = (name: string) => name.slice(name.lastIndexOf('-') + 1);
	const end = near ?? endsIn(nearestName(last(given), ['success', ...usual.map(last)]));
	return end && asks(end);
}

/** As events are written: no capitals, dashes between the words, no provider before them. */
function plainName(said: string, provider: string): string {
	const words = said.toLowerCase().split(/[^a-z0-9]+/);
	return words.filter((word, at) => word !== '' && (at > 0 || word !== provider)).join('-');
}
