import type { BurstKind } from '../burst/callback-source.ts';
import { compose } from '../compose/compose.ts';
import { type Credentials, credentialsFor } from '../compose/credentials.ts';
import { choose } from '../compose/options.ts';
import { Secret, wrongKeyText } from '../model/secret.ts';
import { type ComposeOrder, credentialSources, headersOf } from '../settings/composing.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { scheduleFor } from '../settings/schedule-for.ts';
import { shapingOf } from '../settings/shaping.ts';
import { userAgentOf } from '../settings/user-agent.ts';

/** One event of a burst: files are read and credentials found once, for all its callbacks. */
export async function burstKind(
	{ event, to, settings }: ComposeOrder,
	context: EngineContext,
): Promise<BurstKind> {
	const shaping = { ...(await shapingOf(settings, context)), fresh: true };
	const credentials = credentialsFor(event.provider, credentialSources(settings, context));
	const chosen = choose(event, {
		named: shaping.variants ?? [],
		of: { encoding: shaping.encoding, auth: shaping.auth },
	});
	const rule = shaping.unsigned === true ? undefined : chosen.message.signature;
	const key = () =>
		shaping.wrongKey === true ? wrongKeyText : rule?.key && credentials(rule.key).key();
	const shared = {
		target: to,
		returnTo: settings.returnTo,
		credentials: written(credentials),
		headers: headersOf(settings, context),
		userAgent: userAgentOf(context),
	};
	return {
		event: event.id,
		message: chosen.message,
		schedule: scheduleFor(chosen, settings.retry ?? { kind: 'none' }),
		signing: rule !== undefined && 'field' in rule.into ? { rule, key: key() ?? '' } : undefined,
		composer: (draws) => (characters, now) =>
			compose(event, shaping, { ...shared, now, random: draws.random(characters) }),
	};
}

/** The signed text is wanted as it is signed; nothing of it is shown. */
const written =
	(credentials: Credentials): Credentials =>
	(name) => {
		const secret = credentials(name);
		return new Secret(name, secret.reveal(), 'simulator', secret.form);
	};
