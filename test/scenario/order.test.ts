import { describe, expect, test } from 'vitest';
import { tried } from '../support/scenario.ts';
import { answering, serve } from '../support/server.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const head = 'name: a\nprovider: bayarcash\n';
const fire = (ref: string, more = '') => `{ fire: transaction-success, ref: ${ref}${more} }`;

async function heard(text: string | readonly string[], options: Parameters<typeof tried>[1] = {}) {
	const { url, seen } = await answering(200);
	const result = await tried(text, { to: url, ...options });
	const refs = seen.map(
		({ body }) => new URLSearchParams(body.toString('utf8')).get('order_number') ?? '',
	);
	return { ...result, refs };
}

describe('the order of steps', () => {
	test('is that of the file, groups included', async () => {
		const { refs, passed } = await heard(
			`${head}steps:\n  - ${fire('A')}\n  - steps: [${fire('B')}, { parallel: [${fire('C')}] }]\n  - ${fire('D')}\n`,
		);
		expect(refs).toEqual(['A', 'B', 'C', 'D']);
		expect(passed).toBe(true);
	});

	test('repeat sends n requests, and says which one a step was', async () => {
		const { refs, steps, summary } = await heard(
			`${head}steps: [${fire('"R-${seq}"', ', repeat: 3')}]`,
		);
		expect(refs).toEqual(['R-1', 'R-2', 'R-3']);
		expect(steps.map(({ step, iteration }) => [step, iteration])).toEqual([
			[1, 1],
			[1, 2],
			[1, 3],
		]);
		expect(summary?.steps).toEqual({ passed: 3, failed: 0, skipped: 0 });
	});

	test('a group repeats as a whole', async () => {
		const { refs, steps } = await heard(
			`${head}steps: [{ steps: [${fire('A')}, ${fire('B', ', repeat: 2')}], repeat: 2 }]`,
		);
		expect(refs).toEqual(['A', 'B', 'B', 'A', 'B', 'B']);
		expect(steps.map(({ step, iteration }) => `${step}#${iteration}`)).toEqual([
			'1#1',
			'2#1',
			'2#2',
			'1#2',
			'2#3',
			'2#4',
		]);
	});

	test('parallel steps are under way at the same time', async () => {
		const open: (() => void)[] = [];
		const { url } = await serve((_seen, response, count) => {
			open.push(() => response.end());
			if (count === 3) for (const answer of open) answer();
		});
		const { passed } = await tried(
			`${head}steps: [{ parallel: [${fire('A')}, ${fire('B')}, ${fire('C')}] }]`,
			{
				to: url,
			},
		);
		expect(passed).toBe(true);
	});
});

describe('shuffle', () => {
	const letters = [...'ABCDEFGH'];
	const shuffled = (more: string) =>
		`${head}${more.replace('STEPS', letters.map((letter) => fire(letter)).join(', '))}`;

	test('keeps all steps, in an order that the seed of the run decides', async () => {
		const text = shuffled('shuffle: true\nsteps: [STEPS]');
		const one = await heard(text, { seed: '1' });
		expect([...one.refs].sort()).toEqual(letters);
		expect((await heard(text, { seed: '1' })).refs).toEqual(one.refs);
		const others = await Promise.all(['2', '3', '4'].map((seed) => heard(text, { seed })));
		expect(new Set([one, ...others].map(({ refs }) => refs.join(''))).size).toBeGreaterThan(2);
	});

	test('a seed in the file decides alone', async () => {
		for (const text of ['shuffle: 7\nsteps: [STEPS]', 'steps: [{ shuffle: [STEPS], seed: 7 }]']) {
			const orders = await Promise.all(['1', '2'].map((seed) => heard(shuffled(text), { seed })));
			expect(orders[0]?.refs).toEqual(orders[1]?.refs);
			expect(orders[0]?.refs).not.toEqual(letters);
		}
		const other = await heard(shuffled('shuffle: 8\nsteps: [STEPS]'));
		expect(other.refs).not.toEqual((await heard(shuffled('shuffle: 7\nsteps: [STEPS]'))).refs);
	});

	test('a step keeps its number and line wherever it ends up', async () => {
		const { steps, refs } = await heard(shuffled('shuffle: 7\nsteps: [STEPS]'));
		expect(steps.map(({ step }) => letters[step - 1])).toEqual(refs);
	});

	test('each repetition has an order of its own', async () => {
		const { refs } = await heard(shuffled('steps: [{ shuffle: [STEPS], seed: 7, repeat: 2 }]'));
		expect(refs.slice(0, 8)).not.toEqual(refs.slice(8));
	});
});

