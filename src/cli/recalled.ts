import { Command, CommanderError } from 'commander';
import type { KnownDelivery } from '../journal/deliveries.ts';
import type { Settings } from '../model/settings.ts';
import { defined } from '../settings/layered.ts';
import type { CliContext } from './cli-context.ts';
import { addCommonFlags } from './options/common-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { addDeliveryFlags, addShapingFlags, addTargetFlags } from './options/shared-flags.ts';

/** How a command line is written down without a value that must not be. */
const leftOut: Readonly<Record<string, RegExp>> = {
	'--credential': /^(.+)=…$/,
	'--header': /^(.+): …$/,
};

/** What was said of a delivery that was sent before. */
export interface Recalled {
	readonly settings: Settings;
	/** Credentials and headers that were typed as values, which are not kept. */
	readonly missing: readonly string[];
}

export function recalled({ record }: KnownDelivery): Recalled {
	const [, ...all] = record.words;
	const { words, missing } = withoutLeftOut(all);
	const command = addCommonFlags(
		addDeliveryFlags(addShapingFlags(addTargetFlags(new Command('fire')))),
	);
	command.exitOverride().configureOutput({ writeErr: () => undefined });
	try {
		command.parse(words, { from: 'user' });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		// Written by another version, whose flags are gone: its bytes are still there.
		return { settings: {}, missing: [] };
	}
	return { settings: readSettings(command.opts()), missing };
}

/** A value that is left out is none that could be read: no header can carry it. */
function withoutLeftOut(all: readonly string[]): { words: string[]; missing: string[] } {
	const words: string[] = [];
	const missing: string[] = [];
	for (let at = 0; at < all.length; at++) {
		const [flag = '', value = ''] = all.slice(at, at + 2);
		const [, name] = leftOut[flag]?.exec(value) ?? [];
		if (name === undefined) words.push(flag);
		else {
			missing.push(`${flag.slice(2)} ${name}`);
			at++;
		}
	}
	return { words, missing };
}

/** What was said then, under what is said now; what is missing is told. */
export function recalledUnder(
	known: KnownDelivery,
	given: Settings,
	{ note }: Pick<CliContext, 'note'>,
): Settings & { readonly to: URL } {
	const { settings, missing } = recalled(known);
	for (const name of missing)
		note(`the ${name} of that run was typed as a value, which is not kept`);
	return {
		...defined({ ...settings, ...given }),
		to: given.to ?? new URL(known.record.target),
		credentials: [...(settings.credentials ?? []), ...(given.credentials ?? [])],
		headers: [...(settings.headers ?? []), ...(given.headers ?? [])],
	};
}
