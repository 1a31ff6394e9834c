import { CommanderError } from 'commander';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { bugText } from './bug-text.ts';
import { type CliContext, canAsk, type OuterContext } from './cli-context.ts';
import { commandIn, commands } from './commands.ts';
import { keepingSecrets } from './keeping-secrets.ts';
import { programOf } from './program.ts';

/** Runs one command line. Everything it touches is in `context`; the exit code is the answer. */
export async function main(argv: readonly string[], outer: OuterContext): Promise<ExitCode> {
	const context = await keepingSecrets(argv, outer);
	try {
		return await dispatch(argv, context);
	} catch (error) {
		if (error instanceof Problem) {
			const { problemText } = await import('./problem-text.ts');
			context.stderr.write(problemText(error));
			return 2;
		}
		context.stderr.write(bugText(error, context.version));
		return 70;
	}
}

async function dispatch(argv: readonly string[], context: CliContext): Promise<ExitCode> {
	if (argv[0] === 'complete')
		return (await import('./completion/complete.ts')).complete(argv.slice(1), context);
	let code: ExitCode = 0;
	const program = await programOf(argv, context, (result) => {
		code = result;
	});
	if (argv.length === 0 && !canAsk(context)) {
		program.outputHelp({ error: true });
		return 2;
	}
	if (asksForTopic(argv)) {
		const { topicText } = await import('./help/topics.ts');
		context.stdout.write(topicText(argv.slice(1), Object.keys(commands).map(commandIn)));
		return 0;
	}
	try {
		if (isBare(argv)) {
			const bare = await (await import('./bare.ts')).bare(argv, program, context);
			if (bare !== undefined) return bare;
		}
		await program.parseAsync([...argv], { from: 'user' });
		return code;
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return 0;
		throw (await import('./usage-problem.ts')).usageProblem(error, argv);
	}
}

/** `help` with something behind it that is no command. */
const asksForTopic = ([command, about = '']: readonly string[]): boolean =>
	command === 'help' &&
	about !== '' &&
	!about.startsWith('-') &&
	!Object.keys(commands).some((usage) => commandIn(usage) === about);

/** Flags, and no command. */
const isBare = ([first = '-', ...more]: readonly string[]): boolean =>
	first.startsWith('-') &&
	![first, ...more].some((argument) => /^(-h|--help|-V|--version)$/.test(argument));
