import { describe, expect, test } from 'vitest';
import { permittedAddresses, RemoteAddress } from '../../src/delivery/guarded-lookup.ts';
import { reachOf } from '../../src/delivery/reach.ts';
import { Problem } from '../../src/model/problem.ts';
import { fileWords } from '../../src/model/words.ts';

const nobody = () => Promise.reject(new Error('no name server is asked'));
const dialled = async (url: string, resolve: Record<string, string>, allowRemote = false) =>
	(await permittedAddresses(new URL(url), reachOf({ resolve, allowRemote }), nobody)).map(
		({ address, family }) => `${family} ${address}`,
	);

describe('a name that is said to be somewhere', () => {
	test.each([
		['http://shop.test/cb', { 'shop.test': '127.0.0.1' }, '4 127.0.0.1'],
		['http://SHOP.test:8080/cb', { 'Shop.Test': '10.1.2.3' }, '4 10.1.2.3'],
		['http://shop.test:8080/', { 'shop.test': '[::1]' }, '6 ::1'],
		['http://shop.test:8080/', { 'shop.test': '::1' }, '6 ::1'],
		['http://shop.test/', { 'shop.test:80': '127.0.0.1' }, '4 127.0.0.1'],
		['https://shop.test/', { 'shop.test:443': '127.0.0.1' }, '4 127.0.0.1'],
		['http://a:1/', { a: '127.0.0.2', 'a:1': '127.0.0.1' }, '4 127.0.0.1'],
		['http://kedai-kopi.localhost/', { 'kedai-kopi.localhost': '10.0.0.7' }, '4 10.0.0.7'],
		['http://büro.test/', { 'büro.test': '127.0.0.1' }, '4 127.0.0.1'],
		['http://127.0.0.1/', { 'shop.test': '10.0.0.1' }, '4 127.0.0.1'],
	])('%s with %j is dialled at %s', async (url, resolve, address) => {
		expect(await dialled(url, resolve)).toEqual([address]);
	});

	test.each([
		['http://shop.test/', { 'shop.test:443': '127.0.0.1' }],
		['http://www.shop.test/', { 'shop.test': '127.0.0.1' }],
		['http://shop.test/', {}],
	])('%s with %j is still looked up', async (url, resolve) => {
		await expect(dialled(url, resolve)).rejects.toThrow('no name server is asked');
	});

	test.each(['203.0.113.9', '[2001:db8::1]', '169.254.169.254', '::ffff:8.8.8.8'])(
		'is judged by its address: %s is remote',
		async (address) => {
			const resolve = { 'shop.test': address };
			await expect(dialled('http://shop.test/', resolve)).rejects.toThrow(RemoteAddress);
			expect(await dialled('http://shop.test/', resolve, true)).toHaveLength(1);
		},
	);

	test.each([
		[{ 'shop.test': 'localhost' }, 'resolve: "localhost" is no address'],
		[{ 'shop.test': '127.0.0.1:3000' }, 'resolve: "127.0.0.1:3000" is no address'],
		[{ 'shop.test': '' }, 'resolve: "" is no address'],
		[{ 'http://shop.test': '127.0.0.1' }, 'resolve: "http://shop.test" is no name'],
		[{ '10.0.0.1': '127.0.0.1' }, 'resolve: "10.0.0.1" is no name'],
		[{ 'shop.test:70000': '127.0.0.1' }, 'resolve: "shop.test:70000" is no name'],
		[{ '': '127.0.0.1' }, 'resolve: "" is no name'],
	])('%j is a mistake', (resolve, message) => {
		let problem: unknown;
		try {
			reachOf({ resolve: resolve as unknown as Record<string, string> });
		} catch (error) {
			problem = error;
		}
		expect(problem).toBeInstanceOf(Problem);
		expect((problem as Problem).code).toBe('target-invalid');
		expect((problem as Problem).in(fileWords).message).toBe(message);
	});
});
