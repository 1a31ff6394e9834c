import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { authority, type Certificate } from '../support/certificates.ts';
import { held, ways } from '../support/faults/ways.ts';
import { isLong } from '../support/long.ts';
import { fullPort, mutePort } from '../support/mute-port.ts';
import { closedPort } from '../support/server.ts';

/** Where a callback is to go, and what comes of dialling there. */
interface Place {
	readonly name: string;
	/** @returns the URL, and an environment where only a process shows it */
	open(): Promise<string | readonly [url: string, env: Record<string, string>]>;
	readonly flags?: readonly string[];
	readonly outcome: string;
	/** What is told beside it of each attempt. */
	readonly detail?: string;
}

async function portOf(server: Server, host = '127.0.0.1'): Promise<number> {
	server.on('request', (request, response) => request.resume().on('end', () => response.end('OK')));
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	onTestFinished(() => {
		server.close();
		server.closeAllConnections();
	});
	return (server.address() as AddressInfo).port;
}

/** Listens with TLS for localhost. */
const tls = async (options: ServerOptions) =>
	`https://localhost:${await portOf(createTlsServer(options))}/cb`;

/** With a certificate of an authority that is believed. */
const trusted =
	(signed: (sign: (name: string, days?: number) => Certificate) => Certificate) => async () => {
		const { file, sign } = authority();
		return [await tls(signed(sign)), { NODE_EXTRA_CA_CERTS: file }] as const;
	};
const own = (name: string, days?: number) => tls(authority().sign(name, days));
const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
const noNames = fileURLToPath(new URL('../support/name-server.cjs', import.meta.url));

const places: readonly Place[] = [
	{
		name: 'a closed port',
		open: async () => `http://127.0.0.1:${await closedPort()}/cb`,
		outcome: 'unreachable refused',
		detail: 'ECONNREFUSED',
	},
	{
		name: 'a closed port of a name with two addresses',
		open: async () => `http://localhost:${await closedPort()}/cb`,
		outcome: 'unreachable refused',
		detail: 'ECONNREFUSED',
	},
	{
		name: 'a name that is not found',
		open: async () => ['http://shop.test/cb', { NODE_OPTIONS: `--require=${noNames}` }],
		outcome: 'unreachable name-not-found',
		detail: 'ENOTFOUND',
	},
	{
		name: 'an address of IPv6',
		open: async () => `http://[::1]:${await portOf(createHttpServer(), '::1')}/cb`,
		outcome: 'answered 200',
	},
	{
		name: 'a name where IPv4 is dead',
		open: async () => `http://localhost:${await portOf(createHttpServer(), '::1')}/cb`,
		outcome: 'answered 200',
	},
	{
		name: 'a name where IPv6 is dead',
		open: async () => `http://localhost:${await portOf(createHttpServer())}/cb`,
		outcome: 'answered 200',
	},
	{
		name: 'a queue that is full, at an address',
		open: async () => `http://127.0.0.1:${await fullPort()}/cb`,
		outcome: 'timed-out connect',
	},
	{
		name: 'a queue that is full, with IPv6 dead',
		open: async () => `http://localhost:${await fullPort()}/cb`,
		outcome: 'timed-out connect',
	},
	{
		name: 'a TLS handshake without an answer',
		open: async () => `https://localhost:${await mutePort()}/cb`,
		outcome: 'timed-out connect',
	},
	{
		name: 'HTTP where TLS is meant',
		open: async () => `https://localhost:${await portOf(createHttpServer())}/cb`,
		outcome: 'unreachable tls',
		detail: 'ERR_SSL',
	},
	{
		name: 'a certificate of an authority that nobody knows',
		open: () => own('localhost'),
		outcome: 'unreachable tls',
		detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	},
	{
		name: 'an old version of TLS',
		open: () => tls({ ...authority().sign('localhost'), ...old }),
		flags: ['--insecure'],
		outcome: 'unreachable tls',
		detail: 'ERR_SSL',
	},
	{
		name: 'an expired certificate of another name, with --insecure',
		open: () => own('shop.test', -1),
		flags: ['--insecure'],
		outcome: 'answered 200',
	},
	{
		name: 'a certificate of a known authority',
		open: trusted((sign) => sign('localhost')),
		outcome: 'answered 200',
	},
	{
		name: 'an expired certificate',
		open: trusted((sign) => sign('localhost', -1)),
		outcome: 'unreachable tls',
		detail: 'CERT_HAS_EXPIRED',
	},
	{
		name: 'a certificate of another name',
		open: trusted((sign) => sign('shop.test')),
		outcome: 'unreachable tls',
		detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
	},
];

test.each(places)('$name comes to $outcome on every way, and nothing stays', async (place) => {
	const { open, flags = [], outcome, detail = '' } = place;
	const opened = await open();
	const [to, env] = typeof opened === 'string' ? [opened] : opened;
	const timeout = outcome.startsWith('timed-out') ? '250ms' : '20s';
	const pace = ['--retry', 'none', '--json', '--timeout', timeout, ...flags];
	const before = held();
	// Processes take their time: the short form has those that differ the most.
	const tried = ways.filter(
		({ name }) => env === undefined || isLong || /^(fire|burst)$/.test(name),
	);
	for (const way of tried) {
		const count = way.most > 1 ? ['--count', '1'] : [];
		const { code, outcomes, stdout, stderr } = await way.send(to, [...pace, ...count], { env });
		expect({ way: way.name, outcomes }).toEqual({ way: way.name, outcomes: [outcome] });
		expect(code, way.name).toBe(outcome === 'answered 200' ? 0 : 3);
		if (way.most === 1) expect(stdout).toContain(detail);
		expect(stderr).not.toMatch(/bug in callsim|^ {4}at /m);
	}
	await expect.poll(() => held().length).toBeLessThanOrEqual(before.length);
});
