import type { ChalkInstance } from 'chalk';
import { choicesOf, choose, weakestClaim } from '../compose/options.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import type { Schedule } from '../model/schedule.ts';
import { scheduleText } from './human.ts';
import { scheduleJson } from './ndjson.ts';

export type ScheduleOf = (event: CallbackEvent) => Schedule;

/** `list --json`: one document. */
export function listingJson(events: readonly CallbackEvent[], scheduleOf: ScheduleOf): object {
	return {
		v: 1,
		events: events.map((event) => {
			const { message, claims } = choose(event);
			return {
				id: event.id,
				provider: event.provider.id,
				message: event.file.message,
				title: event.file.title,
				method: message.method,
				to: message.to ?? 'callback_url',
				encoding: message.write,
				choices: choicesOf(event.message),
				seal: message.seal?.algorithm ?? null,
				schedule: scheduleJson(scheduleOf(event)),
				trust: weakestClaim(claims).trust,
				claims,
			};
		}),
		scenarios: [],
	};
}

/** One block a provider, one line an event, the choices once a message. */
export function listingText(
	providers: readonly ProviderFile[],
	events: readonly CallbackEvent[],
	scheduleOf: ScheduleOf,
	paint: ChalkInstance,
): string[] {
	return providers.flatMap((provider) => {
		const own = events.filter((event) => event.provider.id === provider.id);
		const rows = own.map((event) => {
			const { message, claims } = choose(event);
			const seal = message.seal?.algorithm ?? (message.digest === undefined ? 'no seal' : 'http digest');
			return [
				event.id,
				`${message.method} ${message.write}`,
				seal,
				scheduleText(scheduleOf(event)),
				weakestClaim(claims).trust,
			];
		});
		const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
		const lines = own.flatMap((event, at) => {
			const [id = '', ...cells] = rows[at] ?? [];
			const told = cells.map((cell, column) => cell.padEnd(widths[column + 1] ?? 0)).join('  ');
			const line = `    ${paint.cyan(id.padEnd(widths[0] ?? 0))}  ${told.trimEnd()}`;
			return own[at - 1]?.file.message === event.file.message ? [line] : [messageLine(event, paint), line];
		});
		return [`${paint.bold(provider.id)} · ${provider.title}, ${provider.country}`, ...lines, ''];
	});
}

/** The head of a message's events: what it is called, and the ways in which it is sent (the default first). */
function messageLine(event: CallbackEvent, paint: ChalkInstance): string {
	const told = Object.entries(choicesOf(event.message)).map(([choice, options]) => `${choice}: ${options.join(', ')}`);
	return paint.dim(`  ${[event.file.message, ...told].join(' · ')}`);
}
