import type { Secret } from '../model/secret.ts';
import { spelledOut } from '../report/safe/escape.ts';
import { KnownSecrets } from '../report/safe/mask.ts';
import { within } from '../settings/engine-context.ts';
import { onCommandLine } from '../settings/exposed-keys.ts';
import type { CliContext, OuterContext } from './cli-context.ts';
import { onScreen, through } from './screen.ts';

/**
 * A context that knows the user's own credentials, and keeps them out of all on stderr. What could
 * rewrite a screen is spelled out, whoever wrote it; what people read is laid out for theirs.
 */
export async function keepingSecrets(
	argv: readonly string[],
	outer: OuterContext,
): Promise<CliContext> {
	const known = new KnownSecrets();
	// A command reads its keys more than once; what there is to say of them is said once.
	const said = new Set<string>();
	const typed: Secret[] = [];
	// Rather too often than once too little: which flags hold keys is known there.
	if (argv.some((argument) => /^--.*(credential|key|header)/s.test(argument)))
		typed.push(...(await import('./typed-secrets.ts')).typedSecrets(argv));
	known.learn(typed);
	const stderr = through(onScreen(outer.stderr), (text) => spelledOut(known.mask(text)));
	const stdout = argv.includes('--json') ? outer.stdout : onScreen(outer.stdout);
	return within<CliContext>(outer as CliContext, {
		stdout: through(stdout, spelledOut),
		stderr,
		note(text) {
			if (said.has(text)) return;
			said.add(text);
			stderr.write(`note: ${text}\n`);
		},
		exposed: new Map(typed.map((secret) => [secret.reveal(), onCommandLine])),
		learn: (secrets) => known.learn(secrets),
		mask: known.mask,
	});
}
