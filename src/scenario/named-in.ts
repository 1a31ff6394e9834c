import { parseTarget } from '../delivery/target.ts';
import type { ProviderFile } from '../model/provider.ts';
import type { Scenario } from './plan.ts';

/** Whose callbacks are sent, or whose payments decided. */
export const providersIn = (scenarios: readonly Scenario[]): ProviderFile[] => [
	...new Set(
		scenarios.flatMap(({ fires, example }) =>
			[...fires.map(({ event }) => event), ...(example === undefined ? [] : [example])].map(
				({ provider }) => provider,
			),
		),
	),
];

/** The receiver that they name first, where it is plain. @throws Problem `target-invalid` */
export function targetIn(scenarios: readonly Scenario[]): URL | undefined {
	const named = scenarios.flatMap(({ document }) => document.value.to ?? []);
	const plain = named.find((to) => !to.includes('${'));
	return plain === undefined ? undefined : parseTarget(plain);
}
