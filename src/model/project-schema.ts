/** The project file, `callsim.yaml`, for every command of a project: docs/project-file.md. */
import Type from 'typebox';
import { Keyed, optional, strict } from './schema-types.ts';

const Named = (description: string) => Keyed(Type.String({ minLength: 1 }), { description });
const page = {
	url: Type.String({ minLength: 1 }),
	headers: Named('more headers for that URL; env:VAR and file:PATH are read'),
	command: Type.String({ pattern: '\\S' }),
};
const reference = Type.String({
	description: 'JSON pointer into its answer to the reference, where the shop numbers its orders',
});

export const ProjectSchema = Type.Object(
	optional({
		$schema: Type.String(),
		targets: Named('provider or event → URL of your receiver'),
		returnTargets: Named("provider or event → where the payer's browser comes back"),
		credentials: Keyed(Keyed(Type.String()), {
			description: 'provider → name → env:VAR or file:PATH; never the value itself',
		}),
		headers: Named('more headers for every callback; env:VAR and file:PATH are read'),
		resolve: Named('addresses of names, instead of a name server'),
		timeout: Type.Union([Type.String(), Type.Literal(0)], {
			description: 'for one attempt: 30s; 0 = none',
		}),
		speed: Type.Union([Type.Number({ exclusiveMinimum: 0 }), Type.Literal('max')], {
			description: 'how much faster provider time passes; max: no waiting',
		}),
		schedule: Type.String({ description: 'provider, none, 5x300s or 2m,10m,30m' }),
		values: Keyed(Keyed(Type.Any()), {
			description: 'provider or event → field → value, where a callback carries the field',
		}),
		scenarios: Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], {
			description: 'files and folders that "callsim run" takes when none is named',
		}),
		providers: Type.String({ description: 'folder of providers of your own' }),
		probe: Type.Object(optional(page), {
			...strict,
			description: 'how check reads an order: {reference}, {amount}',
		}),
		setup: Type.Object(optional({ ...page, reference }), {
			...strict,
			description: 'how check makes an order: {reference}, {amount}',
		}),
	}),
	{ ...strict, description: 'callsim.yaml' },
);
