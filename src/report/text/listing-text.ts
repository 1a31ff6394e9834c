import type { ChalkInstance } from 'chalk';
import { choicesOf, choose } from '../../compose/options.ts';
import type { ListedScenario } from '../../model/contract/catalogue.ts';
import type { CallbackEvent, ProviderFile } from '../../model/provider.ts';
import type { ScheduleOf } from '../json/listing-json.ts';
import { printableLine } from '../safe/escape.ts';
import { scheduleText } from '../time-text.ts';
import { signatureText } from './message-facts.ts';

/** What there is of one provider. */
export interface Listed {
	readonly provider: ProviderFile;
	readonly events: readonly CallbackEvent[];
	readonly scenarios: readonly ListedScenario[];
}

/** Every provider at a glance: a line an event, and once what they share. */
export function listingText(
	listed: readonly Listed[],
	scheduleOf: ScheduleOf,
	paint: ChalkInstance,
): string[] {
	return listed.flatMap(({ provider, events, scenarios }) => {
		const ofEachMessage = onePerMessage(events);
		const facts = [factsText(ofEachMessage, scheduleOf), ...choiceTexts(ofEachMessage)];
		const names = scenarios.map(({ id }) => nameOf(id)).join(', ');
		return [
			headLine(provider, paint),
			...facts.map((text) => paint.dim(`  ${text}`)),
			...eventLines(events, '  ', paint),
			...(names === '' ? [] : [`  ${paint.dim('scenarios')}  ${names}`]),
			'',
		];
	});
}

/** Signature, schedule and choices are the message's, whichever event it tells. */
const onePerMessage = (events: readonly CallbackEvent[]): CallbackEvent[] => [
	...new Map(events.map((event) => [event.message, event])).values(),
];

/** Behind the provider. */
const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1);

export const headLine = ({ id, title, country }: ProviderFile, paint: ChalkInstance): string =>
	`${paint.bold(id)} · ${printableLine(`${title}, ${country}`)}`;

/** Id and title, in columns. */
export function eventLines(
	events: readonly CallbackEvent[],
	indent: string,
	paint: ChalkInstance,
): string[] {
	const width = Math.max(...events.map(({ id }) => id.length));
	return events.map(
		({ id, file }) => `${indent}${paint.cyan(id.padEnd(width))}  ${printableLine(file.title)}`,
	);
}

/** `hmac-sha256 (checksum) or no signature · 5 × 5 min or 1 attempt` */
function factsText(events: readonly CallbackEvent[], scheduleOf: ScheduleOf): string {
	const chosen = events.map((event) => choose(event));
	const signatures = chosen.map(({ message }) => signatureText(message));
	const schedules = chosen.map((one) => scheduleText(scheduleOf(one)));
	return [signatures, schedules].map((texts) => [...new Set(texts)].join(' or ')).join(' · ');
}

/** `encoding: form, json`, every choice once, whichever messages have it. */
function choiceTexts(events: readonly CallbackEvent[]): string[] {
	const choices = new Map<string, Set<string>>();
	for (const { message } of events)
		for (const [choice, options] of Object.entries(choicesOf(message)))
			choices.set(choice, new Set([...(choices.get(choice) ?? []), ...options]));
	if (choices.size === 0) return [];
	return [[...choices].map(([choice, some]) => `${choice}: ${[...some].join(', ')}`).join(' · ')];
}
