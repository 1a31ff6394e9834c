import { parseHeader } from '../../compose/headers.ts';
import { isConfidential } from '../../model/header-name.ts';
import type { HeaderSetting } from '../../model/settings.ts';
import { parseReference, referenceText } from './credential-flag.ts';

/**
 * `Name: value`, where the value may be a reference: `env:VAR`, `file:PATH`.
 * @throws Problem `header-invalid`
 */
export function parseHeaderFlag(typed: string, what?: string): HeaderSetting {
	const { name, value } = parseHeader(typed, what);
	return { name, value: (value.kind === 'text' ? parseReference(value.text) : undefined) ?? value };
}

/** Safe to print: a value that is a credential is left to be filled in. */
export function headerText({ name, value }: HeaderSetting): string {
	if (value.kind !== 'text') return `${name}: ${referenceText(value)}`;
	return `${name}: ${value.isMasked === true || isConfidential(name) ? '…' : value.text}`;
}
