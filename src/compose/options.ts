import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent, Claim, MessageFile, Trust } from '../model/provider.ts';
import { nearestName } from '../model/suggest.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';

/** `named` from any choice, `of` from the choice of that name (`--encoding`, `--auth`). */
export interface WantedOptions {
	readonly named: readonly string[];
	readonly of: Readonly<Record<string, string | undefined>>;
}

/** The message as it is sent under the chosen options, with the sample's values under them. */
export interface ChosenMessage {
	readonly message: MessageFile;
	/** One per choice, in the order of the choices. */
	readonly options: readonly string[];
	readonly values: ValueObject;
	readonly vars: ValueObject;
	readonly claims: Readonly<Record<string, Claim>>;
}

/** choice → its options, the default first. */
export function choicesOf(message: MessageFile): Record<string, readonly string[]> {
	return Object.fromEntries(
		Object.entries(message.choices ?? {}).map(([choice, options]) => [
			choice,
			Object.keys(options),
		]),
	);
}

/** Every way in which an event can be sent: one option of each choice. */
export function everyCombination(message: MessageFile): string[][] {
	return Object.values(choicesOf(message)).reduce<string[][]>(
		(sets, options) => sets.flatMap((set) => options.map((option) => [...set, option])),
		[[]],
	);
}

/** @throws Problem `option-unknown`, `option-conflict` */
export function choose(
	event: CallbackEvent,
	picks: WantedOptions = { named: [], of: {} },
): ChosenMessage {
	const picked = pickedOptions(event, picks);
	let message: MessageFile = event.message;
	let claims = { ...event.message.claims, ...event.file.claims };
	let values = event.file.values as ValueObject;
	let vars = (event.file.vars ?? {}) as ValueObject;
	const options: string[] = [];
	for (const [choice, all] of Object.entries(event.message.choices ?? {})) {
		const option = picked.get(choice) ?? Object.keys(all)[0];
		if (option === undefined) continue;
		options.push(option);
		const { claims: claimPatch, values: valuePatch, signature, ...rest } = own(all, option) ?? {};
		message = patched(
			message,
			signature == null
				? { ...rest, signature }
				: { ...rest, signature: { ...message.signature, ...signature } },
		);
		claims = { ...claims, ...claimPatch };
		const sample = own(event.file.options ?? {}, option);
		values = merged(
			merged(values, valuePatch as ValueObject | undefined),
			sample?.values as ValueObject | undefined,
		);
		vars = merged(vars, sample?.vars as ValueObject | undefined);
	}
	return { message, options, values, vars, claims: readClaims(event, claims, new Set(options)) };
}

const ranks: readonly Trust[] = ['documented', 'observed', 'assumed'];

/**
 * The weakest claim decides how far an event can be trusted; its note says why. What stays over an
 * order's life says nothing of the one message.
 */
export function weakestClaim({ identity: _, ...claims }: Readonly<Record<string, Claim>>): Claim {
	const order = Object.values(claims).sort(
		(a, b) => ranks.indexOf(b.trust) - ranks.indexOf(a.trust),
	);
	return order[0] ?? { trust: 'assumed', source: null };
}

function pickedOptions(event: CallbackEvent, picks: WantedOptions): Map<string, string> {
	const choices = choicesOf(event.message);
	const picked = new Map<string, string>();
	const pick = (choice: string, option: string) => {
		const before = picked.get(choice);
		if (before !== undefined && before !== option) {
			throw new Problem(
				'option-conflict',
				`"${before}" and "${option}" are two options of one choice (${choice}) of ${event.id}`,
				{ hint: 'Keep one of them.' },
			);
		}
		picked.set(choice, option);
	};
	for (const [choice, option] of Object.entries(picks.of)) {
		if (option === undefined) continue;
		const known = own(choices, choice);
		if (known === undefined)
			throw new Problem('option-unknown', `${event.id} has no choice of ${choice}`, {
				hint: optionHint(event, choices),
			});
		if (!known.includes(option))
			throw new Problem('option-unknown', `${event.id} has no ${choice} "${option}"`, {
				hint: `Choose one of ${known.join(', ')}.`,
			});
		pick(choice, option);
	}
	for (const option of picks.named) {
		const choice = Object.keys(choices).find((name) => choices[name]?.includes(option));
		if (choice === undefined) {
			const near = nearestName(option, Object.values(choices).flat());
			throw new Problem('option-unknown', `${event.id} has no option "${option}"`, {
				hint: near === undefined ? optionHint(event, choices) : `Did you mean "${near}"?`,
			});
		}
		pick(choice, option);
	}
	return picked;
}

function optionHint(event: CallbackEvent, choices: Record<string, readonly string[]>): string {
	const told = Object.entries(choices).map(
		([choice, options]) => `${choice}: ${options.join(', ')}`,
	);
	return told.length === 0
		? `${event.id} is sent in one way only.`
		: `Its choices are ${told.join('; ')}.`;
}

/** What a patch says to be null is left out. */
function patched(message: MessageFile, patch: Readonly<Record<string, unknown>>): MessageFile {
	const all: Record<string, unknown> = { ...message };
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) delete all[key];
		else if (value !== undefined) all[key] = value;
	}
	return all as unknown as MessageFile;
}

function merged(base: ValueObject, patch: ValueObject | undefined): ValueObject {
	if (patch === undefined) return base;
	const entries = Object.entries(patch).map(([key, value]): [string, Value] => {
		const before = own(base, key);
		return [key, isObject(before) && isObject(value) ? merged(before, value) : value];
	});
	return { ...base, ...Object.fromEntries(entries) };
}

/** Claims under the name of an option hold only while that option is chosen. */
function readClaims(
	event: CallbackEvent,
	raw: Readonly<Record<string, readonly (string | null)[]>>,
	chosen: ReadonlySet<string>,
): Record<string, Claim> {
	const allOptions = new Set(Object.values(choicesOf(event.message)).flat());
	return Object.fromEntries(
		Object.entries(raw)
			.filter(([about]) => !allOptions.has(about) || chosen.has(about))
			.map(([about, [trust, source, note]]) => [
				about,
				{
					trust: trust as Trust,
					source: source == null ? null : (own(event.provider.sources, source)?.url ?? source),
					note: note ?? undefined,
				},
			]),
	);
}
