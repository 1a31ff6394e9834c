import { asOne } from '../model/faults.ts';
import type { Problem } from '../model/problem.ts';
import { nearestName } from '../model/suggest.ts';
import type { Place } from './json-place.ts';
import { escaped } from './pointer.ts';
import type { RawViolation, Validator } from './schema-validator.ts';

export interface Violation {
	/** JSON pointer of what is wrong; of the key, where a key is. */
	readonly pointer: string;
	readonly what: string;
}

/** Every mistake once. @param schema as JSON, for the keys and words that would be right */
export function violationsIn(
	validator: Validator,
	value: unknown,
	schema: unknown,
): readonly Violation[] {
	if (validator.Check(value)) return [];
	const raw = validator
		.Errors(value)
		.filter(({ keyword }) => keyword !== 'boolean')
		.flatMap(eachKey);
	const choices = raw.filter(({ keyword }) => keyword === 'anyOf');
	const outermost = choices.filter((choice) => !choices.some((other) => isWithin(choice, other)));
	const plain = raw.filter(
		(one) => one.keyword !== 'anyOf' && !outermost.some((choice) => isWithin(one, choice)),
	);
	const told = [
		...plain.map((one) => violation(one, wording(one, schema))),
		...outermost.map((choice) => choiceViolation(choice, raw, schema)),
	];
	const first = new Map(told.toReversed().map((one) => [one.pointer, one]));
	return told.length === 0
		? [{ pointer: '', what: 'does not fit the format' }]
		: [...first.values()];
}

/** A problem of each, in the order of the file. */
export function problemsOf(
	violations: readonly Violation[],
	place: (pointer: string) => Place,
	problemOf: (violation: Violation) => Problem,
): Problem[] {
	return violations
		.map((violation) => ({ violation, ...place(violation.pointer) }))
		.sort((one, other) => one.line - other.line || one.column - other.column)
		.map(({ violation }) => problemOf(violation));
}

/** @throws Problem all of them */
export function refuseAll(...violations: Parameters<typeof problemsOf>): void {
	const problems = problemsOf(...violations);
	if (problems.length > 0) throw asOne(problems);
}

const isWithin = (inner: RawViolation, choice: RawViolation): boolean =>
	inner.schemaPath.startsWith(`${choice.schemaPath}/anyOf/`) &&
	`${inner.instancePath}/`.startsWith(`${choice.instancePath}/`);

/** Of several forms none fits: the mistake in the one that was meant, or what all would be. */
function choiceViolation(
	choice: RawViolation,
	raw: readonly RawViolation[],
	schema: unknown,
): Violation {
	const inner = raw.filter((one) => one.keyword !== 'anyOf' && isWithin(one, choice));
	const [deepest] = inner
		.filter(
			(one) => one.instancePath.length > choice.instancePath.length || ofObjects.has(one.keyword),
		)
		.sort((a, b) => depth(b) - depth(a));
	const one = deepest ?? inner[0] ?? choice;
	if (
		ofObjects.has(one.keyword) ||
		!raw.some(
			({ keyword, instancePath }) => keyword === 'anyOf' && instancePath === one.instancePath,
		)
	)
		return violation(one, wording(one, schema));
	const forms = inner.filter(({ instancePath }) => instancePath === one.instancePath).map(formOf);
	const must = forms.includes(undefined)
		? 'does not fit'
		: `must be ${[...new Set(forms)].join(' or ')}`;
	const meant = descriptionAt(schema, one.schemaPath);
	return violation(one, meant === undefined ? must : `${must} (${meant})`);
}

function formOf({ keyword, params }: RawViolation): string | undefined {
	const { type = '', allowedValue } = params as { type?: string; allowedValue?: unknown };
	if (keyword === 'const') return String(allowedValue);
	return keyword === 'type' ? (kinds[type] ?? type) : undefined;
}

/** A complaint about several unknown keys, as one about each. */
function eachKey(one: RawViolation): RawViolation[] {
	const { additionalProperties } = one.params as { additionalProperties?: string[] };
	if (one.keyword !== 'additionalProperties' || additionalProperties === undefined) return [one];
	return additionalProperties.map((key) => ({ ...one, params: { additionalProperties: [key] } }));
}

/** Complaints that only a value of the right kind can cause. */
const ofObjects = new Set(['additionalProperties', 'required', 'minProperties']);
const depth = ({ instancePath, keyword }: RawViolation) =>
	instancePath.split('/').length + (ofObjects.has(keyword) ? 1 : 0);

function violation({ instancePath, params }: RawViolation, what: string): Violation {
	const [unknown] = (params as { additionalProperties?: string[] }).additionalProperties ?? [];
	const key = unknown === undefined ? '' : `/${escaped(unknown)}`;
	return { pointer: `${instancePath}${key}`, what };
}

function wording({ keyword, params, message, schemaPath }: RawViolation, schema: unknown): string {
	const detail = params as {
		additionalProperties?: string[];
		requiredProperties?: string[];
		allowedValues?: string[];
		type?: string;
	};
	if (keyword === 'additionalProperties') {
		const [unknown = ''] = detail.additionalProperties ?? [];
		const part = partsOf(schema, schemaPath).at(-1);
		const [pattern] = Object.keys(
			(part as { patternProperties?: object } | undefined)?.patternProperties ?? {},
		);
		if (pattern !== undefined) return `is no name that may stand here (it must match ${pattern})`;
		const near = nearestName(unknown, Object.keys(properties(part)));
		return `is an unknown key${near === undefined ? '' : ` (did you mean "${near}"?)`}`;
	}
	if (keyword === 'required') return `lacks "${detail.requiredProperties?.[0]}"`;
	if (keyword === 'enum') return `must be one of ${detail.allowedValues?.join(', ')}`;
	return keyword === 'type' ? `must be ${kinds[detail.type ?? ''] ?? detail.type}` : message;
}

const kinds: Readonly<Record<string, string>> = {
	string: 'a string',
	integer: 'a whole number',
	number: 'a number',
	boolean: 'true or false',
	object: 'an object (key: value)',
	array: 'a list',
};

/** What the schema says of the nearest part around the place that says something. */
const descriptionAt = (schema: unknown, schemaPath: string): string | undefined =>
	partsOf(schema, schemaPath)
		.map((part) => (part as { description?: string } | undefined)?.description)
		.findLast((description) => description !== undefined);

/** The parts of a schema along a path, the whole first. */
function partsOf(schema: unknown, schemaPath: string): unknown[] {
	const parts = [schema];
	for (const name of schemaPath.split('/').slice(1))
		parts.push((parts.at(-1) as Record<string, unknown> | undefined)?.[name]);
	return parts;
}

const properties = (part: unknown): object =>
	(part as { properties?: object } | undefined)?.properties ?? {};
