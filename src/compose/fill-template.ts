import { createHash } from 'node:crypto';
import { isNumber } from 'lossless-json';
import type { Random } from '../model/clock.ts';
import { Problem } from '../model/problem.ts';
import { exactNumber } from '../model/read-json.ts';
import { mostFilledIn, Room } from '../model/room.ts';
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

interface Filling {
	/** What is made of the template, as a person knows it. */
	readonly what: string;
	/** How a credential is written: revealed for the wire, shown for a person. */
	readonly tell?: (secret: Secret) => string;
	/** Shared by templates that fill one another in. */
	readonly room?: Room;
}

/**
 * Fills a template in. One that is a single placeholder keeps the value's type.
 * @throws Problem `fixture-invalid` for a placeholder or filter outside the closed list,
 * `value-misfit` for what grows beyond all bounds
 */
export function fill(template: string, scope: Scope, filling: Filling): Value | undefined {
	const { what, tell = (secret) => secret.reveal(), room = new Room() } = filling;
	const fitting = <T extends Value | undefined>(value: T): T => {
		if (room.holds(value)) return value;
		throw new Problem(
			'value-misfit',
			`${what}: its template fills in more than ${mostFilledIn} characters`,
			{ hint: 'Shorten the values; look for templates that fill one another in.' },
		);
	};
	const parts = partsOf(template);
	const [only] = parts;
	if (parts.length === 1 && only !== undefined && 'source' in only)
		return fitting(filtered(only, scope, tell));
	const texts = parts.map((part) =>
		'literal' in part ? part.literal : fitting(phpText(filtered(part, scope, tell), part.source)),
	);
	return texts.join('');
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

function placeholder(
	source: string,
	scope: Scope,
	tell: (secret: Secret) => string,
): Value | undefined {
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

/** @throws Problem `fixture-invalid`, `value-misfit` */
export function applyFilter(
	filter: string,
	value: Value | undefined,
	source: string,
): Value | undefined {
	const [name, ...more] = filter.split(':');
	const text = phpText(value, source);
	if (name === 'md5') return createHash('md5').update(text).digest('hex');
	if (name === 'dots') return dotted(text);
	if (name === 'number') return numberOf(text, source);
	if (name === 'string') return text;
	if (name === 'digits') return text.replace(/\D/g, '');
	if (name === 'urlencode')
		return rawurlencoded(text).replaceAll('%20', '+').replaceAll('~', '%7E');
	if (name === 'rawurlencode') return rawurlencoded(text);
	if (name === 'slice')
		return text.slice(Number(more[0]), more[1] === undefined ? undefined : Number(more[1]));
	throw new Problem('fixture-invalid', `"${filter}" is not a filter (in \${${source}|${filter}})`, {
		hint: 'Filters: md5, dots, number, string, digits, urlencode, rawurlencode, slice:a:b.',
	});
}

/** As PHP has it: everything but letters, digits and `-_.~`. */
const rawurlencoded = (text: string): string =>
	encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8')).replace(
		/[!'()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
	);

/** `1234567` at the end → `1.234.567`; read from the end, so that a long text is read once. */
function dotted(text: string): string {
	const reversed = [...text].reverse().join('');
	return [...reversed.replace(/^\d+/, (digits) => digits.replace(/\d{3}(?=\d)/g, '$&.'))]
		.reverse()
		.join('');
}

function numberOf(text: string, source: string): Value {
	const plain = text.replace(/^0+(?=\d)/, '');
	if (isNumber(plain)) return exactNumber(plain);
	throw new Problem(
		'value-misfit',
		`${source} goes out as a number, and "${text.slice(0, 200)}" is none`,
		{ hint: 'Set it to a number, or set the field that is made of it.' },
	);
}
