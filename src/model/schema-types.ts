import Type from 'typebox';

/** A key that nobody reads would pass unnoticed. */
export const strict = { additionalProperties: false };

/** What is told as it stands: on one line, and without what could rewrite a screen. */
export const Line = Type.String({
	pattern: '^[^\\p{Cc}\\p{Cf}\\u2028\\u2029]*$',
	description: 'one line, without control characters',
});

/** Keys that somebody chose. One that does not fit is refused: its value would pass unread. */
export const Keyed = <T extends Type.TSchema>(
	value: T,
	more: Type.TSchemaOptions = {},
	pattern?: string,
) =>
	Type.Record(Type.String(pattern === undefined ? {} : { pattern }), value, { ...strict, ...more });

/** The same properties, none of which has to be there. */
export const optional = <P extends Type.TProperties>(properties: P) =>
	Object.fromEntries(
		Object.entries(properties).map(([name, type]) => [name, Type.Optional(type)]),
	) as { [K in keyof P]: Type.TOptional<P[K]> };

const Template = Type.String({
	description: 'text with ${…} placeholders; see docs/provider-format.md',
});
export const Templates = Keyed(Template);
