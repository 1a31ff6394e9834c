/**
 * The scenario format: a sequence of events with expectations, in YAML or JSON. Types, validator and the JSON Schema
 * for editors come from here; docs/scenarios.md teaches it.
 */
import Type from 'typebox';
import { Keyed, strict } from './provider-schema.ts';

const Text = (description: string) =>
	Type.Union([Type.String(), Type.Number(), Type.Boolean()], { description: `${description}; \${…} is filled in` });
const Duration = (description: string) =>
	Type.Union([Type.String(), Type.Literal(0)], { description: `${description}: 500ms, 2s, 10m, 1h` });
const Flag = (description: string) => Type.Boolean({ description });
const Names = (description: string) =>
	Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], { description });
const Count = (description: string) => Type.Integer({ minimum: 1, maximum: 100_000, description });

/** `path: value` keeps the JSON type that is there; a list takes the forms of `--set`, `path:=json` included. */
const Assignments = (description: string) =>
	Type.Union([Keyed(Type.Any()), Type.Array(Type.String())], { description });

const shaping = {
	ref: Type.Optional(Text("the merchant's reference, whatever the provider calls it")),
	amount: Type.Optional(Text('the amount, whatever the provider calls it')),
	set: Type.Optional(Assignments('fields to change, keeping their JSON type; null and objects as they are')),
	add: Type.Optional(Assignments('fields to add that are not there')),
	unset: Type.Optional(Names('fields to leave out')),
	body: Type.Optional(Text('replaces all values: text, or @file')),
	rawBody: Type.Optional(Type.String({ description: 'bytes sent as they are: @file, from the scenario’s folder' })),
	variant: Type.Optional(Names('options of any choice, see: callsim list')),
	encoding: Type.Optional(Type.String({ description: 'form, json or xml, where the provider has the choice' })),
	auth: Type.Optional(Type.String({ description: 'digest, hmac or none, where the provider has the choice' })),
	fresh: Type.Optional(Flag('new ids and times; for the whole scenario: one order whose ids stay the same')),
	tamper: Type.Optional(Assignments('fields to change after signing')),
	unsigned: Type.Optional(Flag('leave the signature out')),
	wrongKey: Type.Optional(Flag('sign with a key that is not yours')),
	header: Type.Optional(
		Type.Union([Keyed(Text('its value')), Type.Array(Type.String())], {
			description: 'more headers: name: value',
		}),
	),
};

const delivering = {
	to: Type.Optional(
		Type.String({ description: 'your receiver; without it the command line or the project file says it' }),
	),
	returnTo: Type.Optional(Type.String({ description: "where the payer's browser comes back" })),
	retry: Type.Optional(Type.String({ description: 'provider, none, 5x300s or 2m,10m,30m' })),
	speed: Type.Optional(
		Type.Union([Type.Number({ exclusiveMinimum: 0 }), Type.Literal('max')], {
			description: 'how much faster provider time passes; max: no waiting',
		}),
	),
	realTime: Type.Optional(Flag('the same as speed: 1')),
	timeout: Type.Optional(Duration('for one attempt, wall time; 0 = none')),
	delay: Type.Optional(Duration('before the first attempt, wall time')),
	duplicate: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'identical requests at one moment' })),
	insecure: Type.Optional(Flag('accept any TLS certificate')),
	allowRemote: Type.Optional(Flag('allow targets outside this machine and its private networks')),
	waitFor: Type.Optional(Duration('wait until the target answers over HTTP, wall time')),
};

const Status = Type.Union([
	Type.Integer({ minimum: 100, maximum: 599 }),
	Type.String({ pattern: '^[1-5](xx|XX|\\d\\d)$' }),
]);
const Texts = (description: string) =>
	Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], { description });
const TextRules = {
	contains: Type.Optional(Texts('text that must stand in it')),
	matches: Type.Optional(Texts('regular expressions it must match')),
	equals: Type.Optional(Type.Any({ description: 'the whole text, or JSON paths and their values' })),
};

export const ExpectSchema = Type.Object(
	{
		status: Type.Optional(
			Type.Union([Status, Type.Array(Status, { minItems: 1 })], { description: '200, 2xx, or a list of both' }),
		),
		body: Type.Optional(
			Type.Union([Type.String(), Type.Object(TextRules, { ...strict, minProperties: 1 })], {
				description: 'of the last answer',
			}),
		),
		header: Type.Optional(
			Keyed(Type.Union([Type.String(), Type.Number(), Type.Object(TextRules, { ...strict, minProperties: 1 })]), {
				minProperties: 1,
				description: 'of the last answer: name → its value, or rules',
			}),
		),
		within: Type.Optional(Duration('how long the last answer may take, wall time')),
		attempts: Type.Optional(Type.Integer({ minimum: 1, description: 'how many attempts it takes' })),
		acknowledged: Type.Optional(Flag('whether the provider counts it as delivered')),
		ifConfigured: Type.Optional(
			Flag('of what the browser carries: judge it only where a return target is named, not at the callback’s URL'),
		),
	},
	{ ...strict, description: 'acknowledged, unless it says otherwise or names a status' },
);

