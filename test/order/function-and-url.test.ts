import { expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import type { ConnectionOptions } from '../../src/delivery/http.ts';
import type { Problem } from '../../src/model/problem.ts';
import { functionShop } from '../../src/order/function-shop.ts';
import { urlShop } from '../../src/order/url-shop.ts';
import { closedPort, serve } from '../support/server.ts';

const order = { reference: 'A', amount: '60.00' };
const known = { ...order, known: true, made: '' };

test('what a function returns is an order: an object, a text of JSON, or nothing', async () => {
	const read = (value: unknown) =>
		functionShop(undefined).read({ kind: 'function', call: () => value }, order);
	const paid = { kind: 'shown', leaves: new Map([['state', '"paid"']]), text: '{"state":"paid"}' };
	expect(await read({ state: 'paid' })).toEqual(paid);
	expect(await read('{"state":"paid"}')).toEqual(paid);
	expect(await read('paid')).toMatchObject({ leaves: new Map([['', '"paid"']]) });
	expect(await read(7)).toMatchObject({ text: '7' });
	for (const none of [undefined, null, '']) expect(await read(none)).toEqual({ kind: 'absent' });
});

test('a function is called with the names of the order and no more, and what it throws is told', async () => {
	const seen: unknown[] = [];
	const shop = functionShop(undefined);
	const call = (given: unknown) => void seen.push(given);
	await shop.make({ kind: 'function', call }, known);
	await shop.read({ kind: 'function', call }, known);
	expect(seen).toEqual([order, order]);
	const throwing = (thrown: unknown) => ({
		kind: 'function' as const,
		call() {
			throw thrown;
		},
	});
	const closed = { why: 'the set-up threw: closed' };
	expect(await shop.make(throwing(new Error('closed')), order)).toEqual(closed);
	expect(await shop.make(throwing('closed'), order)).toEqual(closed);
	expect(await shop.read(throwing(new Error('closed')), order)).toEqual({
		kind: 'unreadable',
		why: 'the probe threw: closed',
	});
});

test('a function that answers leaves nothing behind at the signal, and none is awaited behind it', async () => {
	const stop = new AbortController();
	const listeners: unknown[] = [];
	const signal = new Proxy(stop.signal, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name, target);
			if (typeof value !== 'function') return value;
			return (...args: readonly unknown[]) => {
				if (String(name).endsWith('EventListener')) listeners.push([name, ...args]);
				return value.apply(target, args) as unknown;
			};
		},
	});
	const shop = functionShop(signal);
	const access = { kind: 'function', call: () => 'paid' } as const;
	expect(await shop.make(access, order)).toEqual({});
	const [[, , listener] = []] = listeners as unknown[][];
	expect(listeners).toEqual([
		['addEventListener', 'abort', listener],
		['removeEventListener', 'abort', listener],
	]);
	stop.abort(new Error('enough'));
	await expect(shop.make(access, order)).rejects.toThrow('enough');
});

test('a page that is gone, too long, or fails shows no order, and says so', async () => {
	const { url } = await serve(({ url: path }, response) => {
		const status = Number(path.slice(1));
		response.writeHead(status).end(status === 203 ? 'x'.repeat(65_537) : 'paid: A 60.00');
	});
	const { origin } = new URL(url);
	const shop = urlShop(
		{ timeout: 5_000, insecure: false, allowRemote: false } as ConnectionOptions,
		'callsim/test',
		() => [],
	);
	const read = (path: string) => shop.read({ kind: 'url', url: `${origin}/${path}` }, order);
	for (const gone of ['404', '410']) expect(await read(gone)).toEqual({ kind: 'absent' });
	expect(await read('201')).toMatchObject({
		kind: 'shown',
		leaves: new Map([['', '"paid: … …"']]),
	});
	expect(await read('203')).toEqual({
		kind: 'unreadable',
		why: `GET ${origin}/203: more than 64 KiB`,
	});
	expect(await read('302')).toEqual({
		kind: 'unreadable',
		why: `GET ${origin}/302: status 302, expected 2xx`,
	});
	const closed = `http://127.0.0.1:${await closedPort()}/`;
	expect(await shop.read({ kind: 'url', url: closed }, order)).toEqual({
		kind: 'unreadable',
		why: `GET ${closed}: connection refused (ECONNREFUSED)`,
	});
	expect(await shop.make({ kind: 'url', url: `${origin}/500` }, order)).toEqual({
		why: `POST ${origin}/500: status 500, expected 2xx`,
	});
});

test.each(['make', 'read'] as const)(
	'to %s over what is no URL is a problem of its own setting',
	async (way) => {
		const shop = urlShop({} as ConnectionOptions, '', () => []);
		const error: unknown = await shop[way]({ kind: 'url', url: 'ftp://shop/' }, order).catch(
			(cause: unknown) => cause,
		);
		expect(error).toMatchObject({ code: 'target-invalid' });
		const { message, hint } = (error as Problem).in(flagWords);
		expect(`${message} ${hint}`).toContain(way === 'make' ? '--setup-url' : '--probe-url');
	},
);
