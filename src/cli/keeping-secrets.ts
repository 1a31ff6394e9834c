import { headerSecrets } from '../compose/header-secrets.ts';
import { headerOf } from '../compose/headers.ts';
import { Problem } from '../model/problem.ts';
import { Secret } from '../model/secret.ts';
import { KnownSecrets } from '../report/safe/mask.ts';
import { within } from '../settings/engine-context.ts';
import type { CliContext, OuterContext, Sink } from './cli-context.ts';
import { parseReference } from './options/credential-flag.ts';
import { parseHeaderFlag } from './options/header-flag.ts';

/** A context that knows the user's own credentials, and keeps them out of all on stderr. */
export function keepingSecrets(argv: readonly string[], outer: OuterContext): CliContext {
	const known = new KnownSecrets();
	// A command reads its keys more than once; what there is to say of them is said once.
	const said = new Set<string>();
	known.learn(typedSecrets(argv));
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

/** Keys that stand on the command line itself: a mistake is told before anybody has read them. */
function typedSecrets(argv: readonly string[]): Secret[] {
	return argv.flatMap((argument, at) => {
		const [, flag, joined] =
			/^--(credential|other-key|(?:probe-|setup-)?header)(?:=(.*))?$/s.exec(argument) ?? [];
		const value = joined ?? argv[at + 1] ?? '';
		if (flag === undefined) return [];
		if (flag.endsWith('header')) return typedHeader(value);
		const [, name = flag, source = value] =
			(flag === 'credential' && /^(?:[\w-]+\.)?(\w+)=(.*)$/s.exec(value)) || [];
		return parseReference(source) === undefined ? [new Secret(name, source, 'own')] : [];
	});
}

/** A reference is read when its time has come. */
const nothing = { env: () => undefined, file: () => '' };

function typedHeader(text: string): Secret[] {
	try {
		const header = parseHeaderFlag(text);
		return header.value.kind === 'text' ? headerSecrets([headerOf(header, nothing)]) : [];
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		return [];
	}
}
