/**
 * How a shell names a setting: `--retry` on a command line, `retry` in a file or a program. What is
 * no setting is a phrase, and stays as it is.
 * @param value as it is written behind the name: `--retry none`, `retry: none`
 */
export type Say = (setting: string, value?: string) => string;

/** A text about settings, told in the words of whoever reads it. */
export type Told = string | ((say: Say) => string);

export const told = (text: Told, say: Say): string => (typeof text === 'string' ? text : text(say));

/** The place of a setting's name in a text that is put together before it is known who reads it. */
export const named = (setting: string, value = ''): string => `\ue000${setting}=${value}\ue001`;

/** With the names filled in. */
export const inWords = (text: string, say: Say): string =>
	text.replace(/\ue000(\w+)=([^\ue001]*)\ue001/g, (_, setting: string, value: string) =>
		say(setting, value === '' ? undefined : value),
	);

/** Settings that a program says under another name than the rest of the code. */
const programNames: Readonly<Record<string, string>> = {
	timeout: 'timeoutMs',
	duration: 'durationMs',
	settle: 'settleMs',
	variants: 'variant',
	probeUrl: 'probe',
	probeHeader: 'probe',
	probeCommand: 'probe',
	setupUrl: 'setup',
	setupHeader: 'setup',
	setupCommand: 'setup',
	setupReference: 'reference',
};
/** Settings of a file that are called otherwise there. */
const fileNames: Readonly<Record<string, string>> = {
	variants: 'variant',
	headers: 'header',
	probeUrl: 'probe',
	probeHeader: 'probe',
	probeCommand: 'probe',
	setupUrl: 'setup',
	setupHeader: 'setup',
	setupCommand: 'setup',
	setupReference: 'reference',
};
const lists = new Set(['set', 'add', 'unset', 'tamper']);

/** `retry: 'none'` */
export const programWords: Say = (setting, value) => {
	const name = programNames[setting] ?? setting;
	if (value === undefined) return name;
	const literal = /^(true|false|\d+)$/.test(value) ? value : `'${value}'`;
	return `${name}: ${lists.has(setting) ? `[${literal}]` : literal}`;
};

/** `retry: none` */
export const fileWords: Say = (setting, value) => {
	const name = fileNames[setting] ?? setting;
	if (value === undefined) return name;
	return `${name}: ${lists.has(setting) ? `['${value}']` : value}`;
};
