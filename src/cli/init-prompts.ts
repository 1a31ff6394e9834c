import { checkbox, input, select } from '@inquirer/prompts';
import { usualTarget } from '../delivery/target.ts';
import type { ProviderFile } from '../model/provider.ts';
import type { CliContext } from './cli-context.ts';
import type { CiKind } from './init-ci.ts';
import { isPromptExit, isTarget, promptStreams } from './prompts.ts';

interface Answers {
	readonly providers: readonly string[];
	readonly to: string;
	readonly ci: CiKind | undefined;
}

/** Asks for what is left open, and prints the line without questions. Undefined: they left. */
export async function askInit(
	providers: readonly ProviderFile[],
	given: { readonly to: string | undefined; readonly ci: CiKind | undefined },
	context: CliContext,
): Promise<Answers | undefined> {
	try {
		const chosen = await checkbox(
			{
				message: 'Providers',
				required: true,
				choices: providers.map(({ id, title }) => ({ value: id, name: id, description: title })),
			},
			promptStreams(context),
		);
		const to =
			given.to ??
			(await input(
				{
					message:
						chosen.length > 1
							? 'Your receiver (each provider gets its name behind it)'
							: 'Your receiver',
					default: usualTarget,
					validate: isTarget,
				},
				promptStreams(context),
			));
		const ci = given.ci ?? (await askCi(context));
		const line = [
			'callsim init',
			...chosen,
			`--to ${to}`,
			...(ci === undefined ? [] : [`--ci ${ci}`]),
		].join(' ');
		context.stderr.write(`the same without questions: ${line}\n`);
		return { providers: chosen, to, ci };
	} catch (error) {
		if (isPromptExit(error)) return undefined;
		throw error;
	}
}

async function askCi(context: CliContext): Promise<CiKind | undefined> {
	return select<CiKind | undefined>(
		{
			message: 'A CI workflow',
			choices: [
				{ value: undefined, name: 'none' },
				{ value: 'github', name: 'GitHub Actions' },
				{ value: 'gitlab', name: 'GitLab CI' },
			],
		},
		promptStreams(context),
	);
}
