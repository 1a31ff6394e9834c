import type { Command } from 'commander';
import { Problem } from '../model/problem.ts';

/**
 * A flag or an argument with nothing in it is what a shell makes of a variable that is not set.
 * Whatever it might be taken for (every interface, every rule, the folder one stands in), nobody
 * has asked for it.
 * @throws Problem `value-missing`
 */
export function refuseEmpty(command: Command): void {
	const flags = command.opts<Record<string, unknown>>();
	for (const option of command.options)
		refuseIn(flags[option.attributeName()], option.long ?? option.flags);
	for (const [at, argument] of command.registeredArguments.entries())
		refuseIn(command.processedArgs[at], `the ${argument.name()}`);
}

function refuseIn(given: unknown, name: string): void {
	const isList = Array.isArray(given);
	// A list of commas names as little as nothing does.
	const nothing = isList ? /^[\s,]*$/ : /^\s*$/;
	const empty = (isList ? given : [given]).find(
		(value) => typeof value === 'string' && nothing.test(value),
	);
	if (empty === undefined) return;
	const what = empty === '' ? 'is empty' : `"${empty}" holds nothing`;
	throw new Problem('value-missing', `${name} ${what}`, {
		hint: 'Give it a value, or leave it out; a shell variable may be unset.',
	});
}
