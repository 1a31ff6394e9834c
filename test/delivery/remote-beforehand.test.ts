import { describe, expect, test } from 'vitest';
import { reachOf } from '../../src/delivery/reach.ts';
import { remoteRefusal } from '../../src/delivery/remote-problem.ts';
import { tried } from '../support/scenario.ts';
import { answering, serve } from '../support/server.ts';

/** A name server that notes what it was asked. */
function nameServer(names: Readonly<Record<string, string>>) {
	const asked: string[] = [];
	return {
		asked,
		lookUp: async (hostname: string) => {
			asked.push(hostname);
			const address = names[hostname];
			if (address === undefined) throw Object.assign(new Error(hostname), { code: 'ENOTFOUND' });
			return [{ address, family: 4 }];
		},
	};
}

const [near, far] = [reachOf({}), reachOf({ allowRemote: true })];
const urls = (...texts: string[]) => texts.map((text) => new URL(text));

describe('where a run will send, judged before it does', () => {
	test.each([
		['a remote name', 'http://shop.test/cb'],
		['a remote address', 'http://203.0.113.9/cb'],
		['a remote address among local ones', 'http://[2001:db8::1]/cb'],
	])('%s is refused', async (_, url) => {
		const refuse = remoteRefusal(nameServer({ 'shop.test': '203.0.113.9' }).lookUp);
		const refused = { code: 'target-remote', name: 'Problem' };
		await expect(refuse(urls('http://127.0.0.1/', url), near)).rejects.toMatchObject(refused);
		await expect(refuse(urls('http://127.0.0.1/', url), far)).resolves.toBeUndefined();
	});

	test('a name that does not resolve yet is not refused, and none is asked for twice', async () => {
		const { lookUp, asked } = nameServer({ 'here.test': '127.0.0.1' });
		const refuse = remoteRefusal(lookUp);
		await refuse(
			urls('http://later.test/', 'http://here.test:3000/', 'http://here.test:3001/'),
			near,
		);
		await refuse(urls('http://later.test/', 'http://here.test/orders'), near);
		expect(asked).toEqual(['later.test', 'here.test']);
	});

	test('what needs no name server asks none', async () => {
		const { lookUp, asked } = nameServer({});
		await remoteRefusal(lookUp)(
			urls('http://localhost/', 'http://a.localhost:1/', 'http://[::1]/', 'http://10.0.0.1/'),
			near,
		);
		await remoteRefusal(lookUp)(urls('http://shop.test/'), far);
		expect(asked).toEqual([]);
	});

	test('a name server that never answers keeps nobody who wants to stop', async () => {
		const refuse = remoteRefusal(() => new Promise(() => undefined));
		const stop = new AbortController();
		const judged = refuse(urls('http://shop.test/'), near, stop.signal);
		stop.abort();
		await expect(judged).resolves.toBeUndefined();
	});

	test('what is neither is a bug, and loud', async () => {
		const refuse = remoteRefusal(() => Promise.reject(new TypeError('mistyped')));
		await expect(refuse(urls('http://shop.test/'), near)).rejects.toThrow(TypeError);
	});
});

describe('a scenario', () => {
	const remote = nameServer({ 'shop.test': '203.0.113.9' });

	test.each([
		['a later step goes', '{ fire: receipt-success, to: http://shop.test/cb }'],
		['a receipt goes', '{ fire: receipt-success, returnTo: http://shop.test/page }'],
		[
			'a probe looks',
			'{ fire: receipt-success, probe: { url: "http://shop.test/{reference}", equals: { a: 1 } } }',
		],
		[
			'a probe looks, by address,',
			'{ fire: receipt-success, probe: { url: "http://203.0.113.9/{reference}", equals: { a: 1 } } }',
		],
	])('sends nothing where %s somewhere remote', async (_, step) => {
		const { url, seen } = await answering(200);
		const text = `name: remote\nprovider: bayarcash\nsteps:\n  - { fire: transaction-success }\n  - ${step}\n`;
		await expect(tried(text, { to: url, lookUp: remote.lookUp })).rejects.toMatchObject({
			code: 'target-remote',
			message: expect.stringContaining('test-1.yaml:5') as string,
		});
		expect(seen).toHaveLength(0);
	});

	test('sends nothing where its set-up is somewhere remote', async () => {
		const { url, seen } = await answering(200);
		const text = `name: remote\nprovider: bayarcash\nsetup: { url: "http://shop.test/setup/{reference}" }\nsteps:\n  - { fire: transaction-success }\n`;
		await expect(tried(text, { to: url, lookUp: remote.lookUp })).rejects.toMatchObject({
			code: 'target-remote',
		});
		expect(seen).toHaveLength(0);
	});

	test.each(['http://${steps.1.response.host}:PORT/next', '${steps.1.response.url}'])(
		'is not judged by the host of %s, which the receiver has yet to name',
		async (to) => {
			const { url, seen } = await serve((_seen, response) => {
				response.end(JSON.stringify({ host: 'localhost', url }));
			});
			const asked: string[] = [];
			const lookUp = async (hostname: string) => {
				asked.push(hostname);
				return [{ address: '203.0.113.9', family: 4 }];
			};
			const steps = `  - { fire: transaction-success }\n  - { fire: transaction-success, to: "${to.replace('PORT', new URL(url).port)}" }\n`;
			const { passed, failures } = await tried(
				`name: told\nprovider: bayarcash\nsteps:\n${steps}`,
				{
					to: url,
					lookUp,
				},
			);
			expect({ passed, failures, asked }).toEqual({ passed: true, failures: [], asked: [] });
			expect(seen).toHaveLength(2);
		},
	);
});
