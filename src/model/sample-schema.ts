/** The files beside a `provider.json`: samples and known answers. */
import Type from 'typebox';
import { Claims } from './provider-schema.ts';
import { Keyed, Line, optional, strict, Templates } from './schema-types.ts';

export const EventSchema = Type.Object(
	{
		title: Line,
		message: Type.String(),
		values: Keyed(Type.Any(), { description: 'as documented, in true JSON types' }),
		clock: Type.String({
			pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
			description: 'the instant of ${now} where nothing is fresh',
		}),
		...optional({
			$schema: Type.String(),
			attempt: Type.Integer({
				minimum: 2,
				description: 'which attempt at paying the order it is of, where it is not the first',
			}),
			vars: Keyed(Type.Any(), { description: 'values that never go out but that templates use' }),
			derive: Templates,
			options: Keyed(
				Type.Object(optional({ values: Keyed(Type.Any()), vars: Keyed(Type.Any()) }), strict),
				{ description: 'what this sample looks like under an option, where it differs' },
			),
			claims: Claims,
		}),
	},
	strict,
);

export const VectorsSchema = Type.Array(
	Type.Object(
		{
			name: Type.String(),
			source: Type.String(),
			event: Type.String(),
			...optional({
				options: Type.Array(Type.String()),
				set: Keyed(Type.Any()),
				add: Keyed(Type.Any()),
				unset: Type.Array(Type.String()),
				credentials: Keyed(Type.String()),
				clock: Type.String(),
				target: Type.String(),
				canonical: Type.String(),
				signature: Type.String(),
				body: Type.String(),
				query: Type.String(),
				rejects: Type.Boolean({
					description: 'real verifiers refuse it; it is sent to see that they do',
				}),
			}),
		},
		strict,
	),
);
