import type { Mistake, MistakeContext } from '../mistake.ts';
import { textAt } from '../recipe.ts';
import { inOneValue } from './value-change.ts';

/** What no column cuts a short text to. */
const longest = 255;

/** One value cut anywhere: the column of a shop is as long as somebody made it. */
export const cutMistakes = ({ signed, values }: MistakeContext): Mistake[] =>
	signed.flatMap((name) => {
		const characters = [...textAt(values, name).slice(0, 2 * longest)];
		const shorter = characters.slice(1, longest + 1).map((_, at) => at + 1);
		return shorter.map((length) => {
			const text = characters.slice(0, length).join('');
			const how = `cut to ${length} character${length === 1 ? '' : 's'}`;
			return inOneValue({ code: 'cut', how, php: '', change: () => text }, name);
		});
	});
