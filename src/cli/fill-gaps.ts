import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { quoted } from '../report/request-text.ts';
import { askEvent, askTarget, isPromptExit } from './prompts.ts';
import type { World } from './world.ts';

/** Asks for what a `fire` lacks, and prints the command line that would not have asked. Undefined when the user leaves. */
export async function fillGaps(
	catalogue: Catalogue,
	events: readonly CallbackEvent[],
	to: string | undefined,
	world: World,
): Promise<{ events: readonly CallbackEvent[]; to: string } | undefined> {
	try {
		const chosen = events.length > 0 ? events : [await askEvent(catalogue, world)];
		const target = to ?? (await askTarget(undefined, world));
		world.stderr.write(
			`the same without questions: callsim fire ${chosen.map(({ id }) => id).join(' ')} --to ${quoted(target)}\n`,
		);
		return { events: chosen, to: target };
	} catch (error) {
		if (isPromptExit(error)) return undefined;
		throw error;
	}
}
