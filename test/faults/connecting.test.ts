import { expect, test } from 'vitest';
import { composed } from '../support/catalogue.ts';
import { attemptWith } from '../support/deliver.ts';
import { fullPort, mutePort } from '../support/mute-port.ts';

const connections = () =>
	process
		.getActiveResourcesInfo()
		.filter((name) => /^(TCP|TCPSocketWrap|TCPConnectWrap|TLSWrap)$/.test(name));

test.each([
	[
		'a TLS handshake that is never answered',
		async () => `https://127.0.0.1:${await mutePort()}/cb`,
	],
	['a TLS handshake by name', async () => `https://localhost:${await mutePort()}/cb`],
	['a connection that is never made', async () => `http://127.0.0.1:${await fullPort()}/cb`],
	[
		'a connection by name that is never made',
		async () => `http://localhost:${await fullPort()}/cb`,
	],
] as const)('%s times out while connecting, and no socket of it stays', async (_name, target) => {
	const { request } = await composed('iak/pulsa-success', {}, { target: new URL(await target()) });
	const before = connections();
	const { outcome, reached } = await attemptWith({ timeout: 200, insecure: true })(
		request,
		0,
		undefined,
	);
	expect(outcome).toMatchObject({ kind: 'timed-out', phase: 'connect' });
	expect(reached).toBe(false);
	expect(connections()).toEqual(before);
});

test('an interruption while connecting leaves no socket either', async () => {
	const { request } = await composed(
		'iak/pulsa-success',
		{},
		{ target: new URL(`https://127.0.0.1:${await mutePort()}/cb`) },
	);
	const before = connections();
	const stop = new AbortController();
	const attempt = attemptWith({ timeout: 0 })(request, 0, stop.signal);
	setImmediate(() => stop.abort(new Error('stop')));
	await expect(attempt).rejects.toThrow('stop');
	expect(connections()).toEqual(before);
});
