import type { Composed } from '../compose/compose.ts';
import { environmentName } from '../compose/credentials.ts';
import type { ProviderFile } from '../model/provider.ts';
import type { Settings } from '../model/settings.ts';
import type { HintContext } from '../report/text/hints.ts';
import { scheduleFor } from '../settings/schedule-for.ts';
import type { CliContext } from './cli-context.ts';

/** The tool says when it signed with its own key: a refusal would be puzzling otherwise. */
export function simulatorNote(composed: readonly Composed[]): string[] {
	const names = new Set(
		composed
			.filter(
				({ credentials, faults }) => credentials === 'simulator' && !faults.includes('wrong-key'),
			)
			.flatMap(environmentNames),
	);
	return names.size === 0
		? []
		: [`note: signed with callsim's own simulator key (${[...names].join(', ')} not set)`];
}

export function hintContext(
	item: Composed,
	{ rawBody, returnTo, retry }: Pick<Settings, 'rawBody' | 'returnTo' | 'retry'>,
	context: Pick<CliContext, 'insideContainer'>,
): HintContext {
	const { provider, file } = item.event;
	return {
		provider: provider.id,
		message: item.message,
		name: file.message,
		usual: usualOf(provider),
		reference: item.order?.reference,
		credentials: item.credentials,
		target: item.request.url,
		faults: item.faults,
		raw: rawBody !== undefined,
		isSentOnce: retry?.kind === 'none',
		canWait: true,
		schedule: scheduleFor(item, retry),
		isReturnNamed: returnTo !== undefined,
		hasAnsweredChallenge: false,
		insideContainer: context.insideContainer(),
		environmentNames: environmentNames(item),
	};
}

function environmentNames({ event }: Composed): string[] {
	return Object.keys(event.provider.credentials).map((name) =>
		environmentName(event.provider.id, name),
	);
}

/** The message of the event that settles an order, which begins with the message's name. */
function usualOf({ messages, lifecycle }: ProviderFile): HintContext['usual'] {
	const name = Object.keys(messages).find((one) => lifecycle?.success.startsWith(`${one}-`));
	const message = name === undefined ? undefined : messages[name];
	return name === undefined || message === undefined ? undefined : { name, message };
}
