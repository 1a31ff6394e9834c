import type { Composed } from '../compose/compose.ts';
import { weakestClaim } from '../compose/options.ts';
import type { CallLine, StateLine } from '../model/contract/sandbox.ts';
import { Problem } from '../model/problem.ts';
import type { Settings } from '../model/settings.ts';
import { isoTime } from '../report/json/event-json.ts';
import { safeJson } from '../report/safe/escape.ts';
import { deliveryReporter } from '../report/text/delivery-text.ts';
import { callLines, stateLine, troubleText } from '../report/text/sandbox-text.ts';
import type { SandboxWatch } from '../sandbox/watch.ts';
import { bugText } from './bug-text.ts';
import type { CliContext } from './cli-context.ts';
import { countdownOf } from './countdown.ts';
import { hintContext } from './hint-context.ts';
import type { SandboxFlags } from './options/sandbox-flags.ts';
import { painterFor } from './paint.ts';
import { problemText } from './problem-text.ts';
import type { Recorder } from './recorder.ts';
import { eventTeller } from './tell-events.ts';

/**
 * What is heard of the sandbox, on stdout as it comes, and into the journal.
 * @param howToDecide lines for a person, where an order waits for one
 */
export function sandboxTeller(
	run: string,
	flags: SandboxFlags,
	settings: Settings,
	recorder: Recorder,
	context: CliContext,
	howToDecide: (order: string) => readonly string[],
): SandboxWatch {
	const { stdout, stderr, mask } = context;
	const paint = painterFor(stdout, context, flags.color);
	const items = new Map<number, Composed>();
	const itemOf = (delivery: number): Composed => {
		const item = items.get(delivery);
		if (item === undefined) throw new Error(`delivery ${delivery} was not announced`);
		return item;
	};
	const teller = eventTeller(
		{
			flags,
			countdown: countdownOf(context, false),
			lines: deliveryReporter({
				...{ paint, mask, numbered: true, verbose: false, next: () => undefined },
				claim: (delivery) => weakestClaim(itemOf(delivery).claims),
			}),
			// How often it is sent, and when, was said when the sandbox was started.
			hintOf: (delivery) => ({
				...hintContext(itemOf(delivery), settings, context),
				...{ isSentOnce: true, canWait: false },
			}),
		},
		context,
	);
	const write = (line: CallLine | StateLine, text: () => readonly string[]) =>
		stdout.write(
			flags.json === true
				? `${safeJson(line)}\n`
				: text()
						.map((one) => `${one}\n`)
						.join(''),
		);
	return {
		composed(item, said, delivery) {
			items.set(delivery, item);
			recorder.delivery(item, said, { run, delivery });
			teller.warn([item]);
		},
		trying: recorder.trying,
		event(event) {
			recorder.event(event);
			teller.tell(event);
			if (event.type === 'finished') items.delete(event.delivery);
		},
		failed: (error) =>
			stderr.write(error instanceof Problem ? problemText(error) : bugText(error, context.version)),
		trouble: (trouble) => context.note(troubleText[trouble]),
		call({ at, provider = null, method, target, status = null, order, notes }) {
			const line: CallLine = {
				v: 1,
				type: 'call',
				run,
				at: isoTime(at),
				provider,
				method: mask(method),
				path: mask(target),
				status,
				order: order && { id: mask(order.id), reference: mask(order.reference) },
				notes: notes.map(mask),
			};
			write(line, () => [
				...callLines(line, paint, mask),
				...(order === undefined ? [] : howToDecide(order.id)).map((text) => `  ${mask(text)}`),
			]);
		},
		state({ id, reference, provider }, from = null as never, to) {
			const line: StateLine = {
				v: 1,
				type: 'state',
				run,
				provider,
				order: id,
				reference,
				from,
				to,
			};
			write(line, () => [stateLine(line, paint)]);
		},
	};
}
