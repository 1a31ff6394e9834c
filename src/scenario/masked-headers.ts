import { own } from '../model/own.ts';
import type { HeaderSetting } from '../model/settings.ts';
import type { ValueObject } from '../model/value.ts';
import { namesIn } from './fill-names.ts';

/** Headers as a scenario has them: names and values, or texts. */
type Written = Readonly<Record<string, unknown>> | readonly string[] | undefined;

/** A header with a value from the environment, be it through a variable, carries a key. */
export function maskedHeaders(
	headers: readonly HeaderSetting[],
	written: Written,
	vars: ValueObject,
): HeaderSetting[] {
	const names = fromEnvironment(written, vars).map((name) => name.toLowerCase());
	return headers.map((header) =>
		header.value.kind === 'text' && names.includes(header.name.toLowerCase())
			? { ...header, value: { ...header.value, isMasked: true } }
			: header,
	);
}

function fromEnvironment(header: Written, vars: ValueObject): string[] {
	if (header === undefined) return [];
	const all = Array.isArray(header)
		? (header as readonly string[]).map((text): [string, unknown] => [
				text.split(':')[0] ?? '',
				text,
			])
		: Object.entries(header);
	return all
		.filter(([, value]) => isFromEnvironment(value, vars, new Set()))
		.map(([name]) => name.trim());
}

function isFromEnvironment(
	value: unknown,
	vars: ValueObject,
	before: ReadonlySet<string>,
): boolean {
	return namesIn(value).some((name) => {
		const [root, first = ''] = name.split('.');
		if (root === 'env') return true;
		return (
			root === 'vars' &&
			!before.has(first) &&
			isFromEnvironment(own(vars, first), vars, new Set([...before, first]))
		);
	});
}
