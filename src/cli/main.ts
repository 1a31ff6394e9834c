import { CommanderError } from 'commander';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { keepingSecrets } from './keeping-secrets.ts';
import { bugText, problemText } from './problem-text.ts';
import { programOf } from './program.ts';
import { usageProblem } from './usage-problem.ts';
import { canAsk, type OuterWorld, type World } from './world.ts';

/** Runs one command line. Everything it touches is in `world`; the exit code is the answer. */
export async function main(argv: readonly string[], outer: OuterWorld): Promise<ExitCode> {
	const world = keepingSecrets(argv, outer);
	try {
		return await dispatched(argv, world);
	} catch (error) {
		if (error instanceof Problem) {
			world.stderr.write(problemText(error));
			return 2;
		}
		world.stderr.write(bugText(error, world.version));
		return 70;
	}
}

async function dispatched(argv: readonly string[], world: World): Promise<ExitCode> {
	let code: ExitCode = 0;
	const program = programOf(argv, world, (result) => {
		code = result;
	});
	if (argv.every((argument) => argument === '--no-input' || argument === '--no-color')) {
		const color = !argv.includes('--no-color');
		if (canAsk(world, !argv.includes('--no-input'))) return (await import('./picker.ts')).picker({ color }, world);
		program.outputHelp({ error: true });
		return 2;
	}
	try {
		await program.parseAsync([...argv], { from: 'user' });
		return code;
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return 0;
		throw usageProblem(error, argv);
	}
}
