import type { Command } from 'commander';
import type { ExitCode } from '../model/run-event.ts';
import { type CliContext, canAsk } from './cli-context.ts';
import type { FireFlags } from './options/fire-flags.ts';
import { pickerCommand } from './options/picker-flags.ts';
import { refuseEmpty } from './refuse-empty.ts';
import { refuseQuoted } from './refuse-quoted.ts';

/**
 * `callsim` without a command: the picker, where somebody can answer.
 *
 * @param help what is told where nobody can
 * @returns undefined where the flags are another command's
 * @throws CommanderError, Problem
 */
export async function bare(
	argv: readonly string[],
	help: Pick<Command, 'outputHelp'>,
	context: CliContext,
): Promise<ExitCode | undefined> {
	const command = pickerCommand().configureOutput({ outputError: () => undefined });
	const { operands } = command.parseOptions([...argv]);
	if (operands.length > 0) return undefined;
	const parsed = pickerCommand().configureOutput({ outputError: () => undefined });
	parsed.parse([...argv], { from: 'user' });
	refuseEmpty(parsed);
	refuseQuoted(parsed);
	const flags = parsed.opts<FireFlags>();
	if (!canAsk(context, flags.input) || flags.json === true) {
		help.outputHelp({ error: true });
		return 2;
	}
	return (await import('./picker/picker.ts')).picker(flags, context);
}
