import { Problem } from '../../model/problem.ts';
import type { ExitCode } from '../../model/run-event.ts';
import type { CliContext } from '../cli-context.ts';
import { commandContext } from '../command-context.ts';
import type { FireFlags } from '../options/fire-flags.ts';
import { readSettings } from '../options/settings-flags.ts';
import { problemText } from '../problem-text.ts';
import { checkReceiver, nextPicks, runScenario } from './actions.ts';
import { askAmount } from './ask-amount.ts';
import { askEvent } from './ask-event.ts';
import { askNext, type Next } from './ask-next.ts';
import { askOrder } from './ask-order.ts';
import { askPreview } from './ask-preview.ts';
import { askProvider } from './ask-provider.ts';
import { askTarget } from './ask-target.ts';
import { askUsual } from './ask-usual.ts';
import { askWays } from './ask-ways.ts';
import { type Back, back, Left } from './asker.ts';
import { askerFor } from './asker-for.ts';
import { nothingPicked, type Picks } from './picks.ts';
import { saveScenario } from './save-scenario.ts';
import type { SavedStep } from './scenario-text.ts';
import { remember, type Sent, send } from './send.ts';
import { type PickerContext, pickerContext, Walk } from './walk.ts';

const steps = [
	...[askProvider, askEvent, askTarget, askUsual],
	...[askOrder, askAmount, askWays, askPreview],
];

/** What happened at the provider, where it goes, about which order; sent, and what comes next. */
export async function picker(flags: FireFlags, outer: CliContext): Promise<ExitCode> {
	const here = await commandContext(flags, outer);
	const asker = askerFor(here.context, flags.color);
	const picker = pickerContext(asker, here, flags, readSettings(flags));
	try {
		return await pick(picker);
	} catch (error) {
		if (error instanceof Left) return error.exitCode;
		throw error;
	} finally {
		asker.close();
	}
}

async function pick(picker: PickerContext): Promise<ExitCode> {
	let walk = new Walk(steps, picker);
	let picks = await walk.forward(nothingPicked);
	for (;;) {
		if (picks === back) return 130;
		const went = await sendOn(picks, picker);
		if (typeof went === 'number') return went;
		if (went === back) picks = await walk.backward();
		else {
			walk = new Walk(steps, picker);
			picks = await walk.forward(nothingPicked);
		}
	}
}

/** Sends, and whatever comes after it. @returns how it ended, or where to go on */
async function sendOn(first: Picks, picker: PickerContext): Promise<ExitCode | Back | 'else'> {
	let picks = first;
	const sent: { reference: string | undefined; step: SavedStep }[] = [];
	let { code, helps } = await deliver(picks, picker);
	sent.push(...stepOf(picks));
	for (;;) {
		if (code >= 128) return code;
		const next = await askNext(picks, helps, picker);
		if (next === back) return back;
		switch (next.kind) {
			case 'quit':
				return code;
			case 'else':
				return 'else';
			case 'check': {
				const checked = await checkReceiver(picks, picker);
				if (checked >= 128) return checked;
				break;
			}
			case 'save': {
				const reference = referenceIn(picks);
				const steps = sent.filter((one) => one.reference === reference).map(({ step }) => step);
				await saveScenario(steps, picks, picker);
				break;
			}
			default: {
				const going = await goingOn(next, picks, picker);
				if (going === back) break;
				picks = going;
				({ code, helps } = await deliver(picks, picker));
				sent.push(...stepOf(picks));
			}
		}
	}
}

/** `back` where nothing comes of it: the menu is asked again. */
async function goingOn(next: Next, picks: Picks, picker: PickerContext): Promise<Picks | Back> {
	if (picks.what?.kind === 'scenario') return picks;
	try {
		return await nextPicks(next, picks, picker);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		picker.here.context.stderr.write(problemText(error));
		return back;
	}
}

async function deliver(picks: Picks, picker: PickerContext): Promise<Sent> {
	if (picks.fire !== undefined) return send(picks.fire, picks, picker);
	const code = await runScenario(picks, picker);
	remember(picks, picker);
	return { code, helps: undefined };
}

const referenceIn = ({ fire }: Picks) => fire?.composed[0]?.order?.reference;

function stepOf(picks: Picks): { reference: string | undefined; step: SavedStep }[] {
	const { fire, set, amount } = picks;
	const [item] = fire?.composed ?? [];
	const [said = {}] = fire?.said ?? [];
	if (item === undefined) return [];
	const { variants, encoding, auth, tamper, unsigned, wrongKey, duplicate, newAttempt } = said;
	const settings = { variants, encoding, auth, amount, set, tamper, unsigned, wrongKey };
	return [
		{
			reference: referenceIn(picks),
			step: { event: item.event.id, settings: { ...settings, duplicate, newAttempt } },
		},
	];
}
