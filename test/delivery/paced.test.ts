import { describe, expect, test } from 'vitest';
import { HungUp, paced } from '../../src/delivery/paced.ts';

describe('a body in pieces', () => {
	const piecesOf = async (text: string, pieces: number, stopAfter?: number) => {
		const all: string[] = [];
		try {
			for await (const piece of paced(Buffer.from(text), { pieces, pauseMs: 0, stopAfter }))
				all.push(piece.toString());
		} catch (error) {
			expect(error).toBeInstanceOf(HungUp);
			expect((error as Error).message).toMatch(/\w/);
			all.push('hung up');
		}
		return all;
	};

	test.each([
		['abcdef', 3, ['ab', 'cd', 'ef']],
		['abcdefg', 3, ['abc', 'def', 'g']],
		['abc', 1, ['abc']],
		['abc', 9, ['a', 'b', 'c']],
		['', 3, []],
	])('%s in %i is %j', async (text, pieces, wanted) => {
		expect(await piecesOf(text, pieces)).toEqual(wanted);
	});

	test('may end in the middle', async () => {
		expect(await piecesOf('abcdef', 3, 1)).toEqual(['ab', 'hung up']);
		expect(await piecesOf('abcdef', 3, 2)).toEqual(['ab', 'cd', 'hung up']);
		// All of it was sent before that.
		expect(await piecesOf('abcdef', 3, 3)).toEqual(['ab', 'cd', 'ef']);
	});
});
