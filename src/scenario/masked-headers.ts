import type { ValueObject } from '../model/value.ts';
import { namesIn } from './template.ts';

/** Headers of a step as they are written: names and values, or texts. */
type Written = Readonly<Record<string, unknown>> | readonly string[] | undefined;

/** Names of headers that take their value from the environment, be it through a variable: as a rule a key. */
export function maskedHeaders(header: Written, vars: ValueObject): string[] {
	if (header === undefined) return [];
	const all = Array.isArray(header)
		? (header as readonly string[]).map((text): [string, unknown] => [text.split(':')[0] ?? '', text])
		: Object.entries(header);
	return all.filter(([, value]) => isFromEnvironment(value, vars, new Set())).map(([name]) => name.trim());
}

function isFromEnvironment(value: unknown, vars: ValueObject, before: ReadonlySet<string>): boolean {
	return namesIn(value).some((name) => {
		const [root, first = ''] = name.split('.');
		if (root === 'env') return true;
		return root === 'vars' && !before.has(first) && isFromEnvironment(vars[first], vars, new Set([...before, first]));
	});
}
