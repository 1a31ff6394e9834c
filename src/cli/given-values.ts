import type { Command } from 'commander';

/** A flag or an argument as it was given to a command. */
export interface GivenValue {
	/** `probeCommand`; undefined for an argument. */
	readonly flag: string | undefined;
	/** As a sentence names it: `--probe-command`, `the event`. */
	readonly name: string;
	/** Undefined where it was not given. */
	readonly value: unknown;
}

export function givenValues(command: Command): GivenValue[] {
	const flags = command.opts<Record<string, unknown>>();
	return [
		...command.options.map((option) => {
			const flag = option.attributeName();
			return { flag, name: option.long ?? option.flags, value: flags[flag] };
		}),
		...command.registeredArguments.map((argument, at) => ({
			flag: undefined,
			name: `the ${argument.name()}`,
			value: command.processedArgs[at],
		})),
	];
}
