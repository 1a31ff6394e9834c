import { expect, test } from 'vitest';
import { Calls, type CallTold } from '../../src/sandbox/calls.ts';
import type { Box, Endpoint, SandboxProvider } from '../../src/sandbox/provider.ts';
import { Store } from '../../src/sandbox/store.ts';

/** A provider of whose API everything is at its root, told apart by the query. */
const endpoint = (name: string, method = 'GET'): Endpoint => ({
	title: name,
	method,
	paths: ['/'],
	claim: ['assumed', null],
	isMeant: ({ query }) => query.has(name),
	answer: () => ({ status: 200, text: name }),
});

function opened() {
	const told: CallTold[] = [];
	const provider: SandboxProvider = {
		id: 'rooted',
		endpoints: [endpoint('buy'), endpoint('look')],
		wrongAddresses: [{ path: '/trx', right: 'GET /?buy=…', claim: ['assumed', null] }],
		...{ variants: {}, facts: [], sources: {}, secretParameters: ['pin'] },
		describe: () => ({ state: 'new', outcomes: [] }),
		settle: () => Promise.resolve(),
		due: () => Promise.resolve(),
	};
	const calls = new Calls({
		providers: [provider],
		store: new Store(),
		boxOf: () => ({}) as Box,
		now: () => 0,
		heard: { call: (one) => void told.push(one) },
	});
	const get = async (target: string, method = 'GET') => {
		const body = new Uint8Array();
		const from = '127.0.0.1';
		const answered = await calls.answer({ method, target, headers: {}, body, from });
		return 'body' in answered ? `${answered.status} ${answered.body}` : 'no answer';
	};
	return { get, told };
}

test.each(['/', '//', '/rooted', '/rooted/', '//rooted//'])(
	'a provider whose API is at its root is found at %s',
	async (root) => {
		const { get } = opened();
		expect(await get(`${root}?look=1`)).toBe('200 look');
		expect(await get(`${root}?buy=1`)).toBe('200 buy');
	},
);

test('an address that is right, with nothing said at it, is not suggested to itself', async () => {
	const { get } = opened();
	const answer = await get('/?else=1');
	expect(answer).toMatch(/^404 .*nothing that was sent to \/ says what is asked/);
	expect(await get('/rootedness?buy=1')).toMatch(/^404 .*nothing is at/);
	expect(await get('/?buy=1', 'POST')).toMatch(/^405 .*takes GET, not POST/);
});

test('what a shop proves itself with is not told, wherever it sends it', async () => {
	const { get, told } = opened();
	await get('/?buy=1&pin=1234&PIN=12%26x&pinned=7&pin');
	await get('/trx?pin=1234&x=pin=5');
	await get('/nowhere?pin=1234');
	expect(told.map(({ target }) => target)).toEqual([
		'/?buy=1&pin=[secret]&PIN=[secret]&pinned=7&pin',
		'/trx?pin=[secret]&x=pin=5',
		'/nowhere?pin=[secret]',
	]);
	expect(told[1]?.notes.join()).toContain('it is GET /?buy=…');
});