describe('after', () => {
	test('is provider time since the end of the step before, its schedule included', async () => {
		const { url } = await answering(500, 200, 200);
		const clock = virtualClock();
		const { steps, events } = await tried(
			`${head}steps:\n  - ${fire('A')}\n  - ${fire('B', ', after: 10m')}\n  - ${fire('C', ', after: 1h')}\n`,
			{ to: url, clock },
		);
		expect(steps.map(({ startsAtMs }) => startsAtMs)).toEqual([0, 900_000, 4_500_000]);
		expect(events.filter(({ type }) => type === 'attempt')).toMatchObject([
			{ offsetMs: 0 },
			{ offsetMs: 300_000 },
			{},
			{},
		]);
		// 300 s, 10 min and 1 h at speed 100, and nothing else of that size.
		expect(clock.slept.filter((span) => span >= 100)).toEqual([3_000, 6_000, 36_000]);
	});

	test('of a group counts once for all of it; branches are timed from the same moment', async () => {
		const { steps } = await heard(
			`${head}steps:\n  - ${fire('A')}\n  - parallel: [${fire('B', ', after: 1m')}, ${fire('C', ', after: 3m')}]\n    after: 5m\n  - ${fire('D', ', after: 1m')}\n`,
			{ flags: { speed: 'max' } },
		);
		const starts = Object.fromEntries(steps.map(({ step, startsAtMs }) => [step, startsAtMs]));
		expect(starts).toEqual({ 1: 0, 2: 360_000, 3: 480_000, 4: 540_000 });
	});

	test('passes at the speed of the scenario, of the command line, of the step, the last one strongest', async () => {
		const waits = async (scenario: string, step: string, speed?: string) => {
			const clock = virtualClock();
			const text = `${head}${scenario}\nsteps: [${fire('A', `, after: 10m${step}`)}]`;
			await heard(text, { clock, ...(speed === undefined ? {} : { flags: { speed } }) });
			return clock.slept.filter((span) => span >= 100);
		};
		expect(await waits('speed: 10', '')).toEqual([60_000]);
		expect(await waits('speed: 10', '', '1000')).toEqual([600]);
		expect(await waits('speed: 10', ', speed: 50', '1000')).toEqual([12_000]);
		expect(await waits('realTime: true', '')).toEqual([600_000]);
		expect(await waits('realTime: true', '', 'max')).toEqual([]);
	});
});

describe('scenarios side by side', () => {
	const text = (name: string) =>
		`name: ${name}\nfresh: true\nprovider: bayarcash\nsteps: [{ fire: transaction-success, repeat: 5 }]`;

	test('come to the same results as one after the other', async () => {
		const texts = ['a', 'b', 'c', 'd', 'e'].map(text);
		const [one, four] = [await heard(texts, { jobs: 1 }), await heard(texts, { jobs: 4 })];
		const told = ({ steps }: typeof one) =>
			steps
				.map(({ scenario, step, iteration, passed }) => `${scenario}${step}${iteration}${passed}`)
				.sort();
		expect(told(four)).toEqual(told(one));
		expect([...four.refs].sort()).toEqual([...one.refs].sort());
		expect(four.summary?.steps).toEqual(one.summary?.steps);
	});

	test('seq counts 1, 2, … through the whole run, and is one number within a step', async () => {
		const counting = (name: string) =>
			`name: ${name}\nprovider: bayarcash\nvars: { o: "V\${seq}" }\nsteps:\n  - { fire: transaction-success, ref: "\${vars.o}-\${seq}-\${seq}", repeat: 2 }\n`;
		const { refs } = await heard([counting('a'), counting('b')]);
		expect(refs).toEqual(['V1-2-2', 'V1-3-3', 'V4-5-5', 'V4-6-6']);
	});
});
