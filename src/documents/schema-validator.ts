import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';

/** What of a compiled schema is used here. */
export interface Validator {
	Check(value: unknown): boolean;
	Errors(value: unknown): readonly RawViolation[];
}

export interface RawViolation {
	readonly keyword: string;
	readonly schemaPath: string;
	readonly instancePath: string;
	readonly params: object;
	readonly message: string;
}

export function schemaValidator(schema: TSchema): Validator {
	// The library stops at eight, and a choice of several forms spends some of them on one mistake.
	Settings.Set({ maxErrors: 1_000 });
	return Compile(schema) as Validator;
}
