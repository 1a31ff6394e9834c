import type { MessageFile } from '../model/provider.ts';
import { credentialsIn } from '../model/template.ts';
import type { Credentials } from './credentials.ts';
import type { Shaping } from './shaping.ts';

/** The credentials that the request rests on, in the order in which a reader looks for them. */
export function credentialNames(
	message: MessageFile,
	shaping: Pick<Shaping, 'rawBody' | 'unsigned'>,
): string[] {
	const { signature, digest, headers } = message;
	const isSigned =
		shaping.unsigned !== true &&
		signature !== undefined &&
		!(shaping.rawBody !== undefined && 'field' in signature.into);
	const names = [
		...(isSigned && typeof signature.over === 'string' ? credentialsIn(signature.over) : []),
		...(isSigned && signature.key !== undefined ? [signature.key] : []),
		...Object.values(headers ?? {}).flatMap(credentialsIn),
		...(digest === undefined || shaping.unsigned === true
			? []
			: [digest.username, digest.password]),
	];
	return [...new Set(names)];
}

export function credentialsUsed(
	message: MessageFile,
	shaping: Shaping,
	credentials: Credentials,
): 'simulator' | 'own' | 'none' {
	const [first] = credentialNames(message, shaping);
	return first === undefined ? 'none' : credentials(first).origin;
}
