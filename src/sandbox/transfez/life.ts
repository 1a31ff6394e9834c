import type { Planned } from '../order.ts';
import { type Box, Refusal } from '../provider.ts';
import { callBack } from './callback.ts';
import { facts } from './facts.ts';
import { balanceOf, costOf } from './money.ts';
import {
	changed,
	codeOfAccount,
	type Next,
	nextFor,
	stateOf,
	type Transfer,
	type TransferOrder,
	wayTo,
} from './transfer.ts';

/** What a change leaves behind: the order, and what resolves when its callback has been tried. */
export interface Changed {
	readonly order: TransferOrder;
	readonly told: Promise<void>;
}

/** A change of state, and its callback. @param after sandbox milliseconds. @throws Refusal */
export function become(order: TransferOrder, next: Next, box: Box, after?: number): Changed {
	const data = changed(order.data, next, box.now());
	const saved = box.save({ ...order, data });
	return { order: saved, told: callBack(saved, box, after) };
}

/** Somebody decides: every state on the way is passed, and called back. @throws Refusal */
export async function decide(order: TransferOrder, outcome: string, box: Box): Promise<void> {
	if (outcome === 'never') {
		box.save({ ...order, next: [] }, { what: 'control', text: 'it stays as it is' });
		return;
	}
	const from = stateOf(order.data);
	const next = nextFor(outcome);
	const way = wayTo(from, next.state);
	if (way === undefined) throw new Refusal(`it is ${from}: it cannot become ${next.state}`);
	if (way.length === 0) throw new Refusal(`it is ${from} already`);
	if (way.includes('confirmed') && costOf(order.data) > balanceOf(box))
		throw new Refusal(
			`${facts.texts.funds.text}: it costs IDR ${costOf(order.data)}, there are ${balanceOf(box)}`,
		);
	const { delay } = box.settings;
	let at: TransferOrder = { ...order, next: [] };
	for (const [count, state] of way.entries()) {
		// One after the other, as a bank's steps are; all at once they would overtake each other.
		const spaced = delay + count * facts.rules.confirmed.submittedMs;
		const { order: now, told } = become(at, { ...next, state }, box, delay === 0 ? 0 : spaced);
		if (delay === 0) await box.moment(told);
		at = now;
	}
}

/** What the bank does by itself with a transfer that is confirmed, where nobody decides. */
export async function processAlone(order: TransferOrder, box: Box): Promise<void> {
	const outcome = outcomeOf(order.data, box);
	const way = outcome === undefined ? undefined : wayTo('confirmed', nextFor(outcome).state);
	if (way === undefined) return;
	const { delay } = box.settings;
	if (delay > 0) {
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
		return;
	}
	// Without a delay its callbacks leave before the answer to confirming does.
	for (const state of way) {
		const now = box.order<Transfer>(order.id);
		if (now === undefined || wayTo(stateOf(now.data), state)?.length !== 1) return;
		await box.moment(become(now, { state }, box, 0).told);
	}
}

function outcomeOf({ account }: Transfer, { settings }: Box): string | undefined {
	const { outcome, isAsked } = settings;
	if (outcome !== undefined) return outcome === 'never' ? undefined : outcome;
	if (isAsked) return undefined;
	return codeOfAccount(account) === undefined ? 'success' : 'failed';
}
