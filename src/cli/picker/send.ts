import { type FirePorts, fireDeliveries, type PreparedFire } from '../../engine/fire.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { ExitCode } from '../../model/run-event.ts';
import { fireLine } from '../options/print.ts';
import { Recorder } from '../recorder.ts';
import { runDeliveries } from '../run-deliveries.ts';
import { equalLine } from './equal-line.ts';
import { type Memory, remembered } from './memory.ts';
import { writeMemory } from './memory-file.ts';
import { nameOf } from './offer-events.ts';
import type { Picks } from './picks.ts';
import type { PickerContext } from './walk.ts';
import { type Helps, whatHelps } from './what-helps.ts';

/** What a delivery came to, and what helps with its last answer. */
export interface Sent {
	readonly code: ExitCode;
	readonly helps: Helps;
}

/** Delivers what was prepared, keeps it, and prints the line that would do the same. */
export async function send(fire: PreparedFire, picks: Picks, picker: PickerContext): Promise<Sent> {
	const { here, flags, asker } = picker;
	const { context } = here;
	const ids = fire.composed.map(({ event }) => event.id);
	asker.close();
	const recorder = new Recorder(flags, context);
	recorder.begin(fire.run, 'fire', `fire ${ids.join(' ')}`);
	recorder.plan(fire);
	let last: Outcome | undefined;
	async function* deliver(ports: FirePorts) {
		for await (const event of fireDeliveries(fire, context, ports)) {
			if (event.type === 'attempt') last = event.outcome;
			yield event;
		}
	}
	const input = { prepared: fire, flags, recorder, quietVerdict: true, deliver };
	const code = await runDeliveries(input, context);
	const line = fireLine(ids, fire.said[0] ?? {});
	context.stderr.write(`\n${equalLine(line, context.stderr)}\n`);
	keepOrder(fire, picker);
	remember(picks, picker);
	const [composed] = fire.composed;
	const isRefused = code === 1 && composed !== undefined;
	const said = fire.said[0] ?? {};
	return { code, helps: isRefused ? whatHelps(last, composed, said, context) : undefined };
}

/** What was told of the order stays over its life; a broken callback tells nothing. */
function keepOrder({ composed }: PreparedFire, { orders }: PickerContext): void {
	for (const { event, order, ids, faults } of composed) {
		const { reference, amount } = order ?? {};
		if (reference === undefined || faults.length > 0) continue;
		const { id } = event.provider;
		const before = orders.get(id);
		const same = before?.reference === reference ? before : undefined;
		orders.set(id, {
			reference,
			amount: amount ?? same?.amount,
			ids: { ...same?.ids, ...ids },
			sent: [...(same?.sent ?? []), nameOf(event.id)],
		});
	}
}

export function remember({ provider, what, to, ways }: Picks, picker: PickerContext): void {
	if (provider === undefined || what === undefined || to === undefined) return;
	const last: Omit<Memory, 'targets'> = {
		...{ provider: provider.id, kind: what.kind, options: ways.options },
		id: what.kind === 'event' ? what.event.id : what.scenario.id,
	};
	const { mask } = picker.here.context;
	picker.memory = remembered(picker.memory, last, to, mask);
	writeMemory(picker.folder, picker.project, picker.memory);
}
