import type { Planned } from '../order.ts';
import { type Box, Refusal } from '../provider.ts';
import { callBack } from './callback.ts';
import { facts } from './facts.ts';
import { balanceOf, costOf } from './money.ts';
import {
	changed,
	codeOfAccount,
	isNext,
	type Next,
	nextFor,
	outcomesOf,
	type State,
	stateOf,
	type Transfer,
	type TransferOrder,
	toldAt,
	wayTo,
} from './transfer.ts';

/** What a change leaves behind: the order, and what resolves when its callback has been tried. */
export interface Changed {
	readonly order: TransferOrder;
	readonly told: Promise<void>;
}

/** A change of state, and its callback. @throws Refusal */
export function become(order: TransferOrder, next: Next, box: Box): Changed {
	const now = box.now();
	const saved = box.save({ ...order, data: changed(order.data, next, now, box.settings.delay) });
	return { order: saved, told: callBack(saved, box, toldAt(saved.data) - now) };
}

/** Somebody decides: every state on the way is passed, and called back. @throws Refusal */
export async function decide(order: TransferOrder, outcome: string, box: Box): Promise<void> {
	const from = stateOf(order.data);
	if (outcome === 'never') {
		if (!outcomesOf(order.data).includes('never')) throw new Refusal(`it is ${from} already`);
		box.save({ ...order, next: [] }, { what: 'control', text: 'it stays as it is' });
		return;
	}
	const next = nextFor(outcome);
	const way = wayTo(from, next.state);
	if (way === undefined) throw new Refusal(`it is ${from}: it cannot become ${next.state}`);
	if (way.length === 0) throw new Refusal(`it is ${from} already`);
	if (way.includes('confirmed') && costOf(order.data) > balanceOf(box))
		throw new Refusal(
			`${facts.texts.funds.text}: it costs IDR ${costOf(order.data)}, there are ${balanceOf(box)}`,
		);
	await pass({ ...order, next: [] }, way, next, box);
}

/** One state after the other, as long as nobody else decides meanwhile. */
async function pass(
	order: TransferOrder,
	way: readonly State[],
	{ code }: Pick<Next, 'code'>,
	box: Box,
): Promise<void> {
	box.save(order);
	for (const state of way) {
		const now = box.order<Transfer>(order.id);
		if (now === undefined || !isNext(now.data, state)) return;
		const { told } = become(now, { state, code }, box);
		// Without a delay it arrives before whatever it was that led to it is answered.
		if (box.settings.delay === 0) await box.moment(told);
	}
}

/** What the bank does by itself with a transfer that is confirmed, where nobody decides. */
export async function processAlone(order: TransferOrder, box: Box): Promise<void> {
	const outcome = outcomeOf(order.data, box);
	const way = outcome === undefined ? undefined : wayTo('confirmed', nextFor(outcome).state);
	if (way === undefined) return;
	const { delay } = box.settings;
	if (delay === 0) return pass(order, way, {}, box);
	const { submittedMs, finalMs } = facts.rules.confirmed;
	const next = way.map(
		(state, count): Planned => ({
			id: `${order.id} ${state}`,
			at: box.now() + delay + (count === 0 ? submittedMs : finalMs),
			action: 'become',
			with: state,
		}),
	);
	box.save({ ...order, next });
}

/** What was planned has come: the delay is over, too. */
export async function comesDue(order: TransferOrder, state: string, box: Box): Promise<void> {
	const next = nextFor(state);
	if (!isNext(order.data, next.state)) return;
	const saved = box.save({ ...order, data: changed(order.data, next, box.now(), 0) });
	await callBack(saved, box, 0);
}

function outcomeOf({ account }: Transfer, { settings }: Box): string | undefined {
	const { outcome, isAsked } = settings;
	if (outcome !== undefined) return outcome === 'never' ? undefined : outcome;
	if (codeOfAccount(account) !== undefined) return 'failed';
	return isAsked ? undefined : 'success';
}
