import type { Received } from '../capture/received.ts';
import { type Explanation, explaining, type Search } from './explain.ts';
import { mistakesFor } from './mistakes/index.ts';
import type { Verdict, VerdictContext } from './verdict.ts';
import { verdictOf } from './verify-received.ts';

/**
 * The verdict, with the search for mistakes in small pieces.
 * @param pause comes back when whoever else waits has had a turn; with false the search is given up
 */
export async function verdictInTurns(
	received: Received,
	context: VerdictContext,
	pause: () => Promise<boolean>,
): Promise<Verdict> {
	const answers = new Map<string, Explanation | undefined>();
	for (;;) {
		let open: { question: string; asked: Parameters<Search> } | undefined;
		const search: Search = (...asked) => {
			const question = JSON.stringify(asked);
			if (!answers.has(question)) open ??= { question, asked };
			return answers.get(question);
		};
		const verdict = await verdictOf(received, { ...context, search });
		if (open === undefined) return verdict;
		const { question, asked } = open;
		const steps = explaining(asked[0], asked[1], mistakesFor(asked[2]));
		for (let step = steps.next(); ; step = steps.next()) {
			if (step.done === true) {
				answers.set(question, step.value);
				break;
			}
			if (!(await pause())) return verdictOf(received, { ...context, unexplained: true });
		}
	}
}
