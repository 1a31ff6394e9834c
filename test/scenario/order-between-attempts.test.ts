import { expect, test } from 'vitest';
import { tried } from '../support/scenario.ts';
import { serve } from '../support/server.ts';

/** A shop that has the orders which were made, and answers 404 (or what else) about the others. */
async function openShop(unknown = 404) {
	const paid = new Map<string, boolean>();
	const { url, seen } = await serve(({ url: path, body }, response) => {
		const [, room, reference = ''] = path.split('/');
		if (room === 'setup') {
			paid.set(reference, false);
			return void response.writeHead(201).end('{"id":"SHOP-1"}');
		}
		if (room === 'orders') {
			const is = paid.get(reference);
			return void response.writeHead(is === undefined ? 404 : 200).end(JSON.stringify({ is }));
		}
		const number = new URLSearchParams(body.toString('utf8')).get('order_number') ?? '';
		if (!paid.has(number)) return void response.writeHead(unknown).end('order not found');
		paid.set(number, true);
		response.writeHead(200).end();
	});
	const { origin } = new URL(url);
	const places = () => seen.map(({ url: path }) => path.split('/')[1]);
	return { url, origin, places };
}

const scenario = (origin: string, setup: string, steps: string) =>
	`name: early\nprovider: bayarcash\nsetup: { url: "${origin}/setup/{reference}", ${setup} }\n` +
	`probe: { url: "${origin}/orders/{reference}" }\nsteps:\n${steps}`;

const early = (attempts: number) =>
	`  - { fire: transaction-success, ref: A, retry: 3x1s, expect: { attempts: ${attempts} }, probe: { equals: { is: true } } }\n`;

test.each([1, 2])(
	'an order that is made after attempt %i is paid by the next one',
	async (afterAttempt) => {
		const { url, origin, places } = await openShop();
		const text = scenario(origin, `afterAttempt: ${afterAttempt}`, early(afterAttempt + 1));
		const { passed } = await tried(text, { to: url, flags: { speed: 'max' } });
		expect(passed).toBe(true);
		const sent = places().filter((place) => place !== 'orders');
		expect(sent.indexOf('setup')).toBe(afterAttempt);
	},
);

test('a receiver that acknowledges what is too early fails, and the order is there for later steps', async () => {
	const { url, origin, places } = await openShop(200);
	const steps = `${early(1)}  - { fire: transaction-success, ref: A, probe: { equals: { is: true } } }\n`;
	const text = scenario(origin, 'afterAttempt: 2', steps);
	const { steps: told } = await tried(text, { to: url, flags: { speed: 'max' } });
	expect(told.map(({ passed }) => passed)).toEqual([false, true]);
	expect(places().filter((place) => place === 'setup')).toHaveLength(1);
});

test('an order that its shop numbers cannot be announced before it is made: nothing is sent', async () => {
	const { url, origin, places } = await openShop();
	const text = scenario(origin, 'afterAttempt: 1, reference: /id', early(2));
	const { steps } = await tried(text, { to: url });
	expect(steps[0]).toMatchObject({ passed: false, got: expect.stringContaining('afterAttempt') });
	expect(places()).toEqual([]);
});
