import { createHash } from 'node:crypto';
import type { Random } from '../model/clock.ts';
import { Problem } from '../model/problem.ts';
import { exactNumber } from '../model/read-json.ts';
import type { Secret } from '../model/secret.ts';
import { partsOf } from '../model/template.ts';
import type { Value } from '../model/value.ts';
import { formatTime } from './format-time.ts';
import { phpText } from './print-value.ts';
import { base62, digits, hex, uuid } from './random-text.ts';

/** What a placeholder can reach. */
export interface Scope {
	value(path: string): Value | undefined;
	credential(name: string): Secret;
	/** Epoch milliseconds. */
	readonly now: number;
	readonly zone: string;
	readonly target: string;
	readonly random: Random;
}

/**
 * Fills a template in. One that is a single placeholder keeps the value's type.
 *
 * @param tell how a credential is written: revealed for the wire, shown for a person
 * @throws Problem `fixture-invalid` for a placeholder or filter outside the closed list
 */
export function fill(
	template: string,
	scope: Scope,
	tell: (secret: Secret) => string = (secret) => secret.reveal(),
): Value | undefined {
	const parts = partsOf(template);
	const [only] = parts;
	if (parts.length === 1 && only !== undefined && 'source' in only) return filtered(only, scope, tell);
	return parts
		.map((part) => ('literal' in part ? part.literal : phpText(filtered(part, scope, tell), part.source)))
		.join('');
}

function filtered(
	{ source, filters }: { source: string; filters: readonly string[] },
	scope: Scope,
	tell: (secret: Secret) => string,
): Value | undefined {
	return filters.reduce<Value | undefined>(
		(value, filter) => applyFilter(filter, value, source),
		placeholder(source, scope, tell),
	);
}

function placeholder(source: string, scope: Scope, tell: (secret: Secret) => string): Value | undefined {
	const colon = source.indexOf(':');
	const kind = colon < 0 ? source : source.slice(0, colon);
	const detail = source.slice(colon + 1);
	if (kind === 'target') return scope.target;
	if (kind === 'uuid') return uuid(scope.random);
	if (source.startsWith('cred.')) return tell(scope.credential(source.slice('cred.'.length)));
	if (colon < 0) return scope.value(source);
	if (kind === 'now') return formatTime(detail, scope.now, scope.zone);
	if (kind === 'digits') return digits(Number(detail), scope.random);
	if (kind === 'base62') return base62(Number(detail), scope.random);
	if (kind === 'hex') return hex(Number(detail), scope.random);
	throw new Problem('fixture-invalid', `\${${source}} is not a placeholder`, {
		hint: 'See docs/provider-format.md for the list.',
	});
}

function applyFilter(filter: string, value: Value | undefined, source: string): Value | undefined {
	const [name, ...more] = filter.split(':');
	const text = phpText(value, source);
	if (name === 'md5') return createHash('md5').update(text).digest('hex');
	if (name === 'dots') return text.replace(/\B(?=(\d{3})+$)/g, '.');
	if (name === 'number') return exactNumber(text.replace(/^0+(?=\d)/, ''));
	if (name === 'string') return text;
	if (name === 'slice') return text.slice(Number(more[0]), more[1] === undefined ? undefined : Number(more[1]));
	throw new Problem('fixture-invalid', `"${filter}" is not a filter (in \${${source}|${filter}})`, {
		hint: 'Filters: md5, dots, number, string, slice:a:b.',
	});
}
