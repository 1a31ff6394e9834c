import { textIn } from '../fields.ts';
import type { Call, Reply } from '../provider.ts';
import { facts } from './facts.ts';

/** KHOINS says in the body how it went. */
export const ok = (json: unknown): Reply => ({ status: 200, json });

/** Parameters of a GET, fields of a POST's JSON; empty where there is none. */
export const valueIn = ({ method, query, fields }: Call, name: string): string =>
	(method === 'POST' ? textIn(fields, name) : query.get(name)) ?? '';

export const credentials = ['memberid', 'memberpass', 'memberpin'] as const;

/** The first that is not there or empty; told with the names that others were sent under. */
export function missingIn(call: Call, names: readonly string[]): string | undefined {
	const absent = names.filter((name) => valueIn(call, name) === '');
	const [missing] = absent;
	if (missing === undefined) return undefined;
	const given = call.method === 'POST' ? Object.keys(call.fields) : [...call.query.keys()];
	const renamed = absent.flatMap((name): string[] => {
		const others = (facts.rules.otherNames as Record<string, readonly string[]>)[name] ?? [];
		const meant = given.find(
			(one) => one !== name && [name, ...others].includes(one.toLowerCase()),
		);
		return meant === undefined ? [] : [`"${meant}" is ${name}`];
	});
	const is = given.includes(missing) ? 'empty' : 'missing';
	call.note([`${missing} is ${is}`, ...renamed].join('; '));
	if (given.includes('sign'))
		call.note('KHOINS has no sign: memberpass and memberpin travel as they are');
	return missing;
}

export function tellWithoutTarget({ advise }: Call, callbackTo: string | undefined): void {
	if (callbackTo === undefined)
		advise(
			'the result goes nowhere: no request of KHOINS names an address; callsim sandbox khoins --callback-to <url> does',
		);
}
