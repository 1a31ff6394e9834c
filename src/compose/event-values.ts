import type { Random } from '../model/clock.ts';
import { own } from '../model/own.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ValueObject } from '../model/value.ts';
import { inOrder, textualised } from './arrange.ts';
import { bodyValues } from './body-values.ts';
import { cast } from './cast.ts';
import { followCodes } from './codes.ts';
import type { Credentials } from './credentials.ts';
import type { Scope } from './fill-template.ts';
import type { FieldContext } from './find-field.ts';
import { identified } from './identity.ts';
import type { ChosenMessage } from './options.ts';
import { type Draft, override } from './override.ts';
import { pathsIn, segmentsOf, valueAt } from './path.ts';
import { roleAssignments } from './roles.ts';
import type { Shaping } from './shaping.ts';
import { derive } from './values.ts';

export interface ValueContext {
	readonly credentials: Credentials;
	readonly target: URL;
	/** The instant of `${now}`, epoch milliseconds: the clock if fresh, else the sample's. */
	readonly instant: number;
	readonly random: Random;
}

export interface EventValues {
	/** As the event has them: typed, before order, names and envelope. */
	readonly values: ValueObject;
	/** What goes on the wire, in order, inner JSON already text, without the signature. */
	readonly ordered: ValueObject;
	/** For signing and headers: the same values and variables, at any instant. */
	readonly scope: Scope;
	readonly fieldContext: FieldContext;
}

/** Sample → body → fresh → set, add, unset → derive → cast → order. @throws Problem */
export async function eventValues(
	event: CallbackEvent,
	chosen: ChosenMessage,
	shaping: Shaping,
	context: ValueContext,
): Promise<EventValues> {
	const { message } = chosen;
	const templates = { ...message.derive, ...event.file.derive };
	const fieldContext = {
		event: event.id,
		message,
		sample: chosen.values,
		templates: Object.values(templates),
	};
	const scope = (values: ValueObject, vars: ValueObject): Scope => ({
		value: (path) => valueAt(values, segmentsOf(path)) ?? own(vars, path),
		credential: context.credentials,
		now: context.instant,
		zone: event.provider.zone,
		target: context.target.href,
		random: context.random,
	});

	const stated = shaping.body === undefined ? undefined : await bodyValues(shaping.body, message);
	const sample: Draft = {
		values: stated ?? chosen.values,
		vars: chosen.vars,
		byHand: new Set(stated === undefined ? [] : pathsIn(stated)),
		asWritten: new Set(),
	};
	const fresh = identified(sample, event, message, shaping, scope);
	const overrides = {
		set: [...roleAssignments(event, message, fresh, shaping), ...(shaping.set ?? [])],
		add: shaping.add ?? [],
		unset: shaping.unset ?? [],
	};
	const derived = derive(
		followCodes(override(fresh, overrides, fieldContext), message),
		templates,
		scope,
	);
	const values = cast(derived.values, message, derived.asWritten);
	const ordered = textualised(inOrder(values, message.fields, chosen.values), message.text);
	return { values, ordered, scope: scope(values, derived.vars), fieldContext };
}
