import { readFileSync, writeFileSync } from 'node:fs';
import { catalogueOf } from '../src/catalogue/catalogue.ts';
import { readProviders } from '../src/catalogue/read-folder.ts';
import { choicesOf, choose, weakestClaim } from '../src/compose/options.ts';
import type { CallbackEvent, Claim } from '../src/model/provider.ts';
import { scheduleText } from '../src/report/time-text.ts';
import { scheduleFor } from '../src/settings/schedule-for.ts';

const begin = '<!-- generated from fixtures by "npm run readme" -->';
const end = '<!-- end of generated -->';

/** Rewrites the generated part of docs/providers.md, or says that it is out of date. */
export function updateProviders(page: string, fixtures: string, checkOnly: boolean): boolean {
	const text = readFileSync(page, 'utf8');
	const [before, rest] = text.split(begin);
	const after = rest?.split(end)[1];
	if (before === undefined || after === undefined) throw new Error(`${page} has no generated part`);
	const updated = `${before}${begin}\n\n${tables(fixtures)}\n${end}${after}`;
	if (updated === text) return true;
	if (!checkOnly) writeFileSync(page, updated);
	return !checkOnly;
}

function tables(fixtures: string): string {
	const { providers, events } = catalogueOf(readProviders(fixtures));
	return providers
		.map((provider) => {
			const own = events.filter((event) => event.provider === provider);
			const messages = [...new Set(own.map((event) => event.file.message))];
			const names = Object.keys(provider.credentials).map((name) =>
				`\`CALLSIM_${provider.id}_${name}\``.toUpperCase(),
			);
			return [
				`## ${provider.title} · \`${provider.id}\``,
				'',
				names.length === 0
					? 'Signs nothing and needs no credentials.'
					: `Own credentials: ${names.join(', ')}.`,
				'',
				'| event | method, encoding | signature | attempts | trust |',
				'|---|---|---|---|---|',
				...own.map(eventRow),
				'',
				...messages.flatMap((message) =>
					messageLines(
						message,
						own.find((event) => event.file.message === message),
					),
				),
			].join('\n');
		})
		.join('\n');
}

function eventRow(event: CallbackEvent): string {
	const chosen = choose(event);
	const { message } = chosen;
	const signature =
		message.signature?.algorithm ?? (message.digest === undefined ? 'none' : 'HTTP Digest');
	const cells = [
		`\`${event.id}\``,
		`${message.method} ${message.write}`,
		signature,
		scheduleText(scheduleFor(chosen)),
		weakestClaim(chosen.claims).trust,
	];
	return `| ${cells.join(' | ')} |`;
}

function messageLines(name: string, event: CallbackEvent | undefined): string[] {
	if (event === undefined) return [];
	const choices = Object.entries(choicesOf(event.message)).map(
		([choice, options]) => `${choice}: ${options.map((option) => `\`${option}\``).join(', ')}`,
	);
	return [
		`**${name}**: ${event.message.title}. Choices: ${choices.length === 0 ? 'none' : choices.join(' · ')}.`,
		'',
		'<details><summary>What each claim rests on</summary>',
		'',
		'| claim | trust | source, note |',
		'|---|---|---|',
		...Object.entries(choose(event).claims).map(([about, claim]) => claimRow(about, claim)),
		...optionClaims(event).map(([about, claim]) => claimRow(about, claim)),
		'',
		'</details>',
		'',
	];
}

/** What other options claim instead: told once for each option that is not the default. */
function optionClaims(event: CallbackEvent): [string, Claim][] {
	const usual = choose(event).claims;
	return Object.values(choicesOf(event.message)).flatMap((options) =>
		options.slice(1).flatMap((option) =>
			Object.entries(choose(event, { named: [option], of: {} }).claims)
				.filter(([about, claim]) => JSON.stringify(usual[about]) !== JSON.stringify(claim))
				.map(([about, claim]): [string, Claim] => [`\`${option}\`: ${about}`, claim]),
		),
	);
}

function claimRow(about: string, { trust, source, note }: Claim): string {
	const where = [
		source === null
			? undefined
			: `[${new URL(source).hostname}](${source.replaceAll('(', '%28').replaceAll(')', '%29')})`,
		note,
	];
	return `| ${about} | ${trust} | ${where.filter((part) => part !== undefined).join(', ')} |`;
}
