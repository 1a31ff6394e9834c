import type { Say } from '../../model/words.ts';
import { nameIn } from './flag.ts';
import { word } from './print.ts';
import { settingsFlags } from './settings-flags.ts';

/** Settings of some commands alone. */
const others: Readonly<Record<string, string>> = {
	realTime: '--real-time',
	probe: '--probe-url',
	probeUrl: '--probe-url',
	probeCommand: '--probe-command',
	setup: '--setup-url',
	setupUrl: '--setup-url',
	setupCommand: '--setup-command',
	orders: '--orders',
	settle: '--settle',
	only: '--only',
	skip: '--skip',
	slow: '--slow',
	failOn: '--fail-on',
	exec: '--exec',
	jobs: '--jobs',
	count: '--count',
	otherKey: '--other-key',
	answer: '--answer',
	answerFor: '--answer-for',
};

/** `--retry none`. A value `true` is said by the flag alone. */
export const flagWords: Say = (setting, value) => {
	const flags = settingsFlags as Readonly<Record<string, { readonly usage: string } | undefined>>;
	const flag = others[setting] ?? flags[setting]?.usage;
	const name = flag === undefined ? setting : nameIn(flag);
	return value === undefined || value === 'true' ? name : `${name} ${word(value)}`;
};
