import { Problem } from '../model/problem.ts';

const spans: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };

/** `500/s`, `30000/m`; a number alone is a second's. @returns callbacks a second @throws Problem */
export function parseRate(text: string): number {
	const [, number = '', span = 's'] = /^(\d+(?:\.\d+)?)(?:\/(s|m|h))?$/.exec(text.trim()) ?? [];
	const rate = Number(number) / (spans[span] ?? 1);
	if (number !== '' && rate > 0 && rate <= 1_000_000) return rate;
	throw new Problem('usage', (say) => `${say('rate')} "${text}" is not a rate up to 1000000/s`, {
		hint: (say) => `Write ${say('rate', '500/s')}.`,
	});
}

/** `5%`, `0.5%`. @returns a share, 0 to 1 @throws Problem `usage` */
export function parseShare(text: string, what: string): number {
	const [, percent = ''] = /^(\d{1,3}(?:\.\d{1,3})?)%$/.exec(text.trim()) ?? [];
	if (percent !== '' && Number(percent) <= 100) return Number(percent) / 100;
	throw new Problem('usage', (say) => `${say(what)} "${text}" is not a share from 0% to 100%`, {
		hint: (say) => `Write ${say(what, '5%')}.`,
	});
}
