import { Problem } from '../model/problem.ts';

const spans: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };
const mostASecond = 1_000_000;

/** `500/s`, `30000/m`; a number alone is a second's. @returns callbacks a second @throws Problem */
export function parseRate(text: string): number {
	const [, number = '', span = 's'] = /^(\d+(?:\.\d+)?)(?:\/(s|m|h))?$/.exec(text.trim()) ?? [];
	const rate = Number(number) / (spans[span] ?? 1);
	if (number !== '' && rate > 0 && rate <= mostASecond) return rate;
	const what = `a rate above 0 and up to ${mostASecond}/s`;
	throw new Problem('usage', (say) => `${say('rate')} "${text}" is not ${what}`, {
		hint: (say) =>
			rate > mostASecond
				? `Leave it out: the next one leaves when a connection is free.`
				: `Write ${say('rate', likelyRate(text))}; by the minute it is /m, by the hour /h.`,
	});
}

/** What may have been meant by `500 rps` or `30000/min`. */
function likelyRate(text: string): string {
	const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)[^a-z\d.]*([a-z]*)$/i.exec(text.trim()) ?? [];
	const span = /^(mi|h)/i.exec(unit)?.[1]?.toLowerCase().charAt(0) ?? 's';
	return Number(number) > 0 ? `${number}/${span}` : '500/s';
}

/** `5%`, `0.5%`. @returns a share, 0 to 1 @throws Problem `usage` */
export function parseShare(text: string, what: string): number {
	const [, percent = ''] = /^(\d{1,3}(?:\.\d{1,3})?)%$/.exec(text.trim()) ?? [];
	if (percent !== '' && Number(percent) <= 100) return Number(percent) / 100;
	const bare = Number(/^(\d+(?:\.\d{1,3})?) ?%?$/.exec(text.trim())?.[1] ?? 0);
	throw new Problem('usage', (say) => `${say(what)} "${text}" is not a share from 0% to 100%`, {
		hint: (say) =>
			bare > 100
				? `All of them twice are 100%, and ${say('duplicate', '3')} is each three times.`
				: `Write ${say(what, `${bare === 0 ? 5 : bare}%`)}.`,
	});
}

/** As a program says it. @returns a share, 0 to 1 @throws Problem `usage` */
export function shareIn(share: number, what: string): number {
	if (share >= 0 && share <= 1) return share;
	throw new Problem('usage', `${what} ${share} is not a share from 0 to 1`, {
		hint: `Write ${what}: 0.05 for 5%.`,
	});
}
