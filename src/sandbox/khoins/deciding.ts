import { own } from '../../model/own.ts';
import type { Order } from '../order.ts';
import { type Box, Refusal, UnknownOutcome } from '../provider.ts';
import { facts } from './facts.ts';

export type Kind = keyof typeof facts.states;

/** How something ended. */
export interface Decided {
	/** KHOINS' word for it. */
	readonly state: string;
	/** Epoch milliseconds. */
	readonly at: number;
	/** Of the deposit, when it had happened. */
	readonly balance: number;
}

interface Decidable {
	readonly decided?: Decided | undefined;
}

const outcomesOf = (kind: Kind): Record<string, string> => facts.states[kind].outcomes;

export const stateOf = ({ kind, data }: Order<Decidable>): string =>
	data.decided?.state ?? facts.states[kind as Kind].open;

/** Those that can be decided now: a word for each state. */
export function openOutcomes({ kind, data }: Order<Decidable>): string[] {
	if (data.decided !== undefined) return [];
	const all = Object.entries(outcomesOf(kind as Kind));
	const first = all.filter(([, state], at) => all.findIndex(([, other]) => other === state) === at);
	return [...first.map(([outcome]) => outcome), 'never'];
}

/** It stays as it is, and nobody is told. */
export const isLeft = (outcome: string): boolean => ['never', 'pending'].includes(outcome);

/** What is final stays. @throws Refusal */
export function stateAfter(order: Order<Decidable>, outcome: string): string {
	const state = own(outcomesOf(order.kind as Kind), outcome);
	if (state === undefined) throw new UnknownOutcome();
	refuseDecided(order);
	return state;
}

function refuseDecided({ kind, data }: Order<Decidable>): void {
	if (data.decided !== undefined) throw new Refusal(`the ${kind} is ${data.decided.state} already`);
}

/** Nothing comes by itself any more. @throws Refusal */
export function leave(order: Order<Decidable>, box: Box): void {
	refuseDecided(order);
	box.save({ ...order, next: [] }, { what: 'control', text: 'it stays as it is' });
}

/** What happens where nobody says anything else. */
export const usualOutcome = ({ settings }: Box, byInput?: string): string =>
	settings.outcome ?? byInput ?? (settings.isAsked ? 'ask' : 'success');

/**
 * Where nobody decides, it is decided after the sandbox's delay; without one before the answer
 * leaves, which is the race that shops lose.
 * @param act decides, and resolves when the callback has been tried once
 */
export async function alone<D>(
	order: Order<D>,
	outcome: string,
	box: Box,
	act: (order: Order<D>, outcome: string) => Promise<void>,
): Promise<void> {
	if (outcome === 'ask' || isLeft(outcome)) return;
	const { delay } = box.settings;
	if (delay === 0) return box.moment(act(order, outcome));
	const at = box.now() + delay;
	const planned = { id: `${order.id} settle`, at, action: 'settle', with: outcome };
	box.save({ ...order, next: [...order.next, planned] });
}
