import { Command, CommanderError } from 'commander';
import type { KnownDelivery } from '../journal/deliveries.ts';
import type { Secret } from '../model/secret.ts';
import type { CredentialSetting, HeaderSetting, Settings } from '../model/settings.ts';
import { defined } from '../settings/layered.ts';
import type { CliContext } from './cli-context.ts';
import { addCommonFlags } from './options/common-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { addDeliveryFlags, addShapingFlags, addTargetFlags } from './options/shared-flags.ts';

/** What a command line leaves out of a value that must not be written down. */
const leftOut = '…';

/** What was said of a delivery that was sent before. */
export interface Recalled {
	readonly settings: Settings;
	/** Credentials and headers that were typed as values, which are not kept. */
	readonly missing: readonly string[];
}

export function recalled({ record }: KnownDelivery): Recalled {
	const [, ...words] = record.words;
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
	const { credentials = [], headers = [], ...settings } = readSettings(command.opts());
	return {
		settings: {
			...settings,
			credentials: credentials.filter(isKept),
			headers: headers.filter((header) => !isLeftOut(header)),
		},
		missing: [
			...credentials.filter((one) => !isKept(one)).map(({ name }) => `credential ${name}`),
			...headers.filter(isLeftOut).map(({ name }) => `header ${name}`),
		],
	};
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

const isKept = ({ source }: CredentialSetting): boolean =>
	source.kind !== 'value' || revealed(source.secret) !== leftOut;
const isLeftOut = ({ value }: HeaderSetting): boolean =>
	value.kind === 'text' && value.text === leftOut;
const revealed = (secret: Secret): string => secret.reveal();
