import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import {
	type AttemptResult,
	challengeIn,
	httpAttempt,
	httpConversation,
} from '../../src/delivery/attempt.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { ComposedRequest, DigestLogin } from '../../src/model/request.ts';
import { Secret, wrongKeyText } from '../../src/model/secret.ts';
import { closedPort, type Seen, serve, serveTcp } from '../support/server.ts';

const random = seededRandom('attempt');
const options = { timeout: 5_000, insecure: false, allowRemote: false };
const header = (name: string, value: string) => ({ name, value, shown: value, shell: value });
const login = (more: Partial<DigestLogin> = {}): DigestLogin => ({
	username: new Secret('user', 'me', 'own'),
	password: new Secret('password', 'mine', 'own'),
	...more,
});

function requestTo(url: string, more: Partial<ComposedRequest> = {}): ComposedRequest {
	return {
		method: 'POST',
		url: new URL(url),
		body: Buffer.from('{"a":1}'),
		headersAt: (now) => [header('x-at', String(now))],
		signatureAt: () => undefined,
		digest: undefined,
		...more,
	};
}
const attempt = (request: ComposedRequest, at = 7): Promise<AttemptResult> =>
	httpAttempt(options, random)(request, at, undefined);

interface Reply {
	readonly status: number;
	readonly challenge?: string | string[];
}
/** Answers in turn; the last one for ever. */
async function replying(...replies: Reply[]) {
	const { url, seen } = await serve((_seen, response, count) => {
		const { status, challenge } = replies[Math.min(count, replies.length) - 1] as Reply;
		const headers = challenge === undefined ? {} : { 'www-authenticate': challenge };
		response.writeHead(status, headers).end();
	});
	return { url: `${url}?a=1`, seen };
}
const challenge = (nonce: string, more = '') =>
	`Digest realm="shop", nonce="${nonce}", qop="auth"${more}`;
const paramsOf = ({ headers }: Seen): Record<string, string> =>
	Object.fromEntries(
		[...(headers.authorization ?? '').matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]+))/g)].map((match) => [
			match[1] ?? '',
			match[2] ?? match[3] ?? '',
		]),
	);
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
/** RFC 7616, section 3.4.1. */
const responseTo = ({ nonce, nc, cnonce, uri }: Record<string, string>, password = 'mine') =>
	md5(`${md5(`me:shop:${password}`)}:${nonce}:${nc}:${cnonce}:auth:${md5(`POST:${uri}`)}`);

test('an attempt tells what was sent, with the headers of its time', async () => {
	const { url, seen } = await replying({ status: 500 });
	const { outcome, request, warnings, reached } = await attempt(requestTo(url));
	expect(outcome).toMatchObject({ kind: 'answered', status: 500 });
	expect(request).toEqual({
		method: 'POST',
		url,
		headers: [header('x-at', '7')],
		body: Buffer.from('{"a":1}'),
	});
	expect({ warnings, reached }).toEqual({ warnings: [], reached: true });
	expect(seen.map(({ headers }) => headers['x-at'])).toEqual(['7']);
});

test('an attempt that nobody was there for reached nobody', async () => {
	const url = `http://127.0.0.1:${await closedPort()}/`;
	const { outcome, reached } = await attempt(requestTo(url));
	expect({ kind: outcome.kind, reached }).toEqual({ kind: 'unreachable', reached: false });
});

