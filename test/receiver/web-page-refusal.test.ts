import { describe, expect, test } from 'vitest';
import { webPageRefusal } from '../../src/receiver/web-page-refusal.ts';

const refusal = (headers: Record<string, string>, method = 'POST', isLoopback = true) =>
	webPageRefusal(
		{ method, headers: { host: '127.0.0.1:4747', ...headers } },
		{ port: 4747, isLoopback },
	);
const page = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

describe('what a web page may send is refused', () => {
	test.each([
		['a form of a foreign site', { origin: 'https://evil.test' }],
		['one of an unknown site', { origin: 'null' }],
		['one on the same port', { origin: 'http://evil.test:4747', host: 'evil.test:4747' }],
		['what calls itself an origin', { origin: 'localhost' }],
		['one whose name only begins like ours', { origin: 'http://localhost.evil.test' }],
		['an image', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
		['a sibling site', { 'sec-fetch-site': 'same-site' }],
		['a page that is posted to', { 'sec-fetch-site': 'cross-site', ...page }],
		['a name that was rebound to here', { host: 'evil.test.example.com:4747' }],
	])('%s', (_name, headers) => {
		expect(refusal(headers)).toMatch(/\((Origin|Sec-Fetch-Site|Host)\)$/);
	});

	test('an image and a frame, asked for with GET', () => {
		const site = { 'sec-fetch-site': 'cross-site' };
		for (const dest of ['image', 'iframe', 'script'])
			expect(
				refusal({ ...site, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': dest }, 'GET'),
			).toContain('Sec-Fetch-Site');
	});
});

describe('what a callback is sent with is let in', () => {
	test.each([
		['a server', {}],
		['a tunnel', { host: 'abc.ngrok-free.app' }],
		['a name of this machine', { host: 'localhost:4747' }],
		['a neighbour in a compose file', { host: 'callsim:4747' }],
		['the host of a container', { host: 'host.docker.internal:4747' }],
		['another address', { host: '192.168.1.7:4747' }],
		[
			'a page of the developer',
			{ origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' },
		],
		['the sixth version', { origin: 'http://[::1]:3000', host: '[::1]:4747' }],
	])('%s', (_name, headers) => {
		expect(refusal(headers)).toBeUndefined();
	});

	test('a person who is sent back to the shop, and one who types the address', () => {
		expect(refusal({ 'sec-fetch-site': 'cross-site', ...page }, 'GET')).toBeUndefined();
		expect(refusal({ 'sec-fetch-site': 'none', ...page }, 'GET')).toBeUndefined();
	});

	test('any name, where it listens for other machines', () => {
		expect(refusal({ host: 'shop.example.com:4747' }, 'POST', false)).toBeUndefined();
	});
});
