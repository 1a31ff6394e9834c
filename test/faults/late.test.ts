import { expect, test } from 'vitest';
import { composed } from '../support/catalogue.ts';
import { attemptWith } from '../support/deliver.ts';
import { serveTcp } from '../support/server.ts';

test('an answer that lies there when the time is up counts, however late the process gets to it', async () => {
	const url = await serveTcp((socket) =>
		socket.once('data', () => {
			socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK');
			// Stopped, or busy with something else, for longer than was to be waited.
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
		}),
	);
	const { request } = await composed('iak/pulsa-success', {}, { target: new URL(url) });
	const { outcome } = await attemptWith({ timeout: 300 })(request, 0, undefined);
	expect(outcome).toMatchObject({ kind: 'answered', status: 200 });
});
