import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startHttp } from '../../src/sandbox/server.ts';
import { type Trouble, troubleOf } from '../../src/sandbox/trouble.ts';
import { authority } from '../support/certificates.ts';
import { needs } from '../support/tools.ts';

/** The sandbox's server alone, and what it tells. */
async function listening(tls?: { cert: string; key: string }) {
	const told: unknown[] = [];
	const { port, close } = await startHttp({
		...{ host: '127.0.0.1', port: 0, tls },
		answer: () => ({ status: 200, headers: {}, body: 'fine' }),
		failed: (error) => void told.push(error),
		trouble: (trouble) => void told.push(trouble),
		refused: ({ method, target }, status, says) => void told.push([method, target, status, says]),
	});
	onTestFinished(close);
	const answerTo = (text: string) =>
		new Promise<string>((resolve) => {
			let answer = '';
			const socket = connect(port, '127.0.0.1', () => socket.write(text));
			socket.on('data', (data) => (answer += data)).on('error', () => undefined);
			socket.once('close', () => resolve(answer.split('\r\n')[0] ?? ''));
		});
	return { port, told, answerTo };
}

test.each<[string, string, string, Trouble]>([
	['words', 'hello\r\n\r\n', '400 Bad Request', 'no-http'],
	['a TLS handshake', '\u0016\u0003\u0001\u0002\u0000', '400 Bad Request', 'https'],
	[
		'headers without end',
		`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
		'431 Request Header Fields Too Large',
		'long-headers',
	],
])('%s are answered, and told for what they are', async (_, sent, status, trouble) => {
	const { told, answerTo } = await listening();
	expect(await answerTo(sent)).toBe(`HTTP/1.1 ${status}`);
	expect(told).toEqual([trouble]);
});

test('a body that is too large is told with its request', async () => {
	const { told, answerTo } = await listening();
	const body = 'x'.repeat(1_100_000);
	const sent = `POST /v3/x HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
	expect(await answerTo(sent)).toBe('HTTP/1.1 413 Payload Too Large');
	expect(told).toEqual([['POST', '/v3/x', 413, 'the body is larger than 1 MB']]);
});

test.skipIf(!needs('curl', 'openssl'))(
	'over TLS it is told who speaks none, and who does not trust the certificate',
	async () => {
		const { key, cert } = authority().sign('localhost');
		const { port, told } = await listening({ key: String(key), cert: String(cert) });
		const curl = (url: string) =>
			new Promise<void>((resolve) => execFile('curl', ['-s', url], () => resolve()));
		await curl(`http://127.0.0.1:${port}/`);
		await expect.poll(() => told).toEqual(['http']);
		await curl(`https://127.0.0.1:${port}/`);
		await expect.poll(() => told).toEqual(['http', 'distrust']);
	},
);

test.each([
	['ERR_HTTP_REQUEST_TIMEOUT', 'slow'],
	['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'distrust'],
	['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'distrust'],
	['ECONNRESET', undefined],
])('%s is %s', (code, trouble) => {
	expect(troubleOf(Object.assign(new Error(), { code }))).toBe(trouble);
});
