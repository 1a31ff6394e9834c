import { nearestName } from '../model/suggest.ts';
import type { Catalogue } from './catalogue.ts';

/** What is meant by a name that no scenario has, nor any file; undefined where nothing is near. */
export function meantScenario(
	{ scenarios, events, providers }: Catalogue,
	given: string,
): string | undefined {
	if (events.some(({ id }) => id === given)) return `It is an event: callsim fire ${given}`;
	const didYouMean = (names: readonly string[]) =>
		names.length === 0
			? undefined
			: `Did you mean ${names.map((name) => `"${name}"`).join(' or ')}?`;
	const nameOf = (id: string) => id.slice(id.indexOf('/') + 1);
	const ids = providers.map(({ id }) => id);
	const [first = '', second] = given.split('/', 2);
	if (second === undefined) {
		const name =
			nearestName(
				given,
				scenarios.map(({ id }) => nameOf(id)),
			) ?? given;
		const provider = nearestName(given, ids);
		return (
			didYouMean(scenarios.map(({ id }) => id).filter((id) => nameOf(id) === name)) ??
			(provider && didYouMean([provider]))
		);
	}
	for (const [provider, name] of [
		[first, second],
		[second, first],
	] as const) {
		const near = nearestName(provider, ids);
		if (near === undefined) continue;
		const own = scenarios.filter((scenario) => scenario.provider === near).map(({ id }) => id);
		const meant = nearestName(name, own.map(nameOf));
		return meant === undefined ? `See: callsim list ${near}` : didYouMean([`${near}/${meant}`]);
	}
	return undefined;
}
