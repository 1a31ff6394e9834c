import { expect, test } from 'vitest';
import { Telling } from '../../src/cli/telling.ts';

/** What it told, each with whether there was time for it. */
function listened() {
	const told: [name: string | number, isBusy: boolean][] = [];
	const errors: unknown[] = [];
	const telling = new Telling((error) => errors.push(error));
	const add = (name: string | number) =>
		telling.add(async (isBusy) => {
			told.push([name, isBusy]);
		});
	return { telling, told, errors, add };
}

test('whoever asks is answered before anything is told', async () => {
	const { telling, told, add } = listened();
	add('first');
	await Promise.resolve();
	expect(told).toEqual([]);
	await telling.end();
	expect(told.map(([name]) => name)).toEqual(['first']);
});

test('everything is told in its order; where many wait, what is behind them is looked into no more', async () => {
	const { told, add } = listened();
	const names = Array.from({ length: 60 }, (_, at) => at);
	names.forEach(add);
	await expect.poll(() => told.length).toBe(60);
	expect(told.map(([name]) => name)).toEqual(names);
	expect(told.map(([, isBusy]) => isBusy)).toEqual(names.map((at) => at < 39));
});

test('at the end what waits is told as it is, and nothing is lost', async () => {
	const { telling, told, add } = listened();
	for (const name of ['a', 'b', 'c']) add(name);
	await telling.end();
	expect(told).toEqual([
		['a', true],
		['b', true],
		['c', true],
	]);
});

test('what goes wrong with one is told, and the others are', async () => {
	const { telling, told, errors, add } = listened();
	telling.add(() => Promise.reject(new Error('a bug')));
	add('next');
	await telling.end();
	expect(errors).toEqual([new Error('a bug')]);
	expect(told).toEqual([['next', true]]);
	add('later');
	await telling.end();
	expect(told).toHaveLength(2);
});
