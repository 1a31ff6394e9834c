import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	familyOf,
	isLocalAddress,
	isLocalhostName,
	mappedIPv4,
	withoutBrackets,
} from '../../src/delivery/address.ts';

describe('what is local', () => {
	test.each([
		'127.0.0.1',
		'127.255.255.254',
		'0.0.0.0',
		'::',
		'[::]',
		'::1',
		'[::1]',
		'10.0.0.1',
		'172.16.0.1',
		'172.31.255.255',
		'192.168.1.10',
		'100.64.0.1',
		'100.127.255.255',
		'fc00::1',
		'fd12::1',
		'fe80::1',
		'fe80::1%eth0',
		'febf::1',
		'::ffff:127.0.0.1',
		'::ffff:10.1.2.3',
		'::ffff:7f00:1',
	])('%s', (address) => {
		expect(isLocalAddress(address)).toBe(true);
	});
	test.each([
		'8.8.8.8',
		'169.254.169.254',
		'172.15.255.255',
		'172.32.0.0',
		'192.167.255.255',
		'100.63.255.255',
		'100.128.0.0',
		'128.0.0.1',
		'2001:db8::1',
		'fec0::1',
		'11.0.0.1',
		'9.255.255.255',
		'192.169.0.0',
		'0.0.0.1',
		'fe00::1',
		'64:ff9b::127.0.0.1',
		'::1:ffff:127.0.0.1',
		'127.0.0.1.example.com',
		'x127.0.0.1',
		'fbff::1',
		'::ffff:8.8.8.8',
		'::ffff:169.254.169.254',
		'::2',
		'localhost',
		'',
	])('not %s', (address) => {
		expect(isLocalAddress(address)).toBe(false);
	});
	test('a mapped address is judged as the address it maps', () => {
		fc.assert(
			fc.property(fc.ipV4(), (address) => {
				expect(isLocalAddress(`::ffff:${address}`)).toBe(isLocalAddress(address));
			}),
		);
	});
	test.each([
		['localhost', true],
		['LOCALHOST.', true],
		['shop.localhost', true],
		['notlocalhost', false],
		['localhost.example.com', false],
		['a.b.localhost', true],
		['localhost..', false],
		['.localhost', false],
		['localhos', false],
		['', false],
	])('the name %s: %s, without asking DNS', (name, expected) =>
		expect(isLocalhostName(name)).toBe(expected),
	);
});

test.each([
	['127.0.0.1', '127.0.0.1', true],
	['[::1]', '::1', true],
	['fe80::1%eth0', 'fe80::1', true],
	['[fe80::1%25lo]', 'fe80::1', true],
	['shop.test', 'shop.test', false],
	['[', '', false],
	['a[b]c', 'a[b]c', false],
])('%s is the address %s: %s', (hostname, address, expected) => {
	expect(withoutBrackets(hostname)).toBe(address);
	expect(familyOf(withoutBrackets(hostname)) !== 0).toBe(expected);
});

test.each([
	['::ffff:127.0.0.1', '127.0.0.1'],
	['::ffff:7f00:1', '127.0.0.1'],
	['::FFFF:A9FE:A9FE', '169.254.169.254'],
	['0:0:0:0:0:ffff:0102:0304', '1.2.3.4'],
	['::ffff:0:0', '0.0.0.0'],
	['::ffff:ffff:ff', '255.255.0.255'],
	['::1', undefined],
	['::1:ffff:7f00:1', undefined],
	['::ffff:0:7f00:1', undefined],
	['64:ff9b::7f00:1', undefined],
	['fe80::ffff:7f00:1', undefined],
	['::ffff:7f00:1:1', undefined],
])('%s maps %s', (address, mapped) => {
	expect(mappedIPv4(address)).toBe(mapped);
});
