import { usualTarget } from '../delivery/target.ts';
import type { ProviderFile } from '../model/provider.ts';
import type { CliContext } from './cli-context.ts';
import type { CiKind } from './init-ci.ts';
import { wrongWithTarget } from './picker/ask-target.ts';
import { type Asker, type Back, back, Left } from './picker/asker.ts';
import { askerFor } from './picker/asker-for.ts';
import { equalLine } from './picker/equal-line.ts';

interface Answers {
	readonly providers: readonly string[];
	readonly to: string;
	readonly ci: CiKind | undefined;
}

/** Asks for what is left open, and prints the line without questions. A number: they left. */
export async function askInit(
	providers: readonly ProviderFile[],
	given: { readonly to: string | undefined; readonly ci: CiKind | undefined },
	context: CliContext,
): Promise<Answers | Left['exitCode']> {
	const asker = askerFor(context, undefined);
	try {
		const answers = await answersTo(providers, given, asker);
		if (answers === back) return 130;
		const { providers: chosen, to, ci } = answers;
		const line = [
			'callsim init',
			...chosen,
			`--to ${to}`,
			...(ci === undefined ? [] : [`--ci ${ci}`]),
		].join(' ');
		context.stderr.write(equalLine(line, context.stderr));
		return answers;
	} catch (error) {
		if (error instanceof Left) return error.exitCode;
		throw error;
	} finally {
		asker.close();
	}
}

/** Esc goes to the question before. */
async function answersTo(
	providers: readonly ProviderFile[],
	given: { readonly to: string | undefined; readonly ci: CiKind | undefined },
	asker: Asker,
): Promise<Answers | Back> {
	for (;;) {
		const chosen = await askProviders(providers, asker);
		if (chosen === back) return back;
		for (;;) {
			const to = given.to ?? (await askReceiver(chosen.length, asker));
			if (to === back) break;
			const ci = given.ci ?? (await askCi(asker));
			if (ci !== back) return { providers: chosen, to, ci: ci === 'none' ? undefined : ci };
			if (given.to !== undefined) break;
		}
	}
}

const askProviders = (
	providers: readonly ProviderFile[],
	asker: Asker,
): Promise<readonly string[] | Back> =>
	asker.tick({
		message: 'Providers',
		options: providers.map(({ id, title }) => ({ value: id, name: id, about: title })),
	});

const askReceiver = (count: number, asker: Asker): Promise<string | Back> =>
	asker.line({
		message: count > 1 ? 'Your receiver (provider names are added)' : 'Your receiver',
		initial: usualTarget,
		wrongWith: wrongWithTarget,
	});

const askCi = (asker: Asker): Promise<CiKind | 'none' | Back> =>
	asker.choose<CiKind | 'none'>({
		message: 'A CI workflow',
		options: [
			{ value: 'none', name: 'none' },
			{ value: 'github', name: 'GitHub Actions' },
			{ value: 'gitlab', name: 'GitLab CI' },
		],
	});
