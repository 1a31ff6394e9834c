import { Compile } from 'typebox/compile';
import { Problem } from '../model/problem.ts';
import type { EventFile, ProviderFile, ScenarioFile, Vector } from '../model/provider.ts';
import { ProviderSchema } from '../model/provider-schema.ts';
import { EventSchema, ScenarioSchema, VectorsSchema } from '../model/sample-schema.ts';
import { placeOfPointer, syntaxError } from './json-place.ts';

interface Violation {
	readonly keyword: string;
	readonly instancePath: string;
	readonly params: object;
	readonly message: string;
}
interface Validator {
	Check(value: unknown): boolean;
	Errors(value: unknown): Violation[];
}

const validators = {
	provider: Compile(ProviderSchema) as Validator,
	event: Compile(EventSchema) as Validator,
	vectors: Compile(VectorsSchema) as Validator,
	scenario: Compile(ScenarioSchema) as Validator,
};

/** A fault in a fixture, with the line a person can go to. */
export function fixtureProblem(file: string, text: string, pointer: string, what: string): Problem {
	const { line, column } = placeOfPointer(text, pointer);
	const field = pointer.split('/').slice(1).join('.');
	return new Problem('fixture-invalid', `${file}:${line}:${column}: ${field === '' ? '' : `${field} `}${what}`, {
		hint: 'Mend the file; docs/provider-format.md describes every key.',
	});
}

function parse(file: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		const where = syntaxError(text);
		const place = where === undefined ? '' : `:${where.line}:${where.column}`;
		throw new Problem('fixture-invalid', `${file}${place}: not JSON (${where?.what ?? (cause as Error).message})`, {
			hint: 'Mend the file.',
			cause,
		});
	}
}

/** The deepest complaint is the one that names the mistake; the unions above it only repeat it. */
function tellingViolation(violations: readonly Violation[]): Violation | undefined {
	const depth = (v: Violation) => v.instancePath.split('/').length;
	return (
		violations.filter((v) => v.keyword !== 'anyOf' && v.keyword !== 'boolean').sort((a, b) => depth(b) - depth(a))[0] ??
		violations[0]
	);
}

function wording({ keyword, params, message }: Violation): string {
	const detail = params as { additionalProperties?: string[]; requiredProperties?: string[]; allowedValues?: string[] };
	if (keyword === 'additionalProperties') return `has an unknown key "${detail.additionalProperties?.[0]}"`;
	if (keyword === 'required') return `lacks "${detail.requiredProperties?.[0]}"`;
	if (keyword === 'enum') return `must be one of ${detail.allowedValues?.join(', ')}`;
	return message;
}

function validated<T>(kind: keyof typeof validators, file: string, text: string): T {
	const value = parse(file, text);
	const validator = validators[kind];
	if (validator.Check(value)) return value as T;
	const violation = tellingViolation(validator.Errors(value));
	const extra = (violation?.params as { additionalProperties?: string[] } | undefined)?.additionalProperties?.[0];
	const pointer = `${violation?.instancePath ?? ''}${extra === undefined ? '' : `/${extra}`}`;
	const problem = fixtureProblem(
		file,
		text,
		pointer,
		violation === undefined ? 'does not fit the format' : wording(violation),
	);
	throw problem;
}

/** @throws Problem `fixture-invalid` with file, line and field */
export const readProviderFile = (file: string, text: string): ProviderFile => validated('provider', file, text);
/** @throws Problem `fixture-invalid` with file, line and field */
export const readEventFile = (file: string, text: string): EventFile => validated('event', file, text);
/** @throws Problem `fixture-invalid` with file, line and field */
export const readScenarioFile = (file: string, text: string): ScenarioFile => validated('scenario', file, text);
/** @throws Problem `fixture-invalid` with file, line and field */
export const readVectors = (file: string, text: string): Vector[] => validated('vectors', file, text);
