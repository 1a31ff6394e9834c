import { carriesField, carriesRole, hasChoice, hasOption } from '../compose/carries.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { Settings } from '../model/settings.ts';

/**
 * Settings that are said of several events, as far as they mean something to one of them: a default
 * value reaches the messages that carry the field, a choice those that have it.
 */
export function applicable(defaults: Settings, event: CallbackEvent): Settings {
	const { set, ref, amount, variants, encoding, auth } = defaults;
	const has = (choice: string, option: string | undefined) =>
		option !== undefined && hasChoice(event, choice, option) ? option : undefined;
	return {
		...defaults,
		set: nonEmpty(set?.filter(({ path }) => carriesField(event, path))),
		// Asked only where something is said: it composes the event's choices.
		ref: ref !== undefined && carriesRole(event, 'reference') ? ref : undefined,
		amount: amount !== undefined && carriesRole(event, 'amount') ? amount : undefined,
		variants: nonEmpty(variants?.filter((option) => hasOption(event, option))),
		encoding: has('encoding', encoding),
		auth: has('auth', auth),
	};
}

const nonEmpty = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
	list === undefined || list.length === 0 ? undefined : list;
