import { Problem } from '../../model/problem.ts';
import { didYouMean } from '../../model/suggest.ts';
import type { CliContext } from '../cli-context.ts';
import { completionScripts } from './scripts.ts';

/** `callsim completion <shell>`. @throws Problem `usage` */
export async function completion(shell: string, _flags: object, context: CliContext): Promise<0> {
	const script = completionScripts[shell];
	if (script === undefined) {
		const shells = Object.keys(completionScripts);
		throw new Problem('usage', 'completion is there for bash, zsh and fish', {
			hint: didYouMean(shell, shells) ?? `Write: callsim completion ${shells[0]}`,
		});
	}
	context.stdout.write(Buffer.from(script));
	return 0;
}
