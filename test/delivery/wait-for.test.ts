import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { reachOf } from '../../src/delivery/reach.ts';
import {
	absenceNow,
	answersWithin,
	listensNow,
	listensWithin,
	nothingListens,
} from '../../src/delivery/wait-for.ts';
import { millis } from '../../src/model/duration.ts';
import { closedPort, serve, serveTcp } from '../support/server.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const options = { reach: reachOf({}), userAgent: 'callsim/0 (callback simulator)' };
const answer =
	(status: string, body = '') =>
	(socket: Socket) =>
		socket.end(
			`HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
		);

/** For so many requests like a proxy in front of an app that is not up; then the app. */
function proxy(requests: number, early: (socket: Socket) => void) {
	let seen = 0;
	return serveTcp((socket) =>
		socket.once('data', () =>
			seen++ < requests ? early(socket) : answer('404 Not Found')(socket),
		),
	);
}

describe('a receiver answers', () => {
	test.each([
		['200 OK'],
		['404 Not Found'],
		['401 Unauthorized'],
		['405 Method Not Allowed'],
		['500 Internal Server Error'],
		['302 Found'],
	])('with %s', async (status) => {
		const url = await serveTcp((socket) => socket.once('data', () => answer(status)(socket)));
		expect(await absenceNow(new URL(url), millis(5_000), options)).toBeUndefined();
	});

	test('with something that is not HTTP: waiting does not mend that', async () => {
		const url = await serveTcp((socket) =>
			socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n')),
		);
		expect(await absenceNow(new URL(url), millis(5_000), options)).toBeUndefined();
	});

	test('with HTTP where TLS was meant: the attempt will tell', async () => {
		const { url } = await serve((_seen, response) => response.end('OK'));
		expect(
			await absenceNow(new URL(url.replace('http:', 'https:')), millis(5_000), options),
		).toBeUndefined();
	});

	test('a request that changes nothing: HEAD / from callsim, whatever the target’s path', async () => {
		const { url, seen } = await serve((_seen, response) => response.end());
		await absenceNow(new URL(`${url}?key=1`), millis(5_000), options);
		expect(
			seen.map(({ method, url: path, headers, body }) => [
				method,
				path,
				headers['user-agent'],
				body.length,
			]),
		).toEqual([['HEAD', '/', options.userAgent, 0]]);
	});
});

describe('a receiver does not answer yet', () => {
	test.each<[string, (socket: Socket) => void, RegExp]>([
		['a reset', (socket) => socket.resetAndDestroy(), /^connection reset \(ECONNRESET\)$/],
		['a closed connection', (socket) => socket.end(), /^no answer, connection closed/],
		['half a head', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-'), /connection closed/],
		['502', answer('502 Bad Gateway', '502 Bad Gateway'), /^502$/],
		['503', answer('503 Service Unavailable'), /^503$/],
		['504', answer('504 Gateway Timeout'), /^504$/],
	])('behind %s, and is waited for', async (_what, early, why) => {
		const always = new URL(await proxy(Number.POSITIVE_INFINITY, early));
		expect(await absenceNow(always, millis(5_000), options)).toMatch(why);
		expect(await listensNow(always, reachOf({}))).toBe(true);
		expect(
			await answersWithin(always, millis(2_000), { ...options, clock: virtualClock() }),
		).toMatch(why);
		const soon = new URL(await proxy(3, early));
		expect(
			await answersWithin(soon, millis(2_000), { ...options, clock: virtualClock() }),
		).toBeUndefined();
	});

	test('where a TLS handshake is reset', async () => {
		const url = await proxy(Number.POSITIVE_INFINITY, (socket) => socket.resetAndDestroy());
		expect(
			await absenceNow(new URL(url.replace('http:', 'https:')), millis(5_000), options),
		).toMatch(/ECONNRESET/);
	});

	test('where nothing comes in time', async () => {
		const url = await serveTcp(() => undefined);
		expect(await absenceNow(new URL(url), millis(50), options)).toMatch(/^no answer within/);
	});

	test('where nothing listens', async () => {
		const target = new URL(`http://127.0.0.1:${await closedPort()}/`);
		expect(await answersWithin(target, millis(1_000), { ...options, clock: virtualClock() })).toBe(
			nothingListens,
		);
	});

	test('after a signal', async () => {
		const target = new URL(`http://127.0.0.1:${await closedPort()}/`);
		const waiting = answersWithin(target, millis(1_000), {
			...{ ...options, clock: virtualClock() },
			signal: AbortSignal.abort(new Error('stopped')),
		});
		await expect(waiting).rejects.toThrow('stopped');
	});
});

describe('whether something listens', () => {
	const within = async (target: URL, signal?: AbortSignal) => {
		const clock = virtualClock();
		const listens = await listensWithin(target, millis(350), {
			clock,
			reach: reachOf({}),
			...(signal !== undefined && { signal }),
		});
		return { listens, slept: clock.slept };
	};

	test('is seen at once, though nothing ever answers there', async () => {
		const url = new URL(await serveTcp(() => undefined));
		expect(await within(url)).toEqual({ listens: true, slept: [] });
		url.hostname = 'localhost';
		expect(await within(url)).toEqual({ listens: true, slept: [] });
	});

	test('is asked again until the time is over', async () => {
		const target = new URL(`http://127.0.0.1:${await closedPort()}/`);
		expect(await within(target)).toEqual({ listens: false, slept: [100, 100, 100, 100] });
	});

	test('is asked no more behind a signal', async () => {
		const url = new URL(await serveTcp(() => undefined));
		await expect(within(url, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
	});
});
