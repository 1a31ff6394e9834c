import { type Catalogue, findEvent } from '../catalogue/catalogue.ts';
import type { Composed } from '../compose/compose.ts';
import { choicesOf } from '../compose/options.ts';
import { Problem } from '../model/problem.ts';
import type { ProviderFile } from '../model/provider.ts';
import type { Assignment, Settings } from '../model/settings.ts';
import type { ValueObject } from '../model/value.ts';
import { composeOne } from '../settings/composing.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import type { Faults } from './delivery-record.ts';
import type { CallbackSaid } from './provider.ts';

export interface ComposeTools {
	readonly settings: Settings;
	readonly catalogue: Catalogue;
	/** Those that are open, among which a credential must be clear. */
	readonly inPlay: readonly ProviderFile[];
	readonly context: EngineContext;
}

/** With what the user says and what the request said. @throws Problem where nothing comes of it */
export async function composeCallback(
	{ event: id, set, to, options = [] }: CallbackSaid,
	faults: Faults,
	{ settings, catalogue, context, inPlay }: ComposeTools,
): Promise<{ readonly said: Settings; readonly item: Composed }> {
	const event = findEvent(catalogue, id);
	if (!URL.canParse(to))
		throw new Problem('target-invalid', `"${to}" is no address that a callback could go to`);
	const target = new URL(to);
	const choices = Object.values(choicesOf(event.message));
	const known = new Set(choices.flat());
	const encoding = known.has(settings.encoding ?? '') ? settings.encoding : undefined;
	const asked = [...(settings.variants ?? []), encoding];
	// What the user says goes before what the request would have.
	const isFree = (one: string) =>
		!choices.some((group) => group.includes(one) && group.some((other) => asked.includes(other)));
	const variants = [...options.filter(isFree), ...(settings.variants ?? [])].filter((one) =>
		known.has(one),
	);
	const said: Settings = {
		...settings,
		...faults,
		...(variants.length > 0 ? { variants } : { variants: undefined }),
		encoding,
		set: assignments(set, event.file.values as ValueObject),
		to: target,
		duplicate: undefined,
		delay: undefined,
	};
	const order = { event, to: target, settings: said };
	return { said, item: await composeOne(order, context, inPlay) };
}

/** What is text in the sample stays open to what an option makes of it: numbers, say. */
const assignments = (set: ValueObject, sample: ValueObject): Assignment[] =>
	Object.entries(set).map(([path, json]) => ({
		path,
		value:
			typeof json === 'string' && typeof sample[path] === 'string'
				? { kind: 'text', text: json }
				: { kind: 'json', json },
	}));
