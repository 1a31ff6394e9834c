import type { Catalogue } from '../catalogue/catalogue.ts';
import { fireLine } from '../engine/command-line.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { CliContext } from './cli-context.ts';
import { askEvent, askTarget, isPromptExit } from './prompts.ts';

export interface FilledGaps {
	readonly events: readonly CallbackEvent[];
	readonly to: string;
}

/** Asks for what a `fire` lacks, and prints the command line that would not have asked. Undefined when the user leaves. */
export async function fillGaps(
	catalogue: Catalogue,
	events: readonly CallbackEvent[],
	flags: DeliveryFlags,
	targetOf: (event: CallbackEvent) => string | undefined,
	context: CliContext,
): Promise<FilledGaps | undefined> {
	try {
		const chosen = events.length > 0 ? events : [await askEvent(catalogue, context)];
		const [first] = chosen;
		const to = (first === undefined ? undefined : targetOf(first)) ?? (await askTarget(undefined, context));
		const ids = chosen.map(({ id }) => id);
		context.stderr.write(`the same without questions: ${fireLine(ids, to, flags)}\n`);
		return { events: chosen, to };
	} catch (error) {
		if (isPromptExit(error)) return undefined;
		throw error;
	}
}
