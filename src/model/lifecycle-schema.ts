import Type from 'typebox';
import { optional } from './schema-types.ts';

/** The part of a provider's file that `check` is built on. */
export const LifecycleSchema = Type.Object(
	{
		success: Type.String({ description: 'the event that settles an order' }),
		...optional({
			failure: Type.String({ description: 'the event that ends it without success' }),
			pending: Type.Array(Type.String(), { description: 'events that decide nothing yet' }),
			announcements: Type.Array(Type.String(), {
				description: 'events that come before an outcome and never decide one',
			}),
			unreadable: Type.Array(Type.String(), {
				description: 'events whose documented body does not parse: they are to be survived',
			}),
			reversal: Type.String({ description: 'the event that takes a success back' }),
			failureIsFinal: Type.Boolean({
				description: 'no other attempt can settle the order after a failure: it has to show',
			}),
			ownReceiverRedirects: Type.Boolean({
				description: "the provider's own plugin answers with a redirect once it has settled",
			}),
			unknownOutcome: Type.Record(Type.String(), Type.Any(), {
				description: 'what the outcome fields say in an outcome that no page lists',
			}),
		}),
		outcomeFields: Type.Array(Type.String(), {
			description: 'fields by whose value a receiver may know the outcome',
		}),
	},
	{
		additionalProperties: false,
		description: "what the provider's events mean for an order; `check` is built on it",
	},
);
