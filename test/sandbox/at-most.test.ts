import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atMost } from '../../src/sandbox/at-most.ts';

test('never more is under way than is allowed, and everything is done, in its turn', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 4 }),
			fc.array(fc.record({ turns: fc.integer({ min: 0, max: 5 }), fails: fc.boolean() })),
			async (most, works) => {
				const inLine = atMost(most);
				const begun: number[] = [];
				let underWay = 0;
				let highest = 0;
				const ends = await Promise.allSettled(
					works.map(({ turns, fails }, at) =>
						inLine(async () => {
							begun.push(at);
							highest = Math.max(highest, ++underWay);
							for (let left = turns; left > 0; left--) await Promise.resolve();
							underWay--;
							if (fails) throw new Error('no');
							return at;
						}),
					),
				);
				expect(begun).toEqual(works.map((_, at) => at));
				expect(highest).toBeLessThanOrEqual(most);
				expect(ends.map(({ status }) => status)).toEqual(
					works.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
				);
			},
		),
	);
});

test('what has room begins at once', () => {
	const inLine = atMost(2);
	const begun: number[] = [];
	for (const one of [1, 2, 3])
		void inLine(async () => {
			begun.push(one);
			await new Promise(() => undefined);
		});
	expect(begun).toEqual([1, 2]);
});
