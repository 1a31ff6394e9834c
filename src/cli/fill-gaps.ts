import type { Catalogue } from '../catalogue/catalogue.ts';
import { parseTarget } from '../delivery/target.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { Settings } from '../model/settings.ts';
import type { CliContext } from './cli-context.ts';
import { fireLine } from './options/print.ts';
import { askEvent, askTarget, isPromptExit } from './prompts.ts';

export interface FilledGaps {
	readonly events: readonly CallbackEvent[];
	readonly to: URL;
}

/** Asks for what a `fire` lacks, and prints the line without questions. Undefined: they left. */
export async function fillGaps(
	catalogue: Catalogue,
	events: readonly CallbackEvent[],
	settings: Settings,
	targetOf: (event: CallbackEvent) => URL | undefined,
	context: CliContext,
): Promise<FilledGaps | undefined> {
	try {
		const chosen = events.length > 0 ? events : [await askEvent(catalogue, context)];
		const [first] = chosen;
		const to =
			(first === undefined ? undefined : targetOf(first)) ??
			parseTarget(await askTarget(undefined, context));
		const ids = chosen.map(({ id }) => id);
		context.stderr.write(`the same without questions: ${fireLine(ids, { ...settings, to })}\n`);
		return { events: chosen, to };
	} catch (error) {
		if (isPromptExit(error)) return undefined;
		throw error;
	}
}
