import Type from 'typebox';
import { Keyed, optional, strict } from './schema-types.ts';

/** How a message is signed, or what answers a Digest challenge. */

export const FieldList = Type.Array(
	Type.Union([
		Type.String({ minLength: 1 }),
		Keyed(
			Type.Array(Type.Union([Type.String({ minLength: 1 }), Keyed(Type.Array(Type.String()))])),
		),
	]),
	{ description: 'what goes on the wire, in order; {"inner": ["a", "b"]} for an object' },
);

const algorithms = [
	'md5',
	'sha1',
	'sha256',
	'sha512',
	'hmac-md5',
	'hmac-sha1',
	'hmac-sha256',
	'hmac-sha512',
	'rsa-sha256',
	'rsa-sha512',
] as const;

export const Signature = Type.Object(
	{
		algorithm: Type.Enum([...algorithms]),
		over: Type.Union([
			Type.String({ description: '"body" (the bytes that are sent), or a template' }),
			Type.Object(
				{ fields: Type.Array(Type.String(), { minItems: 1 }), join: Type.String() },
				strict,
			),
		]),
		as: Type.Enum(['hex', 'base64']),
		into: Type.Union([
			Type.Object({ field: Type.String() }, strict),
			Type.Object({ header: Type.String() }, strict),
		]),
		...optional({
			key: Type.String({ description: 'credential name; hmac and rsa need one' }),
			prefix: Type.String(),
		}),
	},
	strict,
);

export const signaturePatch = Type.Partial(Signature, strict);

export const Digest = Type.Object(
	{ username: Type.String(), password: Type.String() },
	{ ...strict, description: 'credential names' },
);
