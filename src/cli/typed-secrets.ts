import { headerSecrets } from '../compose/header-secrets.ts';
import { headerOf } from '../compose/headers.ts';
import { Problem } from '../model/problem.ts';
import { Secret } from '../model/secret.ts';
import { parseReference } from './options/credential-flag.ts';
import { parseHeaderFlag } from './options/header-flag.ts';

/** Keys that stand on the command line itself: a mistake is told before anybody has read them. */
export function typedSecrets(argv: readonly string[]): Secret[] {
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
