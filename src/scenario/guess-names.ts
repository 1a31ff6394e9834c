import { Problem } from '../model/problem.ts';
import type { ResolveName } from './fill-names.ts';
import { NothingThere } from './names.ts';
import { namesOf, type ScenarioRun } from './scenario-run.ts';

/** What a receiver may answer: a mistake is one when none of these repairs it. */
const guesses = ['1', 'a', '1s', 'true', '1.00'];

/** @throws Problem where none of the guesses repairs it */
export async function guessAt<T>(
	run: ScenarioRun,
	prepare: (resolve: ResolveName) => T | Promise<T>,
): Promise<T> {
	let first: unknown;
	for (const guess of guesses) {
		const guessing = guessingAt(namesOf(run), guess);
		try {
			return await prepare(guessing.resolve);
		} catch (error) {
			if (!(error instanceof Problem) || !guessing.hasGuessed()) throw error;
			first ??= error;
		}
	}
	throw first;
}

function guessingAt(resolve: ResolveName, guess: string) {
	let hasGuessed = false;
	return {
		hasGuessed: () => hasGuessed,
		resolve: (name: string) => {
			try {
				return resolve(name);
			} catch (error) {
				if (!(error instanceof NothingThere)) throw error;
				hasGuessed = true;
				return guess;
			}
		},
	};
}
