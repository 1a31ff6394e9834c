import { Command } from 'commander';
import type { ExitCode } from '../model/run-event.ts';
import type { CliContext } from './cli-context.ts';
import { commandIn, commands } from './commands.ts';
import { examples, exitCodesHelp, topicsHelp } from './help-texts.ts';
import { refuseEmpty } from './refuse-empty.ts';
import { refuseQuoted } from './refuse-quoted.ts';
import { columnsOf } from './screen.ts';

/** The command line. Only what a command needs is imported, so that help starts at once. */
export async function programOf(
	argv: readonly string[],
	context: CliContext,
	done: (code: ExitCode) => void,
): Promise<Command> {
	const program = new Command('callsim')
		.exitOverride()
		.configureOutput({
			writeOut: (text) => context.stdout.write(text),
			writeErr: (text) => context.stderr.write(text),
			// main() prints usage errors, like every other problem.
			outputError: () => undefined,
			getOutHelpWidth: () => columnsOf(context.stdout) ?? 80,
			getErrHelpWidth: () => columnsOf(context.stderr) ?? 80,
			getOutHasColors: () => false,
			getErrHasColors: () => false,
		})
		.configureHelp({ sortSubcommands: false })
		.description(
			'Fires the callbacks of IAK, KHOINS, Transfez and Bayarcash at the receiver on your machine.',
		)
		.version(context.version, '-V, --version')
		.helpCommand('help [command]', 'help for a command, or about a topic')
		.hook('preAction', (_, command) => {
			refuseEmpty(command);
			refuseQuoted(command);
		})
		.showSuggestionAfterError(true)
		.addHelpText('before', examples)
		.addHelpText('after', topicsHelp)
		.addHelpText('after', exitCodesHelp);

	const all = Object.entries(commands);
	// Where one is named, nobody asks for the others.
	const meant = all.filter(([usage]) => commandIn(usage) === argv[0]);
	for (const [usage, { about, flags, load }] of meant.length > 0 ? meant : all) {
		const command = program.command(usage).description(about);
		if (!argv.includes(command.name())) continue;
		const addFlags = await flags();
		addFlags(command);
		if (asksForHelp(argv))
			(await import('./help/add-help.ts')).addHelp(command, argv.at(-1) === 'all');
		command.action(async (...given: unknown[]) => {
			const run = await load();
			// Behind arguments and flags stands the command itself.
			done(await run(...([...given.slice(0, -1), context] as never[])));
		});
	}
	return program;
}

const asksForHelp = (argv: readonly string[]): boolean =>
	argv[0] === 'help' || argv.includes('--help') || argv.includes('-h');