export const ProbeSchema = Type.Object(
	{
		url: Type.Optional(
			Type.String({
				minLength: 1,
				description:
					'GET it to read the state: …/orders/${vars.order}, or {reference} of the callback; values are percent-encoded',
			}),
		),
		command: Type.Optional(
			Type.String({ pattern: '\\S', description: 'or run it: stdout is the state; values are quoted for the shell' }),
		),
		before: Type.Optional(Type.Any({ description: 'what must hold before the step: paths and values' })),
		equals: Type.Optional(Type.Any({ description: 'what must hold after it; every given key must be equal' })),
		changed: Type.Optional(Type.Union([Names('paths that must differ afterwards'), Type.Literal(true)])),
		unchanged: Type.Optional(
			Type.Union([Names('paths that must be as before'), Type.Literal(true)], { description: 'true: all of it' }),
		),
		ignore: Type.Optional(Names('paths that say nothing, for changed: true and unchanged: true')),
		ifConfigured: Type.Optional(
			Flag('leave it out where neither the command line nor the project file says how state is read'),
		),
		within: Type.Optional(Duration('how long the receiver may work after it has answered (default 1s), wall time')),
	},
	{ ...strict, description: "reads the receiver's own state, before and after the step" },
);

const SetupSchema = Type.Object(
	{
		url: Type.Optional(Type.String({ minLength: 1, description: 'POST to it: …/setup/{reference}?amount={amount}' })),
		command: Type.Optional(Type.String({ pattern: '\\S', description: 'or run it' })),
		ifConfigured: Type.Optional(
			Flag('leave it out, and probes with ifConfigured, where nobody says how an order is made'),
		),
	},
	{ ...strict, description: 'makes the order at your shop, once, before the first callback about it' },
);

const Receiver = Type.Object(
	{
		stoppedFor: Duration(
			'of a receiver that callsim started: stop it before the delivery, start it so much provider time later',
		),
	},
	strict,
);

const Probes = Type.Union([ProbeSchema, Type.Array(ProbeSchema, { minItems: 1 })]);

const common = {
	name: Type.Optional(Type.String({ description: 'what the step is called in reports' })),
	id: Type.Optional(
		Type.String({ pattern: '^[a-zA-Z][\\w-]*$', description: 'for ${steps.<id>.response.…}, beside its number' }),
	),
	after: Type.Optional(Duration('provider time to wait since the end of the step before')),
	repeat: Type.Optional(Count('how often, one after the other')),
};

const step = {
	...common,
	fire: Type.Optional(Type.String({ description: 'the event, with or without its provider' })),
	...shaping,
	...delivering,
	expect: Type.Optional(ExpectSchema),
	probe: Type.Optional(Probes),
	receiver: Type.Optional(Receiver),
};

const groups = <T extends Type.TSchema>(inner: T) => ({
	parallel: Type.Optional(Type.Array(inner, { minItems: 1, description: 'steps at the same time' })),
	shuffle: Type.Optional(Type.Array(inner, { minItems: 1, description: 'steps in an order that the seed decides' })),
	steps: Type.Optional(Type.Array(inner, { minItems: 1, description: 'steps one after the other, as one' })),
	seed: Type.Optional(Type.Integer({ minimum: 0, description: 'of shuffle' })),
});

const Single = Type.Object(step, strict);
const Sequence = Type.Object({ ...step, ...groups(Single) }, strict);

export const StepSchema = Type.Object(
	{ ...step, ...groups(Sequence) },
	{ ...strict, description: 'one of fire, parallel, shuffle, steps' },
);

export const ScenarioSchema = Type.Object(
	{
		$schema: Type.Optional(Type.String()),
		name: Type.String({ minLength: 1, description: 'what must hold, as a sentence' }),
		provider: Type.Optional(Type.String({ description: 'whose events are meant where a step names none' })),
		vars: Type.Optional(
			Keyed(Type.Any(), { description: 'values for ${vars.…}, made once a run of the scenario' }, '^[A-Za-z_]\\w*$'),
		),
		shuffle: Type.Optional(
			Type.Union([Type.Boolean(), Type.Integer({ minimum: 0 })], {
				description: 'all steps in another order; a seed, or true',
			}),
		),
		...shaping,
		...delivering,
		probe: Type.Optional(ProbeSchema),
		setup: Type.Optional(SetupSchema),
		steps: Type.Array(StepSchema, { minItems: 1 }),
	},
	{ ...strict, description: 'a callsim scenario' },
);
