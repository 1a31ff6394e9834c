import Type from 'typebox';

/** What keys of a scenario hold. */

export const Text = (description: string) =>
	Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
		description: `${description}; \${…} is filled in`,
	});
export const Duration = (description: string) =>
	Type.Union([Type.String(), Type.Literal(0)], {
		description: `${description}: 500ms, 2s, 10m, 1h`,
	});
export const Flag = (description: string) => Type.Boolean({ description });
export const Names = (description: string) =>
	Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], { description });
export const Count = (description: string) =>
	Type.Integer({ minimum: 1, maximum: 100_000, description });
