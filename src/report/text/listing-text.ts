import type { ChalkInstance } from 'chalk';
import { choicesOf, choose, weakestClaim } from '../../compose/options.ts';
import type { ListedScenario } from '../../model/contract/catalogue.ts';
import type { CallbackEvent, Claim, MessageFile, ProviderFile } from '../../model/provider.ts';
import type { ScheduleOf } from '../json/listing-json.ts';
import { scheduleText } from '../time-text.ts';

export interface ListingOptions {
	readonly scheduleOf: ScheduleOf;
	readonly paint: ChalkInstance;
	/** With the claims of every message: trust, source, note. */
	readonly long: boolean;
}

/** One block a provider: messages with the ways in which they are sent, events, scenarios. */
export function listingText(
	providers: readonly ProviderFile[],
	events: readonly CallbackEvent[],
	scenarios: readonly (ListedScenario & { readonly provider: string })[],
	options: ListingOptions,
): string[] {
	const { paint } = options;
	return providers.flatMap((provider) => {
		const own = events.filter((event) => event.provider.id === provider.id);
		const orders = scenarios.filter((scenario) => scenario.provider === provider.id);
		return [
			`${paint.bold(provider.id)} · ${provider.title}, ${provider.country}`,
			...eventLines(own, options),
			...(orders.length === 0 ? [] : [paint.dim('  scenarios')]),
			...orders.map(
				(scenario) =>
					`    ${scenario.id.split('/')[1]}: ${scenario.events.map(withoutProvider).join(' → ')}`,
			),
			'',
		];
	});
}

const withoutProvider = (id: string): string => id.slice(id.indexOf('/') + 1);

function eventLines(
	events: readonly CallbackEvent[],
	{ scheduleOf, paint, long }: ListingOptions,
): string[] {
	const rows = events.map((event) => {
		const chosen = choose(event);
		const { message, claims } = chosen;
		const trust = weakestClaim(claims).trust;
		return [
			event.id,
			`${message.method} ${message.write}`,
			signatureText(message),
			scheduleText(scheduleOf(chosen)),
			trust,
		];
	});
	const widths = [0, 1, 2, 3].map((column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	return events.flatMap((event, at) => {
		const [id = '', ...cells] = rows[at] ?? [];
		const columns = cells.map((cell, column) => cell.padEnd(widths[column + 1] ?? 0)).join('  ');
		const line = `    ${paint.cyan(id.padEnd(widths[0] ?? 0))}  ${columns.trimEnd()}`;
		if (events[at - 1]?.file.message === event.file.message) return [line];
		const claims = long
			? claimLines(choose(event).claims).map((claim) => paint.dim(`    ${claim}`))
			: [];
		return [messageLine(event, paint), ...claims, line];
	});
}

/** The algorithm, and what the provider calls it: Bayarcash `checksum`, IAK `sign`. */
function signatureText({ signature, digest }: MessageFile): string {
	if (signature === undefined) return digest === undefined ? 'no signature' : 'http digest';
	const { into } = signature;
	return `${signature.algorithm} (${'field' in into ? into.field : into.header})`;
}

/** The head of a message's events: its name, and the ways it is sent, the default first. */
function messageLine(event: CallbackEvent, paint: ChalkInstance): string {
	const ways = Object.entries(choicesOf(event.message)).map(
		([choice, options]) => `${choice}: ${options.join(', ')}`,
	);
	return paint.dim(`  ${[event.file.message, ...ways].join(' · ')}`);
}

/** One line a claim: what it is about, on what ground, where that stands. */
export function claimLines(claims: Readonly<Record<string, Claim>>): string[] {
	return Object.entries(claims).map(([about, { trust, source, note }]) => {
		const where = [source, note].filter((part) => part != null).join(' — ');
		return `  ${about.padEnd(12)} ${trust.padEnd(11)} ${where}`;
	});
}
