import { own } from '../model/own.ts';
import type { Reference } from '../model/settings.ts';
import type { Project } from './project.ts';
import { referenceIn } from './reference.ts';

/** Where a credential lies, or undefined. */
export function projectCredential(
	{ value, folder }: Project,
	provider: string,
	name: string,
): Reference | undefined {
	const source = own(own(value.credentials ?? {}, provider) ?? {}, name);
	return source === undefined ? undefined : referenceIn(source, folder);
}
