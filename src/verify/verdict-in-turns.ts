import type { Received } from '../capture/received.ts';
import { type Explanation, explaining, type Search } from './explain.ts';
import { mistakesFor } from './mistakes/index.ts';
import type { Verdict, VerdictContext } from './verdict.ts';
import { verdictOf } from './verify-received.ts';

/**
 * The verdict, with the search for mistakes in small pieces.
 * @param pause comes back when whoever else waits has had a turn
 */
export async function verdictInTurns(
	received: Received,
	context: VerdictContext,
	pause: () => Promise<void>,
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
		answers.set(question, await searched(asked, pause));
	}
}

async function searched(
	[honest, signature, given]: Parameters<Search>,
	pause: () => Promise<void>,
): Promise<Explanation | undefined> {
	const steps = explaining(honest, signature, mistakesFor(given));
	for (;;) {
		const { done, value } = steps.next();
		if (done === true) return value;
		await pause();
	}
}
