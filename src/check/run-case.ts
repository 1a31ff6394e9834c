import { seedFor } from '../compose/seeded-random.ts';
import type { AttemptResult } from '../delivery/attempt.ts';
import { named } from '../model/words.ts';
import type { Order } from '../order/order.ts';
import { absent, type State } from '../order/state.ts';
import type { CaseRun, RuleCase, StepRun } from './case.ts';
import type { CaseStep } from './case-step.ts';
import type { CheckContext } from './check-context.ts';
import { type ComposedStep as ComposedCallback, composeStep } from './compose-step.ts';
import type { LearnedEffects } from './learned-effects.ts';
import { sendWithLogin } from './login.ts';

/** What is known about the receiver when a case begins. */
export type ReceiverTraits = Pick<LearnedEffects, 'late' | 'isVolatile'>;

/**
 * Makes the order, sends the steps one after the other, and looks at the order before and after
 * each.
 * @param rule id of the rule whose case it is
 * @param key names the case within the run; ids and reference come from it
 */
export async function runCase(
	rule: string,
	given: RuleCase,
	key: string,
	context: CheckContext,
	traits: ReceiverTraits,
): Promise<CaseRun> {
	const pool = given.unknownOrder === true ? context.orders.forUnknownOrders() : context.orders;
	const drawn = pool.draw(key, given.amount ?? context.subject.amount ?? '', given);
	const nothing = { rule, case: given, steps: [] };
	if (drawn === undefined) {
		return {
			...nothing,
			order: { reference: '', amount: '', known: false, made: '' },
			trouble: `no order is left of the ${pool.named} that ${named('orders')} names: name more, or use ${named('setupUrl')}`,
		};
	}
	const run = { ...nothing, order: drawn };
	if (given.amount !== undefined && context.orders.isScarce) {
		return {
			...run,
			trouble: `the order would have to cost ${given.amount}: use ${named('setupUrl')} or ${named('setupCommand')}`,
		};
	}
	if (given.needsOrder === true && !drawn.known) {
		return {
			...run,
			trouble: `the receiver would have to know the order: use ${named('setupUrl')}, ${named('setupCommand')} or ${named('orders')}`,
		};
	}
	if (given.needsSetup === true && drawn.made === '') {
		return {
			...run,
			trouble: `the order must be made in between: use ${named('setupUrl')} or ${named('setupCommand')}`,
		};
	}
	const isMadeBetween = given.steps.some(({ orderAfter }) => orderAfter);
	const isNamed = given.prefix !== undefined && drawn.known;
	if (pool.numbersItself && (isMadeBetween || isNamed))
		return { ...run, trouble: 'the shop numbers its orders itself' };
	const { order, why } = isMadeBetween ? { order: drawn } : await pool.make(drawn);
	if (why !== undefined) return { ...run, trouble: `the order could not be set up: ${why}` };
	const composed: ComposedStep[] = [];
	for (const step of given.steps) {
		composed.push(await composeWithBeside(step, order, key, context));
	}
	const before = await readOrder(order, context);
	const steps =
		given.oneConnection === true
			? await sendTogether(given.steps, composed, context)
			: await sendInTurn(given.steps, composed, { order, before, context, traits });
	return { ...run, order, before, steps };
}

/** A step, and what goes beside it. */
interface ComposedStep extends ComposedCallback {
	readonly beside?: ComposedCallback | undefined;
}

async function composeWithBeside(
	step: CaseStep,
	order: Order,
	key: string,
	{ seed, subject, settings }: CheckContext,
): Promise<ComposedStep> {
	const made = (one: CaseStep) =>
		composeStep(one, order, seedFor(seed, `${key}:${one.ids ?? 1}`), subject, settings);
	const own = await made(step);
	if (step.beside === undefined) return own;
	const beside = await made(step.beside);
	return { ...own, beside, reproduce: `${own.reproduce} & ${beside.reproduce} & wait` };
}

function readOrder(order: Order, { probe }: CheckContext): Promise<State | undefined> {
	return probe === undefined ? Promise.resolve(undefined) : probe.read(order);
}

interface StepContext {
	readonly order: Order;
	readonly before: State | undefined;
	readonly context: CheckContext;
	readonly traits: ReceiverTraits;
}

async function sendInTurn(
	steps: readonly CaseStep[],
	composed: readonly ComposedStep[],
	stepContext: StepContext,
): Promise<StepRun[]> {
	const { order, context, traits } = stepContext;
	const runs: StepRun[] = [];
	let state = stepContext.before ?? absent;
	for (const [at, step] of steps.entries()) {
		const one = composed[at] as ComposedStep;
		const results = await sendStep(step, one, stepContext, at);
		// A set-up that fails here shows as an order that is still not there.
		if (step.orderAfter === true) await context.orders.make(order);
		const isLast = at === steps.length - 1;
		// The last look is taken at the end of the run; the one between two steps must not come too
		// early.
		const after = await lookBetween(results, isLast);
		if (after !== undefined) state = after;
		runs.push({
			step,
			results,
			values: one.values,
			rightSignature: one.rightSignature,
			after,
			reproduce: one.reproduce,
		});
	}
	return runs;

	async function lookBetween(
		results: readonly AttemptResult[],
		isLast: boolean,
	): Promise<State | undefined> {
		if (context.probe === undefined) return undefined;
		const accepted = results.some(
			({ outcome }) => outcome.kind === 'answered' && outcome.status < 400,
		);
		if (isLast || !accepted) return context.probe.read(order);
		return context.probe.settled(order, state, traits.isVolatile, traits.late, context.signal);
	}
}

async function sendStep(
	step: CaseStep,
	{ request, beside }: ComposedStep,
	{ order, context }: StepContext,
	at: number,
): Promise<AttemptResult[]> {
	const now = context.clock.now();
	if (step.login !== undefined) {
		const { subject, settings, attempt, random, signal } = context;
		const spent = { event: subject.pending[0] ?? subject.success, ids: 90 + at };
		const harmless = await composeStep(
			spent,
			order,
			seedFor(context.seed, `spent:${order.reference}`),
			subject,
			settings,
		);
		return [
			await sendWithLogin(step.login, request, harmless.request, {
				attempt,
				random,
				at: now,
				signal,
			}),
		];
	}
	const copies = Array.from({ length: step.atOnce ?? 1 }, () => request);
	return Promise.all(
		[...copies, ...(beside === undefined ? [] : [beside.request])].map((one) =>
			context.attempt(one, now, context.signal),
		),
	);
}

async function sendTogether(
	steps: readonly CaseStep[],
	composed: readonly ComposedStep[],
	context: CheckContext,
): Promise<StepRun[]> {
	const requests = composed.map(({ request }) => request);
	const results = await context.converse(requests, context.clock.now(), context.signal);
	return steps.flatMap((step, at) => {
		const one = composed[at];
		const result = results[at];
		if (one === undefined || result === undefined) return [];
		return [
			{
				step,
				results: [result],
				values: one.values,
				rightSignature: one.rightSignature,
				reproduce: one.reproduce,
			},
		];
	});
}
