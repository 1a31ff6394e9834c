import { printableLine } from '../report/safe/escape.ts';
import type { Controls } from '../sandbox/controls.ts';
import { usualPort } from './options/sandbox-port-flag.ts';

/** What has to be typed behind a control, so that it finds this sandbox. */
export const portWords = (url: string): string => {
	const port = url.slice(url.lastIndexOf(':') + 1);
	return port === usualPort ? '' : ` --port ${port}`;
};

/**
 * How an order that waits for somebody is decided, in lines to type and to open: once of each.
 * @returns nothing of one that goes on by itself
 */
export function undecided(
	controls: Pick<Controls, 'order'>,
	url: string,
): (id: string) => readonly string[] {
	const said = new Set<string>();
	return (id) => {
		if (said.has(id)) return [];
		const { outcomes, next, page } = controls.order(id);
		const [first, ...others] = outcomes;
		if (first === undefined || next.some(({ action }) => action !== 'expire')) return [];
		said.add(id);
		const instead = others.length === 0 ? '' : `  (or ${others.join(', ')})`;
		return [
			...(page === undefined ? [] : [`to pay: ${page}`]),
			`to decide: callsim sandbox settle ${id} ${first}${portWords(url)}${instead}`,
		].map(printableLine);
	};
}
