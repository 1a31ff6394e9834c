import { credentialsFor } from '../../compose/credentials.ts';
import { credentialNames } from '../../compose/credentials-used.ts';
import { choose } from '../../compose/options.ts';
import type { CallbackEvent } from '../../model/provider.ts';
import { Secret } from '../../model/secret.ts';
import type { CredentialSetting } from '../../model/settings.ts';
import { credentialSources } from '../../settings/composing.ts';
import { type Back, back } from './asker.ts';
import { wayOptions, withWay } from './offer-ways.ts';
import { saidFor } from './picked-settings.ts';
import { type Picks, trailOf } from './picks.ts';
import { asked, known, type PickerContext, type Step } from './walk.ts';

/** In which of its ways it is sent, whether it is broken, and whose key signs it. */
export const askWays: Step = async (picks, picker) => {
	const { what } = picks;
	if (what?.kind !== 'event' || picks.isQuick || picks.order?.kind === 'given') return known(picks);
	const { event } = what;
	for (let { ways, keys } = picks; ; ) {
		const isKeyAsked = usesSimulatorKey(event, ways.options, picker);
		const hasKey = isKeyAsked ? keys.length > 0 : undefined;
		const answer = await picker.asker.choose({
			...{ message: 'Sent', trail: trailOf(picks) },
			options: wayOptions(event, ways, hasKey, picks.amount),
		});
		if (answer === back) return back;
		if (answer.kind === 'go-on') return asked({ ...picks, ways, keys });
		if (answer.kind === 'key') {
			const typed = keys.length > 0 ? [] : await askKeys(event, picks, picker);
			if (typed !== back) keys = typed;
		} else ways = withWay(event, ways, answer);
	}
};

/** Every credential of the provider; typed, they are sent and forgotten. */
export async function askKeys(
	{ provider }: CallbackEvent,
	picks: Picks,
	picker: PickerContext,
): Promise<readonly CredentialSetting[] | Back> {
	const keys: CredentialSetting[] = [];
	for (const [name, { title }] of Object.entries(provider.credentials)) {
		const text = await picker.asker.line({
			...{ message: `${title} (not shown, not kept)`, trail: trailOf(picks), isMasked: true },
			wrongWith: (typed) => (typed === '' ? 'It is empty: paste it, or go back.' : undefined),
		});
		if (text === back) return back;
		const secret = new Secret(name, text, 'own');
		picker.here.context.learn([secret]);
		keys.push({ provider: undefined, name, source: { kind: 'value', secret } });
	}
	return keys;
}

/** Whether anything is signed, and nobody has named a key of their own. */
export function usesSimulatorKey(
	event: CallbackEvent,
	options: readonly string[],
	picker: PickerContext,
): boolean {
	const { message } = choose(event, { named: options, of: {} });
	const [first] = credentialNames(message, {});
	if (first === undefined) return false;
	const sources = credentialSources(saidFor(event, picker), picker.here.context);
	return credentialsFor(event.provider, sources)(first).origin === 'simulator';
}
