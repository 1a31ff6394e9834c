import type { Say } from '../../model/words.ts';
import { nameIn } from './flag.ts';
import { word } from './print.ts';
import { settingsFlags } from './settings-flags.ts';

/** Settings of some commands alone: each has a flag of its name. */
const others = new Set([
	...[
		'realTime',
		'probeUrl',
		'probeCommand',
		'setupUrl',
		'setupCommand',
		'exec',
		'jobs',
		'count',
		'rate',
		'mix',
		'duplicates',
		'duration',
		'connections',
		'workers',
		'order',
		'sandbox',
		'sandboxPort',
	],
	...['probeHeader', 'setupHeader', 'setupReference', 'reference'],
	...['orders', 'settle', 'only', 'skip', 'slow', 'failOn', 'otherKey', 'answer', 'answerFor'],
]);

/** `--retry none`. A value `true` is said by the flag alone. */
export const flagWords: Say = (setting, value) => {
	const name = flagOf(setting) ?? setting;
	return value === undefined || value === 'true' ? name : `${name} ${word(value)}`;
};

function flagOf(setting: string): string | undefined {
	const flags = settingsFlags as Readonly<Record<string, { readonly usage: string } | undefined>>;
	if (setting === 'probe' || setting === 'setup') return `--${setting}-url`;
	if (others.has(setting)) return `--${setting.replace(/[A-Z]/g, '-$&').toLowerCase()}`;
	const flag = flags[setting];
	return flag && nameIn(flag.usage);
}
