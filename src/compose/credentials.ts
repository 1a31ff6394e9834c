import { ifGiven } from '../model/if-given.ts';
import { keyBytes, keyFormOf } from '../model/key-form.ts';
import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { ProviderFile } from '../model/provider.ts';
import { Secret } from '../model/secret.ts';
import type { CredentialSetting, CredentialSource } from '../model/settings.ts';
import { didYouMean } from '../model/suggest.ts';
import { type Told, told } from '../model/words.ts';

/** Where credential values may come from; the shell gives the real environment and files. */
export interface CredentialSources {
	/** What the user said, stronger than everything else. */
	readonly given: readonly CredentialSetting[];
	env(name: string): string | undefined;
	/** The project file's reference: weaker than what is given and the environment. */
	project?(provider: string, name: string): CredentialSource | undefined;
	/** @throws Problem `file-unreadable` */
	file(path: string): string;
}

export type Credentials = (name: string) => Secret;

export const environmentName = (provider: string, credential: string): string =>
	`CALLSIM_${provider}_${credential}`.toUpperCase().replaceAll('-', '_');

/**
 * The provider's credentials: the user's own where all of them are given, the simulator's where
 * none is. Half a set is refused, because a signature over a mixture fits no key anywhere.
 * @param inPlay the providers of this run; a name alone must mean exactly one of them
 * @throws Problem `credentials-incomplete`, `credential-invalid`
 */
export function credentialsFor(
	provider: ProviderFile,
	sources: CredentialSources,
	inPlay: readonly ProviderFile[] = [provider],
): Credentials {
	const { given } = sources;
	for (const one of given) checkGiven(one, inPlay);
	refuseRepeated(given);
	const names = Object.keys(provider.credentials);
	const texts = new Map<string, string>();
	for (const name of names) {
		const said = given.findLast(
			(one) => one.name === name && (one.provider ?? provider.id) === provider.id,
		);
		const text =
			said === undefined
				? fromElsewhere(provider.id, name, sources)
				: readSource((say) => say('credentials', name), said.source, sources);
		if (text !== undefined) texts.set(name, text);
	}
	const missing = names.filter((name) => !texts.has(name));
	if (texts.size > 0 && missing.length > 0) {
		throw new Problem(
			'credentials-incomplete',
			`${provider.id}: ${[...texts.keys()].join(', ')} is given, ${missing.join(', ')} is not`,
			{
				hint: `Set ${missing.map((name) => environmentName(provider.id, name)).join(', ')}, or none to use callsim's own.`,
			},
		);
	}
	return (name) => {
		const text = texts.get(name);
		const { simulator, ...declared } = own(provider.credentials, name) ?? {};
		const form = keyFormOf(declared);
		if (text !== undefined)
			return refuseMisformed(new Secret(name, text, 'own', form), provider.id);
		if (simulator === undefined)
			throw new Problem('fixture-invalid', `${provider.id} has no credential "${name}"`, {
				hint: 'Name it under "credentials" in provider.json.',
			});
		return new Secret(name, simulator, 'simulator', form);
	};
}

/** @throws Problem `credential-invalid`, without the key: as text it would sign something else */
function refuseMisformed(secret: Secret, provider: string): Secret {
	const { form, name } = secret;
	if (form === undefined || keyBytes(secret.reveal(), form) !== undefined) return secret;
	throw new Problem('credential-invalid', `${provider}'s ${name} is not ${form.kind}`, {
		hint:
			form.kind === 'hex'
				? 'Give it as the provider shows it: two digits or letters a to f a byte, nothing around them.'
				: 'Give it as the provider shows it, nothing around it.',
	});
}

function fromElsewhere(
	provider: string,
	name: string,
	sources: CredentialSources,
): string | undefined {
	const text = sources.env(environmentName(provider, name));
	if (text !== undefined && text !== '') return text;
	const reference = sources.project?.(provider, name);
	return ifGiven(reference, (source) =>
		readSource(`credentials.${provider}.${name}`, source, sources),
	);
}

function checkGiven({ provider, name }: CredentialSetting, inPlay: readonly ProviderFile[]): void {
	const among = inPlay.filter((p) => provider === undefined || p.id === provider);
	const known = among.flatMap((p) => Object.keys(p.credentials));
	if (among.length === 0) {
		// What stands before the dot, or the equals sign, may be a part of the key as well.
		throw new Problem(
			'credential-invalid',
			(say) => `${say('credentials')} names a provider that takes no part in this run`,
			{ hint: `In play: ${inPlay.map((p) => p.id).join(', ')}.` },
		);
	}
	if (!known.includes(name)) {
		const ids = among.map((p) => p.id).join(', ');
		const near = didYouMean(name, known);
		const usual =
			known.length === 0
				? `${ids} signs nothing and needs no credentials.`
				: `Its credentials are ${known.join(', ')}.`;
		const what: Told =
			near === undefined
				? (say) => `${ids} has no credential of the name that ${say('credentials')} says`
				: `${ids} has no credential "${name}"`;
		throw new Problem('credential-invalid', what, { hint: near ?? usual });
	}
	const owners = among.filter((p) => Object.hasOwn(p.credentials, name));
	if (owners.length > 1) {
		throw new Problem(
			'credential-invalid',
			`"${name}" is a credential of ${owners.map((p) => p.id).join(' and ')}`,
			{
				hint: (say) => `Say which: ${say('credentials', `${owners[0]?.id}.${name}=…`)}`,
			},
		);
	}
}

function refuseRepeated(given: readonly CredentialSetting[]): void {
	const names = given.map(({ provider, name }) => `${provider ?? ''}.${name}`);
	const twice = given.find((_, at) => names.indexOf(names[at] ?? '') !== at);
	if (twice === undefined) return;
	throw new Problem(
		'credential-invalid',
		(say) => `${say('credentials', twice.name)} is given twice`,
		{ hint: 'Keep one of them.' },
	);
}

/** Reads what a value by reference refers to. */
export type ReferencePorts = Pick<CredentialSources, 'env' | 'file'>;

/** The text behind a source. @throws Problem `credential-invalid`, `file-unreadable` */
export function readSource(what: Told, source: CredentialSource, ports: ReferencePorts): string {
	switch (source.kind) {
		case 'env': {
			const { variable } = source;
			const text = ports.env(variable);
			if (text !== undefined && text !== '') return text;
			throw unset(what, variable);
		}
		case 'file':
			// Editors end a file with a newline that is no part of the key.
			return nonEmpty(what, ports.file(source.path).replace(/\r?\n$/, ''));
		case 'value':
			return nonEmpty(what, source.secret.reveal());
	}
}

/** A key behind `env:` is an easy mistake: what does not look like a variable is not told. */
export const isVariableName = (text: string): boolean => /^[A-Z_][A-Z0-9_]*$/.test(text);

function unset(what: Told, variable: string): Problem {
	const isName = isVariableName(variable);
	const missing = isName ? variable : 'variable of the name behind env:';
	return new Problem(
		'credential-invalid',
		(say) => `${told(what, say)}: the environment has no ${missing}`,
		{
			hint: isName
				? `Set ${variable} first.`
				: 'Write the name of a variable there, not the key; and set it first.',
		},
	);
}

function nonEmpty(what: Told, text: string): string {
	if (text !== '') return text;
	throw new Problem('credential-invalid', (say) => `${told(what, say)}: the value is empty`, {
		hint: 'Give the key, env:VAR or file:PATH.',
	});
}
