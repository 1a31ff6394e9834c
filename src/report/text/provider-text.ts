import type { ChalkInstance } from 'chalk';
import { choicesOf, choose } from '../../compose/options.ts';
import { groupedBy } from '../../model/grouped-by.ts';
import type { CallbackEvent } from '../../model/provider.ts';
import type { ScheduleOf } from '../json/listing-json.ts';
import { printableLine } from '../safe/escape.ts';
import { eventLines, headLine, type Listed } from './listing-text.ts';
import { claimLines, messageFacts } from './message-facts.ts';

export interface ProviderTextOptions {
	readonly scheduleOf: ScheduleOf;
	readonly paint: ChalkInstance;
	/** With the claims of every message: trust, source, note. */
	readonly long: boolean;
}

/** One provider whole: its messages, the ways they are sent, their events; its scenarios. */
export function providerText(
	{ provider, events, scenarios }: Listed,
	options: ProviderTextOptions,
): string[] {
	const { paint } = options;
	const messages = groupedBy(events, ({ file }) => file.message);
	return [
		headLine(provider, paint),
		...[...messages.values()].flatMap((some) => messageLines(some, options)),
		...(scenarios.length === 0 ? [] : ['', paint.bold('  scenarios')]),
		...scenarios.flatMap(({ id, title, events: order }) => [
			`    ${paint.cyan(id)}  ${printableLine(title)}`,
			paint.dim(`      ${order.map((event) => event.replace(/^.*?\//, '')).join(' → ')}`),
		]),
		'',
	];
}

/** A message, and every event of it. What differs from the first of them is said behind it. */
function messageLines(
	events: readonly CallbackEvent[],
	{ scheduleOf, paint, long }: ProviderTextOptions,
): string[] {
	const [first] = events;
	if (first === undefined) return [];
	const facts = messageFacts(first, scheduleOf);
	const ways = Object.entries(choicesOf(first.message)).map(
		([choice, options]) => `${choice}: ${options.join(', ')}`,
	);
	const claims = long ? claimLines(choose(first).claims) : [];
	const lines = eventLines(events, '    ', paint);
	return [
		'',
		`  ${paint.bold(first.file.message)} · ${printableLine(first.message.title)}`,
		...[facts, ...(ways.length === 0 ? [] : [ways.join(' · ')])].map((text) =>
			paint.dim(`    ${text}`),
		),
		...claims.map((claim) => paint.dim(`  ${claim}`)),
		...events.map((event, at) => {
			const own = messageFacts(event, scheduleOf);
			return own === facts ? (lines[at] ?? '') : `${lines[at]} ${paint.dim(`· ${own}`)}`;
		}),
	];
}
