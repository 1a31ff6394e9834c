import { isConfidential, parseHeader } from '../../compose/headers.ts';
import type { HeaderSetting } from '../../model/settings.ts';

/** `Name: value`. @throws Problem `header-invalid` */
export const parseHeaderFlag = (typed: string): HeaderSetting => parseHeader(typed);

/** Safe to print: a value that is a credential is left to be filled in. */
export function headerText({ name, value }: HeaderSetting): string {
	return `${name}: ${value.kind !== 'text' || isConfidential(name) ? '…' : value.text}`;
}
