import { parseDuration } from '../model/duration.ts';
import type { SendMore } from './deliveries.ts';
import { Refusal } from './provider.ts';

/** What a control is given, as JSON or a form. */
export type Given = Readonly<Record<string, unknown>>;

/** @throws Refusal, Problem */
export function sendMore(given: Given): SendMore {
	const tamper = text(given, 'tamper', '');
	const [, path, value] = /^([^=]+)=(.*)$/s.exec(tamper) ?? [];
	if (tamper !== '' && path === undefined) throw new Refusal('tamper is field=value');
	const isSaid = (name: string) => ['true', '1', true].includes(given[name] as string);
	const after = text(given, 'after', '');
	return {
		copies: count(given, 'times') ?? 1,
		...(after !== '' && { after: parseDuration(after, 'after') }),
		faults: {
			...(path !== undefined && { tamper: [{ path, value: { kind: 'text', text: value ?? '' } }] }),
			...(isSaid('unsigned') && { unsigned: true }),
			...(isSaid('wrongKey') && { wrongKey: true }),
		},
	};
}

/** @throws Refusal */
export function text(given: Given, name: string, otherwise?: string): string {
	const value = given[name] ?? otherwise;
	if (typeof value === 'string') return value;
	throw new Refusal(`${name} is missing, or no text`);
}

/** @throws Refusal */
export function count(given: Given, name: string): number | undefined {
	const value = given[name];
	if (value === undefined) return undefined;
	const number = Number(value);
	if (Number.isInteger(number) && number >= 1 && number <= 100) return number;
	throw new Refusal(`${name} is a whole number from 1 to 100`);
}
