/**
 * The scenario format: a sequence of events with expectations, in YAML or JSON. Types, validator
 * and the JSON Schema for editors come from here; docs/scenarios.md teaches it.
 */
import Type from 'typebox';
import { ExpectSchema, ProbeSchema, SetupSchema } from './expectation-schema.ts';
import { Count, Duration, Flag, Names, Text } from './scenario-types.ts';
import { Keyed, optional, strict } from './schema-types.ts';

/** `path: value` keeps the JSON type that is there; a list takes the forms of `--set`. */
const Assignments = (description: string) =>
	Type.Union([Keyed(Type.Any()), Type.Array(Type.String())], { description });

const shaping = optional({
	ref: Text("the merchant's reference, whatever the provider calls it"),
	amount: Text('the amount, whatever the provider calls it'),
	set: Assignments('fields to change, keeping their JSON type; null and objects as they are'),
	add: Assignments('fields to add that are not there'),
	unset: Names('fields to leave out'),
	body: Text('replaces all values: text, or @file'),
	rawBody: Type.String({
		description: 'bytes sent as they are: @file, from the scenario’s folder',
	}),
	variant: Names('options of any choice, see: callsim list'),
	encoding: Type.String({ description: 'form, json or xml, where the provider has the choice' }),
	auth: Type.String({ description: 'digest, hmac or none, where the provider has the choice' }),
	fresh: Flag('new ids and times; for the whole scenario: one order whose ids stay the same'),
	newAttempt: Flag('the ids of another attempt at paying the same order'),
	tamper: Assignments('fields to change after signing'),
	unsigned: Flag('leave the signature out'),
	wrongKey: Flag('sign with a key that is not yours'),
	header: Type.Union([Keyed(Text('its value')), Type.Array(Type.String())], {
		description: 'more headers: name: value',
	}),
});

const delivering = optional({
	to: Type.String({
		description: 'your receiver; without it the command line or the project file says it',
	}),
	returnTo: Type.String({ description: "where the payer's browser comes back" }),
	retry: Type.String({ description: 'provider, none, 5x300s or 2m,10m,30m' }),
	speed: Type.Union([Type.Number({ exclusiveMinimum: 0 }), Type.Literal('max')], {
		description: 'how much faster provider time passes; max: no waiting',
	}),
	realTime: Flag('the same as speed: 1'),
	timeout: Duration('for one attempt, wall time; 0 = none'),
	delay: Duration('before the first attempt, wall time'),
	duplicate: Type.Integer({
		minimum: 1,
		maximum: 100,
		description: 'identical requests at one moment',
	}),
	resolve: Keyed(Type.String(), {
		description: 'addresses of names, instead of a name server: shop.test: 127.0.0.1',
	}),
	insecure: Flag('accept any TLS certificate'),
	allowRemote: Flag('allow targets outside this machine and its private networks'),
	waitFor: Duration('wait until the target answers over HTTP, wall time'),
});

const Receiver = Type.Object(
	{
		stoppedFor: Duration(
			'of a receiver that callsim started: stop it before the delivery, start it so much provider time later',
		),
	},
	strict,
);

const Probes = Type.Union([ProbeSchema, Type.Array(ProbeSchema, { minItems: 1 })]);

const CallSchema = Type.Object(
	{
		path: Type.String({
			minLength: 1,
			description: 'below the receiver’s host, or a whole URL: what an earlier answer named',
		}),
		...optional({
			method: Type.String({
				pattern: '^[A-Za-z]+$',
				description: 'GET, or POST where something is sent',
			}),
			body: Type.Any({ description: 'sent as JSON; text as it is' }),
			form: Keyed(Text('its value'), { description: 'sent as a form' }),
			header: Keyed(Text('its value')),
		}),
	},
	{ ...strict, description: 'asks the shop, as a customer’s browser would' },
);

const PaySchema = Type.Union(
	[
		Type.String({ minLength: 1 }),
		Type.Object(
			{
				outcome: Type.String({ minLength: 1 }),
				...optional({
					order: Text('the shop’s reference, or the provider’s id; else the newest order'),
				}),
			},
			strict,
		),
	],
	{ description: 'decides a payment of the sandbox: success, failed, cancelled, pending, never' },
);

const step = optional({
	name: Type.String({ description: 'what the step is called in reports' }),
	id: Type.String({
		pattern: '^[a-zA-Z][\\w-]*$',
		description: 'for ${steps.<id>.response.…}, beside its number',
	}),
	after: Duration('provider time to wait since the end of the step before'),
	repeat: Count('how often, one after the other'),
	fire: Type.String({ description: 'the event, with or without its provider' }),
	call: CallSchema,
	pay: PaySchema,
	...shaping,
	...delivering,
	expect: ExpectSchema,
	probe: Probes,
	receiver: Receiver,
});

const groups = <T extends Type.TSchema>(inner: T) =>
	optional({
		parallel: Type.Array(inner, { minItems: 1, description: 'steps at the same time' }),
		shuffle: Type.Array(inner, {
			minItems: 1,
			description: 'steps in an order that the seed decides',
		}),
		steps: Type.Array(inner, { minItems: 1, description: 'steps one after the other, as one' }),
		seed: Type.Integer({ minimum: 0, description: 'of shuffle' }),
	});

const Single = Type.Object(step, strict);
const Sequence = Type.Object({ ...step, ...groups(Single) }, strict);

export const StepSchema = Type.Object(
	{ ...step, ...groups(Sequence) },
	{ ...strict, description: 'one of fire, call, pay, parallel, shuffle, steps' },
);

export const ScenarioSchema = Type.Object(
	{
		name: Type.String({ minLength: 1, description: 'what must hold, as a sentence' }),
		...optional({
			$schema: Type.String(),
			provider: Type.String({ description: 'whose events are meant where a step names none' }),
			vars: Keyed(
				Type.Any(),
				{ description: 'values for ${vars.…}, made once a run of the scenario' },
				'^[A-Za-z_]\\w*$',
			),
			shuffle: Type.Union([Type.Boolean(), Type.Integer({ minimum: 0 })], {
				description: 'all steps in another order; a seed, or true',
			}),
			probe: ProbeSchema,
			setup: SetupSchema,
		}),
		...shaping,
		...delivering,
		steps: Type.Array(StepSchema, { minItems: 1 }),
	},
	{ ...strict, description: 'a callsim scenario' },
);
