import { type PreparedFire, prepareFire } from '../../engine/fire.ts';
import { Problem } from '../../model/problem.ts';
import { told } from '../../model/words.ts';
import { flagWords } from '../options/words.ts';
import { painterFor } from '../paint.ts';
import { problemText } from '../problem-text.ts';
import { columnsOf } from '../screen.ts';
import { settingsFor } from './picked-settings.ts';
import type { Picks } from './picks.ts';
import { previewLines } from './preview-text.ts';
import type { PickerContext } from './walk.ts';

/** Of the menu below, with its trail, and of the lines between. */
const menuRows = 13;

/** What would be sent, or what is wrong with it. */
export async function preparePicked(
	picks: Picks,
	picker: PickerContext,
): Promise<PreparedFire | Problem> {
	const { what, to } = picks;
	if (what?.kind !== 'event' || to === undefined) throw new Error('an event has a preview');
	try {
		const settings = settingsFor(picks, picker);
		return await prepareFire([{ event: what.event, to, settings }], picker.here.context);
	} catch (error) {
		if (error instanceof Problem) return error;
		throw error;
	}
}

export function show(fire: PreparedFire | Problem, { here, flags }: PickerContext): void {
	const { context } = here;
	const { stderr, mask, clock } = context;
	if (fire instanceof Problem) {
		stderr.write(problemText(fire));
		return;
	}
	const look = { paint: painterFor(stderr, context, flags.color), mask, now: clock.now() };
	for (const item of fire.composed) {
		const warnings = item.warnings.map((text) => `warning: ${told(text, flagWords)}`);
		const rows = (stderr.rows || 24) - menuRows - warnings.length;
		const lines = previewLines(item, look, { columns: columnsOf(stderr) ?? 80, rows });
		stderr.write(`\n${[...lines, ...warnings].join('\n')}\n\n`);
	}
}
