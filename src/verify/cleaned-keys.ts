import { cleanedKey, flawsIn } from '../compose/key-flaws.ts';
import { Secret } from '../model/secret.ts';
import type { Verdict, VerdictContext } from './verdict.ts';

/**
 * The verdict under the configured keys; where those are damaged and would fit without what they
 * brought along, that is the cause.
 */
export async function withCleanedKeys(
	context: VerdictContext,
	judge: (context: VerdictContext) => Promise<Verdict>,
): Promise<Verdict> {
	const { credentials } = context;
	const damaged = Object.keys(context.provider.credentials)
		.map(credentials)
		.filter((secret) => secret.origin === 'own' && flawsIn(secret.reveal()).length > 0);
	if (damaged.length === 0) return judge(context);
	const cleaned = (name: string) => {
		const secret = credentials(name);
		return secret.origin === 'own'
			? new Secret(name, cleanedKey(secret.reveal()), 'own', secret.form)
			: secret;
	};
	// Whether either fits is told at once; looking for mistakes takes its time.
	const plain = await judge({ ...context, unexplained: true });
	const other = await judge({ ...context, credentials: cleaned, unexplained: true });
	if (plain.genuine || !other.genuine) return judge(context);
	const what = damaged
		.map((secret) => `${secret.name} has ${flawsIn(secret.reveal()).join(', ')}`)
		.join('; ');
	const explanation = `It is genuine under the key without what does not belong to it: ${what}.`;
	return { ...plain, cause: 'key-damaged', explanation, mistakes: [] };
}
