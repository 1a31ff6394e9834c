import { carriesRole } from '../compose/carries.ts';
import { Problem } from '../model/problem.ts';
import { filledAccess } from '../order/access.ts';
import type { OrderNames } from '../order/order.ts';
import type { PreparedStep } from './prepare-step.ts';
import { rehearseStep } from './rehearse.ts';
import { Counter } from './run-ports.ts';
import type { ScenarioRun } from './scenario-run.ts';

/**
 * Makes the order of a step, unless an earlier step was about it already.
 *
 * @throws Problem `setup-failed`
 */
export async function makeOrder(
	{ order, shop, setup: access }: PreparedStep,
	run: ScenarioRun,
): Promise<void> {
	if (access === undefined || order.reference === '') return;
	if (run.made.has(order.reference)) return refuseUnmade(order, run.made.get(order.reference));
	const whole = { ...order, amount: order.amount === '' ? await amountOf(run) : order.amount };
	run.made.set(order.reference, undefined);
	const why = await shop.make(filledAccess(access, whole), whole);
	run.made.set(order.reference, why);
	refuseUnmade(order, why);
}

/** Later steps about the same order say it, too: the receiver cannot know their order. */
function refuseUnmade(order: OrderNames, why: string | undefined): void {
	if (why === undefined) return;
	throw new Problem('setup-failed', `the order ${order.reference} could not be made: ${why}`, {
		hint: 'Check how it is made: setup, in the scenario or beside it.',
	});
}

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
