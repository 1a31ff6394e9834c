import { choicesOf } from '../../compose/options.ts';
import { prepareFire } from '../../engine/fire.ts';
import type { CallbackEvent } from '../../model/provider.ts';
import type { ExitCode } from '../../model/run-event.ts';
import type { Settings } from '../../model/settings.ts';
import type { CheckFlags } from '../options/check-flags.ts';
import { runLine, word } from '../options/print.ts';
import type { RunFlags } from '../options/run-flags.ts';
import type { Next } from './ask-next.ts';
import { chosenOrder } from './ask-order.ts';
import { askKeys } from './ask-ways.ts';
import { type Back, back } from './asker.ts';
import { equalLine } from './equal-line.ts';
import { statusSearch } from './offer-events.ts';
import { passedOn } from './passed-on.ts';
import { settingsFor } from './picked-settings.ts';
import { type Picks, trailOf } from './picks.ts';
import type { PickerContext } from './walk.ts';

/** What is sent next: the picks of before, changed by what was asked for. @throws Problem */
export async function nextPicks(
	next: Next,
	picks: Picks,
	picker: PickerContext,
): Promise<Picks | Back> {
	switch (next.kind) {
		case 'again':
			return picks;
		case 'duplicate':
			return sentAs(picks, { ...saidIn(picks), duplicate: 2 }, picker);
		case 'life':
			return anew(continuing(next.next.event, next.next.newAttempt, picks, picker), picker);
		case 'status': {
			const events = picker.here.catalogue.events.filter(
				({ provider }) => provider.id === picks.provider?.id,
			);
			const event = await picker.asker.find({
				...{ message: 'Status', trail: trailOf(picks) },
				...statusSearch(events),
			});
			return event === back ? back : anew(continuing(event, false, picks, picker), picker);
		}
		case 'order': {
			const order = await chosenOrder({ ...picks, order: undefined }, picker);
			return order === back ? back : anew({ ...picks, order, newAttempt: false }, picker);
		}
		case 'key': {
			if (picks.what?.kind !== 'event') return picks;
			const keys = await askKeys(picks.what.event, picks, picker);
			if (keys === back) return back;
			// The same order, as if it had been signed rightly at once.
			return sentAs({ ...picks, keys }, { ...saidIn(picks), credentials: keys }, picker);
		}
		default:
			throw new Error(`${next.kind} sends nothing`);
	}
}

const saidIn = ({ fire }: Picks): Settings => fire?.said[0] ?? {};

const anew = (picks: Picks, picker: PickerContext): Promise<Picks> =>
	sentAs(picks, settingsFor(picks, picker), picker);

async function sentAs(picks: Picks, settings: Settings, picker: PickerContext): Promise<Picks> {
	const { what, to } = picks;
	if (what?.kind !== 'event' || to === undefined) throw new Error('an event is sent to a target');
	const fire = await prepareFire([{ event: what.event, to, settings }], picker.here.context);
	return { ...picks, fire };
}

/** Another event about the order that was sent last, under the options that it has as well. */
function continuing(
	event: CallbackEvent,
	newAttempt: boolean,
	picks: Picks,
	{ orders }: PickerContext,
): Picks {
	const order = orders.get(event.provider.id);
	const has = Object.values(choicesOf(event.message)).flat();
	return {
		...picks,
		what: { kind: 'event', event },
		order: order === undefined ? { kind: 'new' } : { kind: 'known', order },
		...{ amount: undefined, set: [], newAttempt },
		ways: { options: picks.ways.options.filter((option) => has.includes(option)), faults: [] },
	};
}

export async function runScenario(picks: Picks, picker: PickerContext): Promise<ExitCode> {
	if (picks.what?.kind !== 'scenario' || picks.to === undefined) return 0;
	const { id } = picks.what.scenario;
	const { context } = picker.here;
	picker.asker.close();
	const { runCommand } = await import('../run.ts');
	const code = await runCommand([id], passedOn(picker.flags, picks) as RunFlags, context);
	context.stderr.write(`\n${equalLine(runLine(id, picks.to), context.stderr)}\n`);
	return code;
}

export async function checkReceiver(picks: Picks, picker: PickerContext): Promise<ExitCode> {
	const { provider, to } = picks;
	if (provider === undefined || to === undefined) return 0;
	const { context } = picker.here;
	picker.asker.close();
	const { check } = await import('../check.ts');
	const code = await check(provider.id, passedOn(picker.flags, picks) as CheckFlags, context);
	const line = `callsim check ${provider.id} --to ${word(to.href)}`;
	context.stderr.write(`\n${equalLine(line, context.stderr)}\n`);
	return code;
}
