import type { Violation } from '../documents/violation.ts';
import type { EventFile, MessageFile, ProviderFile } from '../model/provider.ts';
import { templateFault } from '../model/template.ts';
import { claimFaults } from './claim-faults.ts';
import { fieldPaths } from './field-paths.ts';

/** What in a sample does not fit its message. */
export function* eventFaults(
	event: EventFile,
	message: MessageFile,
	provider: ProviderFile,
): Generator<Violation> {
	const fields = fieldPaths(message);
	const vars = new Set(Object.keys(event.vars ?? {}));
	if (Number.isNaN(Date.parse(event.clock)))
		yield { pointer: '/clock', what: 'is no time that exists' };
	for (const fault of claimFaults(event.claims ?? {}, provider))
		yield { ...fault, pointer: `/claims${fault.pointer}` };
	yield* unlistedFields(event.values, '/values', fields);
	const options = Object.values(message.choices ?? {}).flatMap((all) => Object.keys(all));
	for (const [option, patch] of Object.entries(event.options ?? {})) {
		if (!options.includes(option))
			yield { pointer: `/options/${option}`, what: 'is no option of the message' };
		yield* unlistedFields(patch.values ?? {}, `/options/${option}/values`, fields);
	}
	for (const [path, template] of Object.entries(event.derive ?? {})) {
		const known = (name: string) => fields.has(name) || vars.has(name);
		const what = fields.has(path)
			? templateFault(template, known, Object.keys(provider.credentials))
			: 'is no field';
		if (what !== undefined) yield { pointer: `/derive/${path}`, what };
	}
}

/** Values that the message lists under no option: they would never be sent. */
function* unlistedFields(
	values: Readonly<Record<string, unknown>>,
	pointer: string,
	fields: ReadonlySet<string>,
	prefix = '',
): Generator<Violation> {
	for (const [key, value] of Object.entries(values)) {
		const path = `${prefix}${key}`;
		if (!fields.has(path))
			yield {
				pointer: `${pointer}/${key}`,
				what: 'is not under "fields" of the message, and would never be sent',
			};
		const hasListedInside = [...fields].some((field) => field.startsWith(`${path}.`));
		if (hasListedInside && typeof value === 'object' && value !== null && !Array.isArray(value)) {
			yield* unlistedFields(
				value as Record<string, unknown>,
				`${pointer}/${key}`,
				fields,
				`${path}.`,
			);
		}
	}
}
