import { environmentSettings } from '../project/in-force.ts';
import { type Given, settingsTold } from '../project/settings-told.ts';
import { printableLine, safeJson } from '../report/safe/escape.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { flagWords } from './options/words.ts';
import { painterFor } from './paint.ts';

export interface ConfigFlags extends CommonFlags {
	readonly to?: string;
	readonly returnTo?: string;
	readonly retry?: string;
	readonly timeout?: string;
	readonly speed?: string;
	readonly realTime?: boolean;
}

/** Every value in force, and where it comes from. */
export async function config(flags: ConfigFlags, outer: CliContext): Promise<0> {
	const { context, project, catalogue } = await commandContext(flags, outer);
	// What means nothing is refused, whoever says it.
	environmentSettings(context.env, readSettings(flags));
	const told = settingsTold(givenIn(flags), project, catalogue, context);
	if (flags.json === true) {
		context.stdout.write(`${safeJson({ v: 1, file: project.path ?? null, settings: told })}\n`);
		return 0;
	}
	const paint = painterFor(context.stdout, context, flags.color);
	const longest = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length));
	const name = longest(told.map((one) => one.name));
	const value = Math.min(60, longest(told.map((one) => one.value)));
	const lines = told.map((one) => {
		const from = one.from === 'built-in' ? paint.dim(one.from) : paint.cyan(one.from);
		return `${one.name.padEnd(name)}  ${printableLine(one.value).padEnd(value)}  ${from}`;
	});
	context.stdout.write(`${lines.join('\n')}\n`);
	return 0;
}

/** As it was typed, behind its flag. */
function givenIn({ realTime, ...flags }: ConfigFlags): Given {
	const typed = (name: 'to' | 'returnTo' | 'speed' | 'timeout' | 'retry') => {
		const value = flags[name];
		return value === undefined ? undefined : { value, from: flagWords(name) };
	};
	return {
		to: typed('to'),
		returnTo: typed('returnTo'),
		speed: realTime === true ? { value: '1', from: flagWords('realTime') } : typed('speed'),
		timeout: typed('timeout'),
		retry: typed('retry'),
	};
}
