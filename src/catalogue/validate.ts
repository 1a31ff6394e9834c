import { placeOfPointer, syntaxError } from '../documents/json-place.ts';
import { placedProblem } from '../documents/placed-problem.ts';
import { schemaValidator } from '../documents/schema-validator.ts';
import { refuseAll, violationsIn } from '../documents/violation.ts';
import { deepest, isTooDeep } from '../model/depth.ts';
import { Problem } from '../model/problem.ts';
import type { EventFile, ProviderFile, Vector } from '../model/provider.ts';
import { ProviderSchema } from '../model/provider-schema.ts';
import { EventSchema, VectorsSchema } from '../model/sample-schema.ts';

const schemas = { provider: ProviderSchema, event: EventSchema, vectors: VectorsSchema };
const validators = {
	provider: schemaValidator(ProviderSchema),
	event: schemaValidator(EventSchema),
	vectors: schemaValidator(VectorsSchema),
};

/** A fault in a fixture, with the line a person can go to. */
export function fixtureProblem(file: string, text: string, pointer: string, what: string): Problem {
	const about = pointer.split('/').slice(1).join('.');
	const hint = 'Mend the file; docs/provider-format.md describes every key.';
	const place = placeOfPointer(text, pointer);
	return placedProblem('fixture-invalid', file, place, about, what, hint);
}

function parse(file: string, text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		if (isTooDeep(value)) throw new Error(`nested deeper than ${deepest} levels`);
		return value;
	} catch (cause) {
		const where = syntaxError(text);
		const place = where === undefined ? '' : `:${where.line}:${where.column}`;
		throw new Problem(
			'fixture-invalid',
			`${file}${place}: not JSON (${where?.what ?? (cause as Error).message})`,
			{
				hint: 'Mend the file.',
				cause,
			},
		);
	}
}

function validated<T>(kind: keyof typeof validators, file: string, text: string): T {
	const value = parse(file, text);
	refuseAll(
		violationsIn(validators[kind], value, schemas[kind]),
		(pointer) => placeOfPointer(text, pointer),
		({ pointer, what }) => fixtureProblem(file, text, pointer, what),
	);
	return value as T;
}

/** @throws Problem `fixture-invalid` with file, line and field */
export const readProviderFile = (file: string, text: string): ProviderFile =>
	validated('provider', file, text);
/** @throws Problem `fixture-invalid` with file, line and field */
export const readEventFile = (file: string, text: string): EventFile =>
	validated('event', file, text);
/** @throws Problem `fixture-invalid` with file, line and field */
export const readVectors = (file: string, text: string): Vector[] =>
	validated('vectors', file, text);
