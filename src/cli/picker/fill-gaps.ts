import type { CallbackEvent } from '../../model/provider.ts';
import type { Settings } from '../../model/settings.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandContext } from '../command-context.ts';
import type { FireFlags } from '../options/fire-flags.ts';
import { fireLine } from '../options/print.ts';
import { askEventAlone } from './ask-event.ts';
import { askProvider } from './ask-provider.ts';
import { anotherTarget } from './ask-target.ts';
import { type Asker, type Back, back, Left } from './asker.ts';
import { askerFor } from './asker-for.ts';
import { equalLine } from './equal-line.ts';
import { nothingPicked, type Picks } from './picks.ts';
import { type PickerContext, pickerContext, Walk } from './walk.ts';

export interface FilledGaps {
	readonly events: readonly CallbackEvent[];
	readonly to: URL;
}

/** Asks for what a `fire` lacks, and prints the line without questions. A number: they left. */
export async function fillGaps(
	events: readonly CallbackEvent[],
	settings: Settings,
	targetOf: (event: CallbackEvent) => URL | undefined,
	flags: FireFlags,
	here: CommandContext,
): Promise<FilledGaps | Left['exitCode']> {
	const asker: Asker = askerFor(here.context, flags.color);
	try {
		const picker = { ...pickerContext(asker, here, flags, settings), memory: undefined };
		const chosen = events.length > 0 ? events : await eventFor(picker);
		const [first] = chosen === back ? [] : chosen;
		if (chosen === back || first === undefined) return 130;
		const what = { kind: 'event', event: first } as const;
		const to =
			targetOf(first) ??
			(await anotherTarget({ ...nothingPicked, provider: first.provider, what }, picker));
		if (to === back) return 130;
		printLine(chosen, { ...settings, to }, here.context);
		return { events: chosen, to };
	} catch (error) {
		if (error instanceof Left) return error.exitCode;
		throw error;
	} finally {
		asker.close();
	}
}

async function eventFor(picker: PickerContext): Promise<readonly CallbackEvent[] | Back> {
	const picks: Picks | Back = await new Walk([askProvider, askEventAlone], picker).forward(
		nothingPicked,
	);
	if (picks === back || picks.what?.kind !== 'event') return back;
	return [picks.what.event];
}

const printLine = (
	events: readonly CallbackEvent[],
	settings: Settings,
	{ stderr }: CliContext,
) => {
	const ids = events.map(({ id }) => id);
	stderr.write(equalLine(fireLine(ids, settings), stderr));
};
