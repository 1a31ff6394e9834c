import { placedProblem } from '../documents/placed-problem.ts';
import { Problem } from '../model/problem.ts';
import { fileWords } from '../model/words.ts';
import { type Catalogue, findProvider } from './catalogue.ts';
import type { ScenarioDocument } from './scenario-file.ts';

/** Whether the provider that a scenario names is one. @throws Problem `provider-unknown`, placed */
export function knownProvider(
	{ file, value: { provider }, place }: ScenarioDocument,
	catalogue: Catalogue,
): void {
	if (provider === undefined) return;
	try {
		findProvider(catalogue, provider);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		const { message, hint = '' } = error.in(fileWords);
		throw placedProblem('provider-unknown', file, place('/provider'), '', message, hint);
	}
}
