/** Where a text matches what was typed: `[from, to)` pairs, in order. */
export type Marks = readonly (readonly [from: number, to: number])[];

const wordsIn = (typed: string): string[] =>
	typed
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== '');

/** Every place of every word, places that touch as one. */
export function marksIn(text: string, typed: string): Marks {
	const lower = text.toLowerCase();
	const isMarked = new Array<boolean>(text.length).fill(false);
	for (const word of wordsIn(typed))
		for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1))
			isMarked.fill(true, at, at + word.length);
	const marks: [number, number][] = [];
	for (const [at, marked] of isMarked.entries()) {
		const last = marks.at(-1);
		if (!marked) continue;
		if (last?.[1] === at) last[1] = at + 1;
		else marks.push([at, at + 1]);
	}
	return marks;
}

/**
 * How well texts answer what was typed, less is better; undefined where a word is in none of them.
 * A text that stands earlier counts for more, and so does the beginning of a word: "success" means
 * -success before "unsuccessful".
 */
export function rankOf(texts: readonly string[], typed: string): number | undefined {
	let rank = 0;
	for (const word of wordsIn(typed)) {
		const best = texts
			.flatMap((text, at) => {
				const place = placeOf(text.toLowerCase(), word);
				return place === undefined ? [] : [place * texts.length + at];
			})
			.sort((a, b) => a - b)[0];
		if (best === undefined) return undefined;
		rank += best;
	}
	return rank;
}

/** 0: a whole word, 1: the beginning of one, 2: within one. */
function placeOf(text: string, word: string): 0 | 1 | 2 | undefined {
	let best: 1 | 2 | undefined;
	for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
		const isStart = !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));
		const isEnd = !/[\p{L}\p{N}]/u.test(text.charAt(at + word.length));
		if (isStart && isEnd) return 0;
		best = isStart ? 1 : (best ?? 2);
	}
	return best;
}
