import { type Command, Option } from 'commander';
import type { Flag } from './flag.ts';

/** A repeatable flag. */
export const each = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** In this order, as help tells them. */
export function define(
	command: Command,
	...flags: readonly Pick<Flag<never>, 'usage' | 'about' | 'group' | 'isList'>[]
) {
	for (const { usage, about, group, isList } of flags) {
		const option = new Option(usage, about).helpGroup(group);
		command.addOption(isList === true ? option.argParser<readonly string[]>(each) : option);
	}
	return command;
}
