import type { Command } from 'commander';
import { Problem } from '../model/problem.ts';
import { givenValues } from './given-values.ts';

/**
 * A flag or an argument with nothing in it is what a shell makes of a variable that is not set.
 * Whatever it might be taken for (every interface, every rule, the folder one stands in), nobody
 * has asked for it.
 * @throws Problem `value-missing`
 */
export function refuseEmpty(command: Command): void {
	for (const { name, value } of givenValues(command)) {
		// A list of commas names as little as nothing does.
		const nothing = Array.isArray(value) ? /^[\s,]*$/ : /^\s*$/;
		const empty = [value].flat().find((text) => typeof text === 'string' && nothing.test(text));
		if (empty === undefined) continue;
		const what = empty === '' ? 'is empty' : `"${empty}" holds nothing`;
		throw new Problem('value-missing', `${name} ${what}`, {
			hint: 'Give it a value, or leave it out; a shell variable may be unset.',
		});
	}
}
