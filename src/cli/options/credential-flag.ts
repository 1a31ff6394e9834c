import { Problem } from '../../model/problem.ts';
import { Secret } from '../../model/secret.ts';
import type { CredentialSetting, CredentialSource, Reference } from '../../model/settings.ts';

/** `secret_key=env:VAR`, `iak.api_key=file:PATH`, `…=…`. @throws Problem `credential-invalid` */
export function parseCredential(typed: string): CredentialSetting {
	const match = /^(?:([a-z0-9-]+)\.)?([a-z][a-z0-9_]*)=(.*)$/s.exec(typed);
	if (match === null) {
		// It may hold a key, so it is not repeated.
		throw new Problem('credential-invalid', '--credential needs a name and a value', {
			hint: 'Write --credential secret_key=env:VAR, =file:PATH or =value.',
		});
	}
	const [, provider, name = '', source = ''] = match;
	return { provider, name, source: parseSource(name, source) };
}

/** `env:VAR`, `file:PATH`, or the value itself. */
export function parseSource(name: string, typed: string): CredentialSource {
	return parseReference(typed) ?? { kind: 'value', secret: new Secret(name, typed, 'own') };
}

export function parseReference(typed: string): Reference | undefined {
	if (typed.startsWith('env:')) return { kind: 'env', variable: typed.slice('env:'.length) };
	return typed.startsWith('file:')
		? { kind: 'file', path: typed.slice('file:'.length) }
		: undefined;
}

export function referenceText(reference: Reference): string {
	return reference.kind === 'env' ? `env:${reference.variable}` : `file:${reference.path}`;
}

/** Safe to print: a value itself is left to be filled in. */
export function credentialText({ provider, name, source }: CredentialSetting): string {
	const full = provider === undefined ? name : `${provider}.${name}`;
	return `${full}=${source.kind === 'value' ? '…' : referenceText(source)}`;
}
