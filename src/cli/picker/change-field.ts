import type { PreparedFire } from '../../engine/fire.ts';
import type { Assignment } from '../../model/settings.ts';
import { textOf } from '../../model/value-text.ts';
import { type Back, back } from './asker.ts';
import { flatValues } from './flat-values.ts';
import { rankOf } from './matching.ts';
import { type Picks, trailOf } from './picks.ts';
import type { PickerContext } from './walk.ts';

/** A field and its value; without a callback to look at, those that were changed are taken back. */
export async function askChange(
	fire: PreparedFire | undefined,
	{ set, ...picks }: Picks,
	{ asker }: PickerContext,
): Promise<readonly Assignment[] | Back> {
	const values = fire?.composed[0]?.values;
	if (values === undefined) return set.slice(0, -1);
	const trail = trailOf({ ...picks, set });
	const options = flatValues(values).map(([path, value]) => ({
		...{ value: path, name: path, about: value === null ? 'null' : textOf(value) },
	}));
	for (;;) {
		const path = await asker.find({
			...{ message: 'Field', trail, options },
			offered: (typed) =>
				options
					.map((option) => ({ option, rank: rankOf([option.name, option.about], typed) }))
					.filter(({ rank }) => rank !== undefined)
					.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
					.map(({ option }) => option),
		});
		if (path === back) return back;
		const text = await asker.line({
			...{ message: path, trail, initial: options.find(({ value }) => value === path)?.about },
			wrongWith: () => undefined,
		});
		if (text === back) continue;
		const value = { kind: 'text', text } as const;
		return [...set.filter((one) => one.path !== path), { path, value }];
	}
}
