import { describe, expect, test } from 'vitest';
import { merged } from '../../src/delivery/merged.ts';

describe('generators at the same time', () => {
	const log: string[] = [];
	async function* counting(name: string, count: number) {
		log.push(`${name} begins`);
		try {
			for (let at = 1; at <= count; at++) yield `${name}${at}`;
		} finally {
			log.push(`${name} ends`);
		}
	}
	const all = async (generators: AsyncGenerator<string>[], atOnce?: number) => {
		log.length = 0;
		const events: string[] = [];
		for await (const event of merged(generators, atOnce)) events.push(event);
		return events;
	};

	test('yield what each of them yields, in its order', async () => {
		const events = await all([counting('a', 3), counting('b', 1), counting('c', 2)]);
		expect(events.filter((event) => event.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
		expect([...events].sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'c2']);
		expect(log.slice(0, 3)).toEqual(['a begins', 'b begins', 'c begins']);
		expect(await all([])).toEqual([]);
	});

	test('are begun so many at a time, the next when one has ended', async () => {
		await all([counting('a', 2), counting('b', 2), counting('c', 2)], 1);
		const one = ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'];
		expect(log).toEqual(one);
		await all([counting('a', 1), counting('b', 3), counting('c', 1)], 2);
		expect(log.slice(0, 4)).toEqual(['a begins', 'b begins', 'a ends', 'c begins']);
	});

	test('all end with the error of one, and when nobody wants more', async () => {
		async function* failing(): AsyncGenerator<string> {
			yield 'f1';
			throw new Error('failed');
		}
		await expect(all([counting('a', 100), failing()])).rejects.toThrow('failed');
		expect(log.at(-1)).toBe('a ends');
		log.length = 0;
		for await (const event of merged([counting('a', 9), counting('b', 9)])) {
			expect(event).toBe('a1');
			break;
		}
		expect(log.filter((line) => line.endsWith('ends')).sort()).toEqual(['a ends', 'b ends']);
	});
});
