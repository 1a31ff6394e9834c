import Type from 'typebox';
import { Duration, Flag, Names } from './scenario-types.ts';
import { Keyed, optional, strict } from './schema-types.ts';

/** What a step of a scenario expects: of the answer, and of the receiver's own state. */

const Status = Type.Union([
	Type.Integer({ minimum: 100, maximum: 599 }),
	Type.String({ pattern: '^[1-5](xx|XX|\\d\\d)$' }),
]);
const TextRules = optional({
	contains: Names('text that must stand in it'),
	matches: Names('regular expressions it must match'),
	equals: Type.Any({ description: 'the whole text, or JSON paths and their values' }),
});

export const ExpectSchema = Type.Object(
	optional({
		status: Type.Union([Status, Type.Array(Status, { minItems: 1 })], {
			description: '200, 2xx, or a list of both',
		}),
		body: Type.Union([Type.String(), Type.Object(TextRules, { ...strict, minProperties: 1 })], {
			description: 'of the last answer',
		}),
		header: Keyed(
			Type.Union([
				Type.String(),
				Type.Number(),
				Type.Object(TextRules, { ...strict, minProperties: 1 }),
			]),
			{
				minProperties: 1,
				description: 'of the last answer: name → its value, or rules',
			},
		),
		within: Duration('how long the last answer may take, wall time'),
		attempts: Type.Integer({ minimum: 1, description: 'how many attempts it takes' }),
		acknowledged: Flag('whether the provider counts it as delivered'),
		ifConfigured: Flag(
			'of what the browser carries: judge it only where a return target is named, not at the callback’s URL',
		),
	}),
	{ ...strict, description: 'acknowledged, unless it says otherwise or names a status' },
);

const PageHeader = Type.Union([Keyed(Type.String()), Type.Array(Type.String())], {
	description: 'headers for the url, name: value; a key comes from ${env.NAME}',
});

export const ProbeSchema = Type.Object(
	optional({
		url: Type.String({
			minLength: 1,
			description:
				'GET it to read the state: …/orders/${vars.order}, or {reference} of the callback; values are percent-encoded',
		}),
		header: PageHeader,
		command: Type.String({
			pattern: '\\S',
			description: 'or run it: stdout is the state; values are quoted for the shell',
		}),
		before: Type.Any({ description: 'what must hold before the step: paths and values' }),
		equals: Type.Any({ description: 'what must hold after it; every given key must be equal' }),
		changed: Type.Union([Names('paths that must differ afterwards'), Type.Literal(true)]),
		unchanged: Type.Union([Names('paths that must be as before'), Type.Literal(true)], {
			description: 'true: all of it',
		}),
		ignore: Names('paths that say nothing, for changed: true and unchanged: true'),
		ifConfigured: Flag(
			'leave it out where neither the command line nor the project file says how state is read',
		),
		within: Duration(
			'how long the receiver may work after it has answered (default 1s), wall time',
		),
	}),
	{ ...strict, description: "reads the receiver's own state, before and after the step" },
);

export const SetupSchema = Type.Object(
	optional({
		url: Type.String({
			minLength: 1,
			description: 'POST to it: …/setup/{reference}?amount={amount}',
		}),
		header: PageHeader,
		command: Type.String({ pattern: '\\S', description: 'or run it' }),
		reference: Type.String({
			description:
				'JSON pointer into its answer to the reference of the order, where the shop numbers its own',
		}),
		afterAttempt: Type.Integer({
			minimum: 1,
			description: 'only after so many attempts of the first callback, which was too early',
		}),
		ifConfigured: Flag(
			'leave it out, and probes with ifConfigured, where nobody says how an order is made',
		),
	}),
	{
		...strict,
		description:
			'makes the order at your shop, once, before the first callback about it, or after its attempts',
	},
);
