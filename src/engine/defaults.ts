import { carriesField, carriesRole, hasChoice, hasOption } from '../compose/carries.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { DeliveryFlags } from './flags.ts';

/**
 * Settings that are said of several events, as far as they mean something to one of them: a default value reaches the
 * messages that carry the field, a choice those that have it.
 */
export function applicable(defaults: DeliveryFlags, event: CallbackEvent): DeliveryFlags {
	const kept = Object.entries(defaults).flatMap(([name, value]) => {
		const part = appliedPart(name as keyof DeliveryFlags, value, event);
		return part === undefined ? [] : [[name, part]];
	});
	return Object.fromEntries(kept) as DeliveryFlags;
}

function appliedPart(name: keyof DeliveryFlags, value: unknown, event: CallbackEvent): unknown {
	switch (name) {
		case 'set':
			return nonEmpty((value as readonly string[]).filter((text) => carriesField(event, pathOf(text))));
		case 'ref':
			return carriesRole(event, 'reference') ? value : undefined;
		case 'amount':
			return carriesRole(event, 'amount') ? value : undefined;
		case 'variant':
			return nonEmpty((value as readonly string[]).filter((option) => hasOption(event, option)));
		case 'encoding':
		case 'auth':
			return hasChoice(event, name, String(value)) ? value : undefined;
		default:
			return value;
	}
}

/** `status:="3"` → `status`. */
export const pathOf = (assignment: string): string => assignment.slice(0, assignment.indexOf('=')).replace(/:$/, '');

const nonEmpty = (list: readonly string[]): readonly string[] | undefined => (list.length === 0 ? undefined : list);
