import { judge } from '../delivery/judge.ts';
import { millis } from '../model/duration.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Lab } from './lab.ts';
import type { Rule } from './rule.ts';
import { runCase } from './run-case.ts';

/** Asks the receiver for a sign of life: a plain callback about an order that nobody made. */
export interface Pulse {
	/** Nobody listened when the pulse was first taken. */
	readonly isGone: boolean;
	/** @returns what is wrong, or undefined; a receiver that its supervisor starts again gets a moment */
	illness(): Promise<Illness | undefined>;
}

export interface Illness {
	readonly told: string;
	/** Nobody listens any more. */
	readonly isGone: boolean;
}

const rule: Rule = { id: 'pulse', title: '', level: 'should', why: '', hint: '', source: null, cases: () => [] };
const pauses = [50, 1_000];

/** @param lab takes the receiver's health as it is now for its normal one */
export async function pulseOf(lab: Lab): Promise<Pulse> {
	const strangers: Lab = { ...lab, probe: undefined, orders: lab.orders.forStrangers() };
	const sign = async (): Promise<Outcome | undefined> => {
		const given = { about: 'a sign of life', steps: [{ event: lab.subject.success }], answer: 'survived' } as const;
		const run = await runCase(rule, given, 'pulse', strangers, { late: false, isVolatile: () => false });
		return run.steps[0]?.results[0]?.outcome;
	};
	const normal = await sign();
	const crashesAnyway = normal?.kind === 'answered' && normal.status >= 500;
	return {
		isGone: normal?.kind === 'unreachable',
		async illness() {
			for (let attempt = 0; ; attempt++) {
				const outcome = await sign();
				if (outcome === undefined) return undefined;
				const isWell = outcome.kind === 'answered' && (outcome.status < 500 || crashesAnyway);
				if (isWell) return undefined;
				const pause = pauses[attempt];
				if (pause === undefined) {
					const told =
						outcome.kind === 'answered'
							? `answered ${outcome.status} to a plain callback`
							: `did not answer a plain callback: ${judge(lab.subject.message.acknowledge, outcome).reason}`;
					return { told, isGone: outcome.kind === 'unreachable' };
				}
				await lab.clock.sleep(millis(pause), lab.signal);
			}
		},
	};
}
