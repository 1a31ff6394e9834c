import { KnownSecrets } from '../report/safe/mask.ts';
import { within } from '../settings/engine-context.ts';
import type { CliContext, OuterContext, Sink } from './cli-context.ts';

/** A context that knows the user's own credentials, and keeps them out of all on stderr. */
export async function keepingSecrets(
	argv: readonly string[],
	outer: OuterContext,
): Promise<CliContext> {
	const known = new KnownSecrets();
	// A command reads its keys more than once; what there is to say of them is said once.
	const said = new Set<string>();
	// Rather too often than once too little: which flags hold keys is known there.
	if (argv.some((argument) => /^--.*(credential|key|header)/s.test(argument)))
		known.learn((await import('./typed-secrets.ts')).typedSecrets(argv));
	const stderr: Sink = {
		get isTTY() {
			return outer.stderr.isTTY;
		},
		get columns() {
			return outer.stderr.columns;
		},
		write: (text) => outer.stderr.write(typeof text === 'string' ? known.mask(text) : text),
	};
	return within<CliContext>(outer as CliContext, {
		stderr,
		note(text) {
			if (said.has(text)) return;
			said.add(text);
			outer.note(known.mask(text));
		},
		learn: (secrets) => known.learn(secrets),
		mask: known.mask,
	});
}
