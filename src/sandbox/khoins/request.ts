import { textIn } from '../fields.ts';
import type { Call, Reply } from '../provider.ts';
import { facts } from './facts.ts';

/** KHOINS says in the body how it went. */
export const ok = (json: unknown): Reply => ({ status: 200, json });

/** Parameters of a GET, fields of a POST's JSON; empty where there is none. */
export const valueIn = ({ method, query, fields }: Call, name: string): string =>
	(method === 'POST' ? textIn(fields, name) : query.get(name)) ?? '';

export const credentials = ['memberid', 'memberpass', 'memberpin'] as const;

/** The first that is not there or empty; told with the name that it was sent under instead. */
export function missingIn(call: Call, names: readonly string[]): string | undefined {
	const missing = names.find((name) => valueIn(call, name) === '');
	if (missing === undefined) return undefined;
	const given = call.method === 'POST' ? Object.keys(call.fields) : [...call.query.keys()];
	const others = (facts.rules.otherNames as Record<string, readonly string[]>)[missing] ?? [];
	const meant = given.find((name) => [missing, ...others].includes(name.toLowerCase()));
	call.note(
		meant === undefined || meant === missing
			? `${missing} is ${given.includes(missing) ? 'empty' : 'missing'}`
			: `${missing} is missing: "${meant}" is not what KHOINS calls it`,
	);
	return missing;
}

export function tellWithoutTarget({ note }: Call, callbackTo: string | undefined): void {
	if (callbackTo === undefined)
		note(
			'the result goes nowhere: no request of KHOINS names an address; callsim sandbox khoins --callback-to <url> does',
		);
}
