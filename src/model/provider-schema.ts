/**
 * The provider format: the one description from which come the types (`provider.ts`), the validator
 * (`catalogue/validate.ts`) and the JSON Schema for editors (`dist/schema/`).
 */
import Type from 'typebox';
import { LifecycleSchema } from './lifecycle-schema.ts';
import { Keyed, Line, optional, strict, Templates } from './schema-types.ts';
import { Digest, FieldList, Signature, signaturePatch } from './signature-schema.ts';

const name = (description: string) => Type.String({ pattern: '^[a-z0-9][a-z0-9-]*$', description });
const Names = Keyed(Type.String({ minLength: 1 }));

export const Claims = Keyed(
	Type.Array(Type.Union([Line, Type.Null()]), { minItems: 2, maxItems: 3 }),
	{ description: 'what we say → [documented|observed|assumed, source id or null, note]' },
);

const Strings = Keyed(Type.String());

const Codes = Keyed(
	Type.Object(
		{ title: Line, ...optional({ with: Strings, not: Strings, sets: Strings }) },
		{
			...strict,
			description:
				'with/not: values that must, or must not, stand beside it; sets: fields that follow it',
		},
	),
);

const wire = {
	method: Type.Enum(['POST', 'GET', 'PUT']),
	write: Type.Enum(['form', 'json', 'xml', 'query']),
	fields: FieldList,
	acknowledge: Type.Object(
		{
			status: Type.Array(Type.String({ pattern: '^[1-5](\\d\\d|xx)$' }), { minItems: 1 }),
			...optional({ body: Type.String() }),
		},
		strict,
	),
	retry: Type.String({ description: 'none, 5x300s (attempts x pause) or 2m,10m,30m (pauses)' }),
};

const usual = {
	to: Type.Enum(['callback_url', 'return_url']),
	append: Type.Enum(['?', '&']),
	wrap: Type.Any({ description: 'the envelope; "$" stands for the fields' }),
	text: Type.Array(Type.String(), {
		description: 'fields whose object is written as a JSON string',
	}),
	names: Names,
	cast: Keyed(Type.Enum(['number', 'string', 'quoted'])),
	headers: Templates,
	derive: Templates,
	fresh: Templates,
};

const orNull = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);

const OptionPatch = Type.Object(
	optional({
		...wire,
		to: orNull(usual.to),
		append: orNull(usual.append),
		wrap: usual.wrap,
		text: orNull(usual.text),
		names: orNull(usual.names),
		cast: orNull(usual.cast),
		headers: orNull(usual.headers),
		derive: orNull(usual.derive),
		fresh: orNull(usual.fresh),
		signature: orNull(signaturePatch),
		digest: orNull(Digest),
		claims: Claims,
		values: Keyed(Type.Any()),
	}),
	{
		...strict,
		description:
			'replaces top-level keys of the message whole; null removes one; signature, claims and values are merged',
	},
);

export const MessageSchema = Type.Object(
	{
		title: Line,
		...wire,
		...optional({
			...usual,
			signature: Signature,
			digest: Digest,
			retriesAfter: Keyed(Type.Integer({ minimum: 0 }), {}, '^[1-5]\\d\\d$'),
			jitter: Type.Number({ minimum: 0, maximum: 1 }),
			browser: Type.Boolean({
				description: "the payer's browser carries it, to the page where it comes back",
			}),
			discriminators: Type.Array(Type.String(), {
				description: 'fields whose value tells this message from others',
			}),
			codes: Keyed(Codes, { description: 'path of a code → what each of its values means' }),
			identity: Type.Object(
				{
					order: Type.Array(Type.String()),
					...optional({ attempt: Type.Array(Type.String()) }),
				},
				{
					...strict,
					description:
						'fresh values that stay over the whole life of an order, and those that stay over one attempt at paying it; all others are new in every message',
				},
			),
			serialParts: Type.String({
				minLength: 1,
				description: 'stands between parts of a serial that may be kept apart',
			}),
			unlisted: Keyed(Type.Any(), {
				description: 'fields that are sent but that no page lists, with a sample',
			}),
			choices: Keyed(Keyed(OptionPatch, {}, '^[a-z0-9][a-z0-9-]*$'), {}, '^[a-z][a-z-]*$'),
		}),
		roles: Type.Object(
			{
				reference: Type.String(),
				...optional({
					amount: Type.String(),
					currency: Type.String(),
					id: Type.String(),
					state: Type.String(),
					names: Type.Array(Type.String(), { description: "fields that carry somebody's name" }),
					texts: Type.Array(Type.String(), { description: 'other fields of free text' }),
					email: Type.String(),
					serial: Type.String({ description: 'what was bought: a serial number, a token' }),
					account: Type.String({ description: "the payee's account number" }),
					vouchers: Type.Array(Type.String(), {
						description: 'fields with a code that was bought, beside the serial: a pin',
					}),
				}),
			},
			strict,
		),
		claims: Claims,
	},
	strict,
);

export const ProviderSchema = Type.Object(
	{
		id: name('folder name, and the first half of every event name'),
		title: Line,
		country: Line,
		zone: Type.String({
			pattern: '^([+-]\\d\\d:\\d\\d|Z)$',
			description: 'the zone in which ${now:…} is written',
		}),
		sources: Keyed(
			Type.Object(
				{
					url: Type.String({ pattern: '^https://' }),
					read: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
					...optional({ note: Line }),
				},
				strict,
			),
		),
		credentials: Keyed(
			Type.Object(
				{
					title: Line,
					simulator: Type.String({ minLength: 1 }),
					...optional({
						kind: Type.Enum(['rsa', 'hex', 'base64'], {
							description: 'hex, base64: the text stands for the bytes that sign',
						}),
						prefix: Type.String({
							minLength: 1,
							description: 'taken off a hex or base64 key that begins with it: whsec_',
						}),
					}),
				},
				strict,
			),
			{},
			'^[a-z][a-z0-9_]*$',
		),
		...optional({
			$schema: Type.String(),
			currency: Type.String({
				pattern: '^[A-Z]{3}$',
				description: 'of amounts beside which none is written, ISO 4217',
			}),
			lifecycle: LifecycleSchema,
		}),
		messages: Keyed(MessageSchema, {}, '^[a-z0-9][a-z0-9-]*$'),
	},
	strict,
);
