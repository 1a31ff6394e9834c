import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Limits, usualLimits } from '../../src/receiver/limits.ts';
import { startServer } from '../../src/receiver/server.ts';

async function started(limits: Partial<Limits> = {}, answer = () => ({ status: 200, body: 'OK' })) {
	const server = await startServer({
		host: '127.0.0.1',
		port: 0,
		answer,
		limits: { ...usualLimits, ...limits },
	});
	onTestFinished(() => server.close());
	const dial = (text = ''): Promise<Socket> =>
		new Promise((resolve, reject) => {
			const socket = connect(server.port, '127.0.0.1', () => {
				if (text !== '') socket.write(text);
				resolve(socket);
			});
			socket.on('error', reject);
			onTestFinished(() => void socket.destroy());
		});
	const post = (body: string) => fetch(server.url, { method: 'POST', body });
	return { ...server, dial, post };
}

const answerOn = (socket: Socket): Promise<string> =>
	new Promise((resolve) => {
		let text = '';
		socket.on('data', (chunk) => {
			text += chunk.toString('latin1');
		});
		socket.once('close', () => resolve(text));
	});

describe('a listener goes on answering', () => {
	test('two thousand connections on which nothing comes, and more after them', async () => {
		const server = await started();
		for (let batch = 0; batch < 21; batch++)
			await Promise.all(
				Array.from({ length: 100 }, () => server.dial('POST / HTTP/1.1\r\nHost: a\r\nX-A: ')),
			);
		expect((await server.post('a=1')).status).toBe(200);
	});

	test('more connections than it holds: the oldest goes, the newest is answered', async () => {
		const server = await started({ connections: 3 });
		const [oldest] = [await server.dial('P'), await server.dial('P'), await server.dial('P')];
		const gone = answerOn(oldest);
		const last = await server.dial('POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
		expect(await answerOn(last)).toMatch(/^HTTP\/1.1 200 OK[\s\S]*OK$/);
		expect(await gone).toBe('');
	});

	test('a head that never ends is cut off', async () => {
		const server = await started({ headersMs: 50, everyMs: 10 });
		expect(await answerOn(await server.dial('POST / HTTP/1.1\r\nX-A: '))).toMatch(/ 408 /);
	});

	test('a body that never ends is cut off', async () => {
		const server = await started({ headersMs: 40, requestMs: 50, everyMs: 10 });
		const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na';
		expect(await answerOn(await server.dial(head))).toMatch(/ 408 /);
	});

	test('headers of ten megabytes are refused before they are read', async () => {
		const server = await started();
		const socket = await server.dial();
		const told = answerOn(socket);
		socket.write(`POST / HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(10 * 1024 * 1024)}`);
		expect(await told).toMatch(/ 431 /);
		expect((await server.post('a=1')).status).toBe(200);
	});

	test('bodies that together are more than there is room for', async () => {
		const server = await started({ bodies: 10 });
		const holding = await server.dial(
			'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n12345678',
		);
		// Once this is answered the eight bytes before it have been read.
		await server.post('1');
		const many = await server.post('123456');
		expect(many.status).toBe(503);
		holding.end('9');
		await answerOn(holding);
		expect((await server.post('123456')).status).toBe(200);
	});
});

test('the usual limits keep a flood within what a machine has', () => {
	expect(usualLimits).toMatchObject({ connections: 2_000, headersMs: 10_000 });
	expect(usualLimits.everyMs).toBeLessThanOrEqual(1_000);
	expect(usualLimits.bodies).toBeLessThanOrEqual(64 * 1024 * 1024);
});
