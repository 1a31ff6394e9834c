import { Room } from '../model/room.ts';
import type { ValueObject } from '../model/value.ts';
import { fill, type Scope } from './fill-template.ts';
import type { Draft } from './override.ts';
import { segmentsOf, valueAt, withValue } from './path.ts';

type ScopeOf = (values: ValueObject, vars: ValueObject) => Scope;

/**
 * New ids and times in the provider's own formats. A field that the sample leaves out or has as
 * null stays so. A seed means the same id wherever the same field returns: an order keeps its
 * number from one message to the next.
 * @param templates those of the message's that are filled in
 * @param sourceOf what a path draws its randomness under
 */
export function freshen(
	draft: Draft,
	templates: Readonly<Record<string, string>>,
	scope: ScopeOf,
	sourceOf: (path: string) => string,
): Draft {
	const room = new Room();
	let { values, vars } = draft;
	for (const [path, template] of Object.entries(templates)) {
		const segments = segmentsOf(path);
		const filled = () => {
			const around = scope(values, vars);
			return (
				fill(
					template,
					{ ...around, random: around.random.of?.(sourceOf(path)) ?? around.random },
					{ what: path, room },
				) ?? null
			);
		};
		if (valueAt(vars, segments) != null) vars = withValue(vars, segments, filled());
		else if (valueAt(values, segments) != null) values = withValue(values, segments, filled());
	}
	return { ...draft, values, vars };
}

/** Values that follow from others and were not stated. One that the sample lacks stays out. */
export function derive(
	draft: Draft,
	templates: Readonly<Record<string, string>>,
	scope: ScopeOf,
): Draft {
	const room = new Room();
	let { values } = draft;
	for (const [path, template] of Object.entries(templates)) {
		const segments = segmentsOf(path);
		if (isStated(path, draft.byHand) || valueAt(values, segments) == null) continue;
		values = withValue(
			values,
			segments,
			fill(template, scope(values, draft.vars), { what: path, room }) ?? null,
		);
	}
	return { ...draft, values };
}

/** Stated itself, or as part of an object that was stated whole. */
export function isStated(path: string, byHand: ReadonlySet<string>): boolean {
	return segmentsOf(path).some((_, at, all) => byHand.has(all.slice(0, at + 1).join('.')));
}
