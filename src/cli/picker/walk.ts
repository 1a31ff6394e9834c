import type { Settings } from '../../model/settings.ts';
import type { CommandContext } from '../command-context.ts';
import type { FireFlags } from '../options/fire-flags.ts';
import { folderFor } from '../recorder.ts';
import { type Asker, type Back, back } from './asker.ts';
import type { Memory } from './memory.ts';
import { projectFolder, readMemory } from './memory-file.ts';
import type { Picks, SentOrder } from './picks.ts';

/** What every question may know. */
export interface PickerContext {
	readonly asker: Asker;
	readonly here: CommandContext;
	readonly flags: FireFlags;
	/** What the flags say. */
	readonly given: Settings;
	/** Where choices are kept; undefined where nothing is. */
	readonly folder: string | undefined;
	/** The folder that choices are kept for. */
	readonly project: string;
	/** What was chosen last in this project. */
	memory: Memory | undefined;
	/** Provider → the order that was sent last from here. */
	readonly orders: Map<string, SentOrder>;
}

export function pickerContext(
	asker: Asker,
	here: CommandContext,
	flags: FireFlags,
	given: Settings,
): PickerContext {
	const { context } = here;
	const folder = folderFor(flags, context);
	const project = projectFolder(here.project.path, context.cwd);
	const memory = readMemory(folder, project);
	return { asker, here, flags, given, folder, project, memory, orders: new Map() };
}

/** What a question came to; one that had nothing to ask is no step back to go to. */
export type Went = Back | { readonly picks: Picks; readonly isAsked: boolean };
export type Step = (picks: Picks, picker: PickerContext) => Promise<Went>;

export const asked = (picks: Picks): Went => ({ picks, isAsked: true });
export const known = (picks: Picks): Went => ({ picks, isAsked: false });

/** Questions one after the other, and one step back wherever that is wanted. */
export class Walk {
	readonly #steps: readonly Step[];
	readonly #picker: PickerContext;
	readonly #asked: { readonly at: number; readonly picks: Picks }[] = [];

	constructor(steps: readonly Step[], picker: PickerContext) {
		this.#steps = steps;
		this.#picker = picker;
	}

	/** @returns `back` from the first question */
	async forward(picks: Picks, at = 0): Promise<Picks | Back> {
		const step = this.#steps[at];
		if (step === undefined) return picks;
		const went = await step(picks, this.#picker);
		if (went === back) return this.backward();
		if (went.isAsked) this.#asked.push({ at, picks });
		return this.forward(went.picks, at + 1);
	}

	/** To the question that was answered last. */
	async backward(): Promise<Picks | Back> {
		const before = this.#asked.pop();
		return before === undefined ? back : this.forward(before.picks, before.at);
	}
}
