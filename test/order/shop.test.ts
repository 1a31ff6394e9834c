import { mkdtempSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filledAccess, type OrderAccess } from '../../src/order/access.ts';
import type { OrderNames } from '../../src/order/order.ts';
import { shopOf } from '../../src/order/shop.ts';
import { serve } from '../support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'callsim-orders-'));
const connection = { timeout: 5_000, insecure: false, allowRemote: false };
const noHeaders = () => [];
const shop = shopOf(
	connection as Parameters<typeof shopOf>[0],
	'callsim/test',
	{ cwd: folder, env: process.env },
	noHeaders,
);
const order: OrderNames = { reference: "A/B'&1", amount: '60.00' };
const fileOf = (reference: string) => join(folder, encodeURIComponent(reference));

interface Ways {
	readonly make: OrderAccess;
	readonly read: OrderAccess;
	readonly fail: OrderAccess;
}

/** The same shop, a file an order, in each of the three ways. */
const ways: Readonly<Record<OrderAccess['kind'], () => Promise<Ways>>> = {
	async url() {
		const { url } = await serve((seen, response) => {
			const { pathname, searchParams } = new URL(seen.url, 'http://shop');
			const path = fileOf(decodeURIComponent(pathname.split('/')[2] ?? ''));
			if (pathname.startsWith('/fail')) return void response.writeHead(500).end();
			if (seen.method === 'POST') {
				const state = JSON.stringify({ state: 'new', amount: searchParams.get('amount') });
				return void writeFile(path, state).then(() => response.end());
			}
			readFile(path).then(
				(state) => response.end(state),
				() => response.writeHead(404).end(),
			);
		});
		const { origin } = new URL(url);
		return {
			make: { kind: 'url', url: `${origin}/orders/{reference}?amount={amount}` },
			read: { kind: 'url', url: `${origin}/orders/{reference}` },
			fail: { kind: 'url', url: `${origin}/fail/{reference}` },
		};
	},
	async command() {
		const file = `$(node -p 'encodeURIComponent(process.argv[1])' -- {reference})`;
		return {
			make: {
				kind: 'command',
				command: `f=${file}; printf '{"state":"new","amount":"%s"}' {amount} > "$f"`,
			},
			read: { kind: 'command', command: `f=${file}; if [ -e "$f" ]; then cat "$f"; fi` },
			fail: { kind: 'command', command: 'exit 3' },
		};
	},
	async function() {
		const calls = {
			make: ({ reference, amount }: OrderNames) =>
				writeFile(fileOf(reference), JSON.stringify({ state: 'new', amount })),
			read: ({ reference }: OrderNames) =>
				readFile(fileOf(reference), 'utf8').then(
					(text) => JSON.parse(text) as unknown,
					() => undefined,
				),
			fail: () => Promise.reject(new Error('the shop is closed')),
		};
		return {
			make: { kind: 'function', call: calls.make },
			read: { kind: 'function', call: calls.read },
			fail: { kind: 'function', call: calls.fail },
		};
	},
};

describe.each(Object.entries(ways))('a shop that is reached by %s', (kind, waysOf) => {
	test('has an order once it is made, and tells why one cannot be made or read', async () => {
		const { make, read, fail } = await waysOf();
		const own = { ...order, reference: `${order.reference} ${kind}` };
		const readOwn = () => shop.read(filledAccess(read, own), own);
		expect(await readOwn()).toEqual({ kind: 'absent' });
		expect((await shop.make(filledAccess(make, own), own)).why).toBeUndefined();
		expect(await readOwn()).toMatchObject({
			kind: 'shown',
			leaves: new Map([
				['state', '"new"'],
				['amount', '"60.00"'],
			]),
		});
		expect((await shop.make(filledAccess(fail, own), own)).why).toMatch(
			/500|ended with 3|the shop is closed/,
		);
		expect(await shop.read(filledAccess(fail, own), own)).toMatchObject({
			kind: 'unreadable',
			why: expect.stringMatching(/500|ended with 3|the shop is closed/),
		});
	});
});

test('a function that never answers does not outlive the signal', async () => {
	const stop = new AbortController();
	const stopped = shopOf(
		{ ...connection, signal: stop.signal } as Parameters<typeof shopOf>[0],
		'',
		{
			cwd: folder,
			env: {},
		},
		noHeaders,
	);
	const forever: OrderAccess = { kind: 'function', call: () => new Promise(() => undefined) };
	const read = stopped.read(forever, order);
	const made = stopped.make(forever, order);
	stop.abort(new Error('enough'));
	await expect(read).rejects.toThrow('enough');
	await expect(made).rejects.toThrow('enough');
});
