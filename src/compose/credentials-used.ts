import type { MessageFile } from '../model/provider.ts';
import { credentialsIn } from '../model/template.ts';
import type { Credentials } from './credentials.ts';
import type { Shaping } from './shaping.ts';

/** The credentials that the request rests on, in the order in which a reader would look for them. */
export function credentialNames(message: MessageFile, shaping: Pick<Shaping, 'rawBody' | 'unsealed'>): string[] {
	const { seal, digest, headers } = message;
	const isSealed =
		shaping.unsealed !== true && seal !== undefined && !(shaping.rawBody !== undefined && 'field' in seal.into);
	const names = [
		...(isSealed && typeof seal.over === 'string' ? credentialsIn(seal.over) : []),
		...(isSealed && seal.key !== undefined ? [seal.key] : []),
		...Object.values(headers ?? {}).flatMap(credentialsIn),
		...(digest === undefined || shaping.unsealed === true ? [] : [digest.username, digest.password]),
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
