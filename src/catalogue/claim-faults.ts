import type { Violation } from '../documents/violation.ts';
import type { ProviderFile } from '../model/provider.ts';

const trusts = ['documented', 'observed', 'assumed'];

/** A claim says one of three words, and names a source unless nobody says it. */
export function* claimFaults(
	claims: Readonly<Record<string, readonly (string | null)[]>>,
	provider: ProviderFile,
): Generator<Violation> {
	for (const [about, [trust, source]] of Object.entries(claims)) {
		const pointer = `/${about}`;
		if (trust == null || !trusts.includes(trust))
			yield { pointer, what: `says "${trust}", not ${trusts.join(', ')}` };
		else if (trust !== 'assumed' && source == null)
			yield { pointer, what: `is ${trust} but names no source` };
		else if (source != null && !Object.hasOwn(provider.sources, source)) {
			yield { pointer, what: `names the source "${source}", which is not under "sources"` };
		}
	}
}
