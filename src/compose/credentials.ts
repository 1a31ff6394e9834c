import { Problem } from '../model/problem.ts';
import type { ProviderFile } from '../model/provider.ts';
import { Secret } from '../model/secret.ts';
import { didYouMean } from '../model/suggest.ts';

/** Where credential values may come from; the shell gives the real environment and files. */
export interface CredentialSources {
	/** `--credential` arguments as typed: `secret_key=env:VAR`, `iak.api_key=file:PATH`. */
	readonly flags: readonly string[];
	env(name: string): string | undefined;
	/** The project file's reference, `env:VAR` or `file:PATH`: weaker than flags and environment. */
	project?(provider: string, name: string): string | undefined;
	/** @throws Problem `file-unreadable` */
	file(path: string): string;
}

export type Credentials = (name: string) => Secret;

export const environmentName = (provider: string, credential: string): string =>
	`CALLSIM_${provider}_${credential}`.toUpperCase().replaceAll('-', '_');

interface Flag {
	readonly provider: string | undefined;
	readonly name: string;
	readonly source: string;
}

/**
 * The provider's credentials: the user's own where all of them are given, the simulator's where none is.
 * Half a set is refused, because a signature over a mixture fits no key anywhere.
 *
 * @param inPlay the providers of this run; an unqualified flag must mean exactly one of them
 * @throws Problem `credentials-incomplete`, `credential-invalid`
 */
export function credentialsFor(
	provider: ProviderFile,
	sources: CredentialSources,
	inPlay: readonly ProviderFile[] = [provider],
): Credentials {
	const flags = sources.flags.map(parseFlag);
	for (const flag of flags) checkFlag(flag, inPlay);
	refuseRepeated(flags);
	const names = Object.keys(provider.credentials);
	const own = new Map<string, string>();
	for (const name of names) {
		const flag = flags.findLast((f) => f.name === name && (f.provider ?? provider.id) === provider.id);
		const text =
			flag === undefined
				? withoutFlag(provider.id, name, sources)
				: readSource(`--credential ${name}`, flag.source, sources);
		if (text !== undefined && text !== '') own.set(name, text);
	}
	const missing = names.filter((name) => !own.has(name));
	if (own.size > 0 && missing.length > 0) {
		throw new Problem(
			'credentials-incomplete',
			`${provider.id}: ${[...own.keys()].join(', ')} is given, ${missing.join(', ')} is not`,
			{
				hint: `Set ${missing.map((name) => environmentName(provider.id, name)).join(', ')}, or none to use callsim's own.`,
			},
		);
	}
	return (name) => {
		const given = own.get(name);
		const simulator = provider.credentials[name]?.simulator;
		if (given !== undefined) return new Secret(name, given, 'own');
		if (simulator === undefined)
			throw new Problem('fixture-invalid', `${provider.id} has no credential "${name}"`, {
				hint: 'Name it under "credentials" in provider.json.',
			});
		return new Secret(name, simulator, 'simulator');
	};
}

function withoutFlag(provider: string, name: string, sources: CredentialSources): string | undefined {
	const text = sources.env(environmentName(provider, name));
	if (text !== undefined && text !== '') return text;
	const reference = sources.project?.(provider, name);
	return reference === undefined ? undefined : readSource(`credentials.${provider}.${name}`, reference, sources);
}

function parseFlag(argument: string): Flag {
	const match = /^(?:([a-z0-9-]+)\.)?([a-z][a-z0-9_]*)=(.*)$/s.exec(argument);
	if (match === null) {
		// The argument may hold a key, so it is not repeated.
		throw new Problem('credential-invalid', '--credential needs a name and a value', {
			hint: 'Write --credential secret_key=env:VAR, =file:PATH or =value.',
		});
	}
	return { provider: match[1], name: match[2] ?? '', source: match[3] ?? '' };
}

function checkFlag({ provider, name }: Flag, inPlay: readonly ProviderFile[]): void {
	const among = inPlay.filter((p) => provider === undefined || p.id === provider);
	const known = among.flatMap((p) => Object.keys(p.credentials));
	if (among.length === 0) {
		// What stands before the dot, or the equals sign, may be a part of the key as well.
		throw new Problem('credential-invalid', '--credential names a provider that takes no part in this run', {
			hint: `In play: ${inPlay.map((p) => p.id).join(', ')}.`,
		});
	}
	if (!known.includes(name)) {
		const ids = among.map((p) => p.id).join(', ');
		const near = didYouMean(name, known);
		const usual =
			known.length === 0
				? `${ids} signs nothing and needs no credentials.`
				: `Its credentials are ${known.join(', ')}.`;
		const what =
			near === undefined ? 'has no credential of the name that --credential says' : `has no credential "${name}"`;
		throw new Problem('credential-invalid', `${ids} ${what}`, { hint: near ?? usual });
	}
	const owners = among.filter((p) => name in p.credentials);
	if (owners.length > 1) {
		throw new Problem('credential-invalid', `"${name}" is a credential of ${owners.map((p) => p.id).join(' and ')}`, {
			hint: `Say which: --credential ${owners[0]?.id}.${name}=…`,
		});
	}
}

function refuseRepeated(flags: readonly Flag[]): void {
	const names = flags.map(({ provider, name }) => `${provider ?? ''}.${name}`);
	const twice = flags.find((_, at) => names.indexOf(names[at] ?? '') !== at);
	if (twice !== undefined)
		throw new Problem('credential-invalid', `--credential ${twice.name} is given twice`, { hint: 'Keep one of them.' });
}

/** The text behind `env:VAR`, `file:PATH` or a value. @throws Problem `credential-invalid`, `file-unreadable` */
export function readSource(flag: string, source: string, sources: Pick<CredentialSources, 'env' | 'file'>): string {
	if (source.startsWith('env:')) {
		const variable = source.slice('env:'.length);
		const text = sources.env(variable);
		if (text === undefined || text === '') throw unset(flag, variable);
		return text;
	}
	// Editors end a file with a newline that is no part of the key.
	if (source.startsWith('file:'))
		return nonEmpty(flag, sources.file(source.slice('file:'.length)).replace(/\r?\n$/, ''));
	return nonEmpty(flag, source);
}

/** A key behind `env:` is an easy mistake: what does not look like the name of a variable is not told. */
export const isVariableName = (text: string): boolean => /^[A-Z_][A-Z0-9_]*$/.test(text);

function unset(flag: string, variable: string): Problem {
	return isVariableName(variable)
		? new Problem('credential-invalid', `${flag}: the environment has no ${variable}`, {
				hint: `Set ${variable} first.`,
			})
		: new Problem('credential-invalid', `${flag}: the environment has no variable of the name behind env:`, {
				hint: 'Write the name of a variable there, not the key; and set it first.',
			});
}

function nonEmpty(flag: string, text: string): string {
	if (text === '')
		throw new Problem('credential-invalid', `${flag}: the value is empty`, {
			hint: 'Give the key, env:VAR or file:PATH.',
		});
	return text;
}
