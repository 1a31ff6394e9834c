import type { Command } from 'commander';
import type { Flag } from './flag.ts';

/** A repeatable flag. */
const each = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** In this order, as help tells them. */
export function define(
	command: Command,
	...flags: readonly Pick<Flag<never>, 'usage' | 'about' | 'group' | 'isList' | 'choices'>[]
) {
	for (const { usage, about, group, isList, choices } of flags) {
		const option = command.createOption(usage, about).helpGroup(group);
		if (isList === true) option.argParser<readonly string[]>(each);
		if (choices !== undefined) option.choices(choices);
		command.addOption(option);
	}
	return command;
}