describe('a Digest challenge', () => {
	test('is answered once, over the request as it is sent', async () => {
		const { url, seen } = await replying(
			{ status: 401, challenge: challenge('n1') },
			{ status: 200 },
		);
		const { outcome, request, warnings } = await attempt(requestTo(url, { digest: login() }));
		expect(outcome).toMatchObject({ status: 200 });
		expect(warnings).toEqual([]);
		expect(seen.map(({ headers }) => headers.authorization === undefined)).toEqual([true, false]);
		expect(seen.map(({ body }) => body.toString())).toEqual(['{"a":1}', '{"a":1}']);
		const params = paramsOf(seen[1] as Seen);
		expect(params).toMatchObject({ username: 'me', uri: '/callback?a=1', nc: '00000001' });
		expect(params['cnonce']).toMatch(/^[0-9a-f]{16}$/);
		expect(params['response']).toBe(responseTo(params));
		// What was sent last is told, without what opens the door.
		expect(request.headers.at(-1)).toMatchObject({
			name: 'authorization',
			shown: 'Digest [masked]',
			shell: 'Digest [masked]',
		});
	});

	test('that wants the body protected is answered over it', async () => {
		const whole = challenge('n1').replace('"auth"', '"auth-int"');
		for (const body of [Buffer.from('{"a":1}'), undefined]) {
			const { url, seen } = await replying({ status: 401, challenge: whole }, { status: 200 });
			await attempt(requestTo(url, { digest: login(), body }));
			const { nonce, nc, cnonce, uri, response } = paramsOf(seen[1] as Seen);
			const what = md5(`POST:${uri}:${md5(String(body ?? ''))}`);
			expect(response).toBe(
				md5(`${md5('me:shop:mine')}:${nonce}:${nc}:${cnonce}:auth-int:${what}`),
			);
		}
	});

	test('answered with the simulator’s credentials may be shown', async () => {
		const { url } = await replying({ status: 401, challenge: challenge('n1') }, { status: 200 });
		const username = new Secret('user', 'me', 'simulator');
		const { request } = await attempt(requestTo(url, { digest: login({ username }) }));
		const { shown, value, shell } = request.headers.at(-1) ?? header('', '');
		expect(shown).toMatch(/^Digest username="me"/);
		expect([value, shell]).toEqual([shown, shown]);
	});

	test('is answered in the place of an authorization that was there', async () => {
		const { url, seen } = await replying(
			{ status: 401, challenge: challenge('n1') },
			{ status: 200 },
		);
		const headersAt = () => [header('Authorization', 'Basic x'), header('x-kept', '1')];
		await attempt(requestTo(url, { digest: login(), headersAt }));
		expect(seen[0]?.headers.authorization).toBe('Basic x');
		expect(seen[1]?.headers).toMatchObject({ 'x-kept': '1' });
		expect(seen[1]?.headers.authorization).toMatch(/^Digest [^B]*$/);
	});

	test('with another password is answered wrongly, as asked', async () => {
		const { url, seen } = await replying({ status: 401, challenge: challenge('n1') });
		const { outcome } = await attempt(requestTo(url, { digest: login({ fault: 'wrong-key' }) }));
		expect(outcome).toMatchObject({ status: 401 });
		expect(seen).toHaveLength(2);
		const params = paramsOf(seen[1] as Seen);
		expect(params['response']).toBe(responseTo(params, wrongKeyText));
	});

	test.each<[string, Partial<ComposedRequest>, Reply]>([
		[
			'unsigned is asked for',
			{ digest: login({ fault: 'unsigned' }) },
			{ status: 401, challenge: challenge('n') },
		],
		['nothing of it is in the request', {}, { status: 401, challenge: challenge('n') }],
		['it is another kind', { digest: login() }, { status: 401, challenge: 'Basic realm="shop"' }],
		['there is none', { digest: login() }, { status: 401 }],
		[
			'it comes with another status',
			{ digest: login() },
			{ status: 403, challenge: challenge('n') },
		],
	])('is not answered where %s', async (_name, more, reply) => {
		const { url, seen } = await replying(reply);
		expect((await attempt(requestTo(url, more))).warnings).toEqual([]);
		expect(seen).toHaveLength(1);
	});

	test.each([
		[200, 1],
		[299, 1],
		[300, 0],
		[500, 0],
	])('that never comes, with %i, is told: %i', async (status, count) => {
		const url = await serveTcp((socket) =>
			socket.once('data', () => socket.end(`HTTP/1.1 ${status} X\r\ncontent-length: 0\r\n\r\n`)),
		);
		const { warnings } = await attempt(requestTo(url, { digest: login() }));
		expect(warnings.filter((text) => String(text).includes('without asking'))).toHaveLength(count);
	});

	test('is answered once more where its nonce was stale, and no third time', async () => {
		const stale = challenge('n2', ', stale=TRUE');
		const { url, seen } = await replying(
			{ status: 401, challenge: challenge('n1') },
			{ status: 401, challenge: stale },
		);
		const { outcome } = await attempt(requestTo(url, { digest: login() }));
		expect(outcome).toMatchObject({ status: 401 });
		expect(seen.slice(1).map((one) => [paramsOf(one)['nonce'], paramsOf(one)['nc']])).toEqual([
			['n1', '00000001'],
			['n2', '00000001'],
		]);
	});

	test('with the same nonce again counts on', async () => {
		const again = challenge('n1', ', stale=true');
		const { url, seen } = await replying(
			{ status: 401, challenge: challenge('n1') },
			{ status: 401, challenge: again },
			{ status: 200 },
		);
		await attempt(requestTo(url, { digest: login() }));
		expect(seen.slice(1).map((one) => paramsOf(one)['nc'])).toEqual(['00000001', '00000002']);
	});

	test('that refuses the answer is not answered again', async () => {
		for (const more of ['', ', stale=false']) {
			const { url, seen } = await replying({ status: 401, challenge: challenge('n1', more) });
			await attempt(requestTo(url, { digest: login() }));
			expect(seen).toHaveLength(2);
		}
	});
});

