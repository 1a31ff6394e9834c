import { nearestName } from '../model/suggest.ts';

/** What of a compiled schema is used here. */
export interface Validator {
	Check(value: unknown): boolean;
	Errors(value: unknown): readonly RawViolation[];
}

interface RawViolation {
	readonly keyword: string;
	readonly schemaPath: string;
	readonly instancePath: string;
	readonly params: object;
	readonly message: string;
}

export interface Violation {
	/** JSON pointer of what is wrong; of the key, where a key is. */
	readonly pointer: string;
	readonly what: string;
}

/** The one mistake to tell, or undefined when the value fits. @param schema as JSON, for the keys that would be right */
export function violationIn(validator: Validator, value: unknown, schema: unknown): Violation | undefined {
	if (validator.Check(value)) return undefined;
	const violation = telling(validator.Errors(value));
	if (violation === undefined) return { pointer: '', what: 'does not fit the format' };
	const [unknown] = (violation.params as { additionalProperties?: string[] }).additionalProperties ?? [];
	const inner = unknown === undefined ? '' : `/${unknown.replaceAll('~', '~0').replaceAll('/', '~1')}`;
	return { pointer: `${violation.instancePath}${inner}`, what: wording(violation, schema) };
}

/** The deepest complaint is the one that names the mistake; the unions above it only repeat it. */
function telling(violations: readonly RawViolation[]): RawViolation | undefined {
	const depth = ({ instancePath }: RawViolation) => instancePath.split('/').length;
	return (
		violations
			.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'boolean')
			.sort((a, b) => depth(b) - depth(a))[0] ?? violations[0]
	);
}

function wording({ keyword, params, message, schemaPath }: RawViolation, schema: unknown): string {
	const detail = params as { additionalProperties?: string[]; requiredProperties?: string[]; allowedValues?: string[] };
	if (keyword === 'additionalProperties') {
		const [unknown = ''] = detail.additionalProperties ?? [];
		const near = nearestName(unknown, keysAt(schema, schemaPath));
		return `has an unknown key "${unknown}"${near === undefined ? '' : ` (did you mean "${near}"?)`}`;
	}
	if (keyword === 'required') return `lacks "${detail.requiredProperties?.[0]}"`;
	if (keyword === 'enum') return `must be one of ${detail.allowedValues?.join(', ')}`;
	return message;
}

function keysAt(schema: unknown, schemaPath: string): string[] {
	const found = schemaPath
		.split('/')
		.slice(1)
		.reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], schema);
	return Object.keys((found as { properties?: object } | undefined)?.properties ?? {});
}
