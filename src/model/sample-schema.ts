/** The files beside a `provider.json`: samples and known answers. */
import Type from 'typebox';
import { Claims } from './provider-schema.ts';
import { Keyed, strict, Templates } from './schema-types.ts';

export const EventSchema = Type.Object(
	{
		$schema: Type.Optional(Type.String()),
		title: Type.String(),
		message: Type.String(),
		attempt: Type.Optional(
			Type.Integer({
				minimum: 2,
				description: 'which attempt at paying the order it is of, where it is not the first',
			}),
		),
		values: Keyed(Type.Any(), { description: 'as documented, in true JSON types' }),
		vars: Type.Optional(
			Keyed(Type.Any(), { description: 'values that never go out but that templates use' }),
		),
		clock: Type.String({
			pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
			description: 'the instant of ${now} where nothing is fresh',
		}),
		derive: Type.Optional(Templates),
		options: Type.Optional(
			Keyed(
				Type.Object(
					{
						values: Type.Optional(Keyed(Type.Any())),
						vars: Type.Optional(Keyed(Type.Any())),
					},
					strict,
				),
				{ description: 'what this sample looks like under an option, where it differs' },
			),
		),
		claims: Type.Optional(Claims),
	},
	strict,
);

export const VectorsSchema = Type.Array(
	Type.Object(
		{
			name: Type.String(),
			source: Type.String(),
			event: Type.String(),
			options: Type.Optional(Type.Array(Type.String())),
			set: Type.Optional(Keyed(Type.Any())),
			add: Type.Optional(Keyed(Type.Any())),
			unset: Type.Optional(Type.Array(Type.String())),
			credentials: Type.Optional(Keyed(Type.String())),
			clock: Type.Optional(Type.String()),
			target: Type.Optional(Type.String()),
			canonical: Type.Optional(Type.String()),
			signature: Type.Optional(Type.String()),
			body: Type.Optional(Type.String()),
			query: Type.Optional(Type.String()),
			rejects: Type.Optional(
				Type.Boolean({ description: 'real verifiers refuse it; it is sent to see that they do' }),
			),
		},
		strict,
	),
);
