import { carriesRole } from '../compose/carries.ts';
import { Problem } from '../model/problem.ts';
import { makeOrder as makeOrderAt } from '../order/make-order.ts';
import type { OrderNames } from '../order/order.ts';
import type { PreparedStep } from './prepare-step.ts';
import { rehearseStep } from './rehearse.ts';
import { Counter } from './run-ports.ts';
import type { ScenarioRun } from './scenario-run.ts';

/**
 * Makes the order of a step, unless an earlier step was about it already.
 * @returns whether its shop names it otherwise than the step, which must be prepared anew then
 * @throws Problem `setup-failed`; later steps about the same order say it, too, in place of sending
 * what the receiver cannot know
 */
export async function makeStepOrder(
	{ order, asked, shop, setup: access }: PreparedStep,
	run: ScenarioRun,
): Promise<boolean> {
	if (access === undefined || asked === '') return false;
	const making =
		run.made.get(asked) ??
		wholeOrder({ ...order, reference: asked }, run).then((whole) =>
			makeOrderAt(shop, access, whole),
		);
	run.made.set(asked, making);
	const made = await making;
	if (made.why !== undefined)
		throw new Problem('setup-failed', `the order ${asked} could not be made: ${made.why}`, {
			hint: 'Check how it is made: setup, in the scenario or beside it.',
		});
	if (made.reference !== asked) run.named.set(asked, made.reference);
	return made.reference !== order.reference;
}

/**
 * After which attempt of this step its order is made; undefined where it is there before.
 * @throws Problem `setup-failed`
 */
export function madeAfter(
	{ asked, setup: access }: PreparedStep,
	{ scenario, made }: ScenarioRun,
): number | undefined {
	const after = scenario.document.value.setup?.afterAttempt;
	if (after === undefined || access === undefined || made.has(asked)) return undefined;
	if (access.kind !== 'function' && access.reference !== undefined)
		throw new Problem(
			'setup-failed',
			`the order ${asked} is numbered by its shop when it is made`,
			{
				hint: 'Leave out afterAttempt: no callback can be about it before that.',
			},
		);
	return after;
}

const wholeOrder = async (order: OrderNames, run: ScenarioRun): Promise<OrderNames> => ({
	...order,
	amount: order.amount === '' ? await amountOf(run) : order.amount,
});

/** What the order costs: as the first callback says that names an amount. */
async function amountOf(run: ScenarioRun): Promise<string> {
	const quiet = { ...run, shared: { ...run.shared, seq: new Counter() } };
	for (const step of run.scenario.fires) {
		if (!carriesRole(step.event, 'amount')) continue;
		const { order } = await rehearseStep(step, quiet);
		if (order.amount !== '') return order.amount;
	}
	return '';
}
