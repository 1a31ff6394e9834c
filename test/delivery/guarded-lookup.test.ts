import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import {
	guardedLookup,
	permittedAddresses,
	RemoteAddress,
} from '../../src/delivery/guarded-lookup.ts';
import { reachOf } from '../../src/delivery/reach.ts';
import { refuseRemote, remoteProblem } from '../../src/delivery/remote-problem.ts';
import type { Problem } from '../../src/model/problem.ts';
import { programWords } from '../../src/model/words.ts';

const shop = new URL('http://shop.test/');
const near = [
	{ address: '10.0.0.1', family: 4 },
	{ address: '::1', family: 6 },
];
const far = { address: '203.0.113.9', family: 4 };
const nobody = () => Promise.reject(new Error('no name server is asked'));

const looked = (addresses: readonly LookupAddress[], all: boolean, allowRemote = false) =>
	new Promise<unknown[]>((resolve) => {
		const lookup = guardedLookup(shop, reachOf({ allowRemote }), async () => addresses);
		lookup('shop.test', { all }, (...answer) => resolve(answer));
	});

describe('the look-up that sockets are given', () => {
	test('tells every address, or the first with its family', async () => {
		expect(await looked(near, true)).toEqual([null, near]);
		expect(await looked(near, false)).toEqual([null, '10.0.0.1', 4]);
		expect(await looked([], false)).toEqual([null, '', undefined]);
	});

	test('tells no address at all where one of them is remote', async () => {
		for (const all of [true, false])
			expect(await looked([...near, far], all)).toEqual([expect.any(RemoteAddress), '']);
		expect(await looked([...near, far], true, true)).toEqual([null, [...near, far]]);
	});

	test('tells what went wrong', async () => {
		const answer = await new Promise<unknown[]>((resolve) => {
			guardedLookup(shop, reachOf({}), nobody)('shop.test', {}, (...given) => resolve(given));
		});
		expect(answer).toEqual([expect.objectContaining({ message: 'no name server is asked' }), '']);
	});
});

test.each(['localhost', 'a.localhost', 'LOCALHOST.'])('%s is this machine', async (name) => {
	expect(await permittedAddresses(new URL(`http://${name}/`), reachOf({}), nobody)).toEqual([
		{ address: '127.0.0.1', family: 4 },
		{ address: '::1', family: 6 },
	]);
});

test('an address in digits is looked up without a name server', async () => {
	expect(await permittedAddresses(new URL('http://127.0.0.1/'), reachOf({}))).toEqual([
		{ address: '127.0.0.1', family: 4 },
	]);
});

test('a remote address is told with the name that led to it, where there is one', () => {
	const named = new RemoteAddress('shop.test', '203.0.113.9');
	expect(named).toMatchObject({ name: 'RemoteAddress', address: '203.0.113.9' });
	expect(named.message).toMatch(/^shop\.test is 203\.0\.113\.9/);
	expect(new RemoteAddress('203.0.113.9', '203.0.113.9').message).toMatch(/^203\.0\.113\.9 is not/);
	const { code, message, hint } = remoteProblem(named).in(programWords) as Problem;
	expect({ message, hint }).toEqual({
		message: named.message,
		hint: expect.stringContaining('allowRemote: true') as string,
	});
	expect(code).toBeUndefined();
	expect(remoteProblem(named)).toMatchObject({ code: 'target-remote', cause: named });
});

test.each([
	['http://203.0.113.9/', false, true],
	['http://203.0.113.9/', true, false],
	['http://[2001:db8::1]/', false, true],
	['http://127.0.0.1/', false, false],
	['http://[::1]/', false, false],
	['http://shop.test/', false, false],
])('%s, remote allowed %s, is refused at once: %s', (url, allowRemote, refused) => {
	const judge = () => refuseRemote(new URL(url), reachOf({ allowRemote }));
	if (refused) expect(judge).toThrow(expect.objectContaining({ code: 'target-remote' }));
	else expect(judge).not.toThrow();
});