test('a challenge is looked for in every line of its header, and in a 401 alone', () => {
	const outcome = (status: number, lines: string | string[] | undefined): Outcome => ({
		kind: 'answered',
		status,
		headers: lines === undefined ? {} : { 'www-authenticate': lines },
		body: new Uint8Array(),
		truncated: false,
		tookMs: 1,
	});
	expect(challengeIn(outcome(401, ['Basic realm="a"', challenge('n')]))?.params['nonce']).toBe('n');
	expect(challengeIn(outcome(401, challenge('n')))?.scheme).toBe('digest');
	expect(challengeIn(outcome(403, challenge('n')))).toBeUndefined();
	expect(challengeIn(outcome(401, undefined))).toBeUndefined();
	expect(
		challengeIn({ kind: 'timed-out', phase: 'headers', tookMs: 1 } as Outcome),
	).toBeUndefined();
});

test('what an answer is read with in spite of itself is told', async () => {
	const url = await serveTcp((socket) =>
		socket.once('data', () => socket.end('HTTP/1.1 200 OK\ncontent-length: 0\n\n')),
	);
	const { warnings } = await attempt(requestTo(url));
	expect(warnings).toEqual([expect.stringMatching(/provider's client reads it, but \w/)]);
});

describe('a conversation', () => {
	const converse = (requests: ComposedRequest[], signal?: AbortSignal) =>
		httpConversation(options, random)(requests, 9, signal);

	test('sends one request after another over one connection', async () => {
		let connections = 0;
		let requests = 0;
		const url = await serveTcp((socket) => {
			connections++;
			socket.on('data', () => {
				requests++;
				socket.write(`HTTP/1.1 20${requests} OK\r\ncontent-length: 0\r\n\r\n`);
			});
		});
		const results = await converse([requestTo(url), requestTo(`${url}/b`)]);
		expect(results.map(({ outcome }) => outcome)).toMatchObject([{ status: 201 }, { status: 202 }]);
		expect(results.map(({ request }) => request.url)).toEqual([url, `${url}/b`]);
		expect(results[0]?.request.headers).toEqual([header('x-at', '9')]);
		expect(connections).toBe(1);
	});

	test('of nothing is nothing', async () => {
		expect(await converse([])).toEqual([]);
	});

	test('ends with the signal', async () => {
		const { url } = await replying({ status: 200 });
		await expect(
			converse([requestTo(url)], AbortSignal.abort(new Error('enough'))),
		).rejects.toThrow('enough');
	});
});
