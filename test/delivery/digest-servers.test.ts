import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import auth from 'http-auth';
import { describe, expect, onTestFinished, test } from 'vitest';
import { attemptWith, deliveryOf, only, run } from '../support/deliver.ts';
import { closedPort, serve } from '../support/server.ts';
import { needs } from '../support/tools.ts';

const user = 'api-key-demo';
const password = 'api-secret-demo';
const realm = 'transfez';
const ha1 = createHash('md5').update(`${user}:${realm}:${password}`).digest('hex');

/** The npm package http-auth: a Digest server that is not ours. */
async function npmServer(
	algorithm: 'MD5' | 'MD5-sess',
): Promise<{ url: string; bodies: string[] }> {
	const file = join(mkdtempSync(join(tmpdir(), 'callsim-digest-')), 'users.htdigest');
	writeFileSync(file, `${user}:${realm}:${ha1}\n`);
	const digest = auth.digest({ realm, file, algorithm });
	const bodies: string[] = [];
	const server = createServer(
		digest.check(async (request, response) => {
			let body = '';
			for await (const chunk of request) body += String(chunk);
			bodies.push(body);
			response.end(`welcome ${request.user}`);
		}),
	);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.close();
		server.closeAllConnections();
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback?shop=1&x=a%20b`,
		bodies,
	};
}

/** Debian's Apache with mod_auth_digest, in the foreground, with a configuration of its own. */
async function apache(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'callsim-apache-'));
	const port = await closedPort();
	writeFileSync(join(folder, 'users'), `${user}:${realm}:${ha1}\n`);
	mkdirSync(join(folder, 'htdocs'));
	writeFileSync(join(folder, 'htdocs', 'callback'), 'behind the door');
	writeFileSync(
		join(folder, 'httpd.conf'),
		[
			`ServerRoot ${folder}`,
			`Listen 127.0.0.1:${port}`,
			`PidFile ${folder}/pid`,
			`ErrorLog ${folder}/error.log`,
			'ServerName localhost',
			`DefaultRuntimeDir ${folder}`,
			'User www-data',
			'Group www-data',
			...[
				'mpm_event',
				'authn_core',
				'authn_file',
				'authz_core',
				'authz_user',
				'auth_digest',
				'dir',
			].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
			`DocumentRoot ${folder}/htdocs`,
			'<Location /callback>',
			`AuthType Digest\nAuthName "${realm}"\nAuthDigestProvider file\nAuthUserFile ${folder}/users\nRequire valid-user`,
			'</Location>',
		].join('\n'),
	);
	spawnSync('chmod', ['-R', 'a+rX', folder]);
	const server = spawn('apache2', ['-X', '-f', join(folder, 'httpd.conf')], {
		stdio: 'ignore',
		env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
	});
	onTestFinished(() => void server.kill('SIGKILL'));
	await listening(port);
	return `http://127.0.0.1:${port}/callback?shop=1`;
}

/** Debian's lighttpd with mod_authn_file, SHA-256 only. */
async function lighttpd(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'callsim-lighttpd-'));
	const port = await closedPort();
	const sha256 = createHash('sha256').update(`${user}:${realm}:${password}`).digest('hex');
	writeFileSync(join(folder, 'users'), `${user}:${realm}:${sha256}\n`);
	mkdirSync(join(folder, 'htdocs'));
	writeFileSync(
		join(folder, 'htdocs', 'callback.sh'),
		'printf "Status: 200\\r\\n\\r\\nbehind the door"\n',
	);
	writeFileSync(
		join(folder, 'lighttpd.conf'),
		[
			`server.document-root = "${folder}/htdocs"`,
			`server.bind = "127.0.0.1"\nserver.port = ${port}`,
			'server.modules = ("mod_auth", "mod_authn_file", "mod_cgi")',
			'cgi.assign = (".sh" => "/bin/sh")',
			`auth.backend = "htdigest"\nauth.backend.htdigest.userfile = "${folder}/users"`,
			`auth.require = ("/callback.sh" => ("method" => "digest", "algorithm" => "SHA-256", "realm" => "${realm}", "require" => "valid-user"))`,
		].join('\n'),
	);
	const server = spawn('lighttpd', ['-D', '-f', join(folder, 'lighttpd.conf')], {
		stdio: 'ignore',
		env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
	});
	onTestFinished(() => void server.kill('SIGKILL'));
	await listening(port);
	return `http://127.0.0.1:${port}/callback.sh?shop=1`;
}

async function listening(port: number): Promise<void> {
	for (let tries = 0; tries < 200; tries++) {
		const up = await new Promise<boolean>((resolve) => {
			const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () =>
				resolve(false),
			);
			socket.once('connect', () => socket.destroy());
		});
		if (up) return;
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
	throw new Error(`nothing listens on ${port}`);
}

describe.each(['MD5', 'MD5-sess'] as const)(
	'against the npm package http-auth with %s',
	(algorithm) => {
		test('both requests carry the whole body, and the second is accepted', async () => {
			const { url, bodies } = await npmServer(algorithm);
			const delivery = await deliveryOf('transfez/transaction-completed', url);
			const events = await run([delivery]);
			expect(only(events, 'attempt')).toMatchObject([{ acknowledged: true, attempt: 1 }]);
			expect(bodies).toEqual([Buffer.from(delivery.request.body ?? []).toString('utf8')]);
			expect(events.at(-1)).toMatchObject({ exitCode: 0 });
		});

		test('a wrong password is refused on every attempt', async () => {
			const { url, bodies } = await npmServer(algorithm);
			const events = await run([
				await deliveryOf('transfez/transaction-completed', url, { wrongKey: true }),
			]);
			expect(only(events, 'attempt').map(({ reason }) => reason)).toEqual(
				Array(5).fill('status 401, expected 2xx'),
			);
			expect(bodies).toEqual([]);
			expect(events.at(-1)).toMatchObject({ exitCode: 1 });
		});
	},
);

describe.skipIf(!needs('apache2'))("against Debian's Apache", () => {
	test('the answer is accepted, a wrong password is not', async () => {
		const url = await apache();
		const [right] = only(
			await run([await deliveryOf('transfez/transaction-completed', url)]),
			'attempt',
		);
		expect(right).toMatchObject({ acknowledged: true, warnings: [] });
		expect(right?.outcome.kind === 'answered' && Buffer.from(right.outcome.body).toString()).toBe(
			'behind the door',
		);
		const wrong = await run([
			await deliveryOf('transfez/transaction-completed', url, { wrongKey: true }),
		]);
		expect(wrong.at(-1)).toMatchObject({ exitCode: 1 });
	});
});

describe.skipIf(!needs('lighttpd'))("against Debian's lighttpd with SHA-256", () => {
	test('the answer is accepted, a wrong password is not', async () => {
		const url = await lighttpd();
		const [right] = only(
			await run([await deliveryOf('transfez/transaction-completed', url)]),
			'attempt',
		);
		expect(right?.request.headers.find(({ name }) => name === 'authorization')?.value).toContain(
			'algorithm=SHA-256',
		);
		expect(right?.outcome.kind === 'answered' && Buffer.from(right.outcome.body).toString()).toBe(
			'behind the door',
		);
		expect(right).toMatchObject({ acknowledged: true, warnings: [] });
		const wrong = await run([
			await deliveryOf('transfez/transaction-completed', url, { wrongKey: true }),
		]);
		expect(wrong.at(-1)).toMatchObject({ exitCode: 1 });
	});
});

test('every attempt starts without credentials', async () => {
	const { url, seen } = await serve((one, response) => {
		if (one.headers.authorization === undefined)
			response
				.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' })
				.end();
		else response.writeHead(503).end();
	});
	await run([await deliveryOf('transfez/transaction-completed', url)]);
	expect(seen.map(({ headers }) => headers.authorization !== undefined)).toEqual(
		Array(5).fill([false, true]).flat(),
	);
	expect(new Set(seen.map(({ body }) => body.toString())).size).toBe(1);
});

test('a stale nonce is answered once more, with the new one', async () => {
	const { url, seen } = await serve((_one, response, count) => {
		if (count === 3) response.end('OK');
		else
			response
				.writeHead(401, {
					'www-authenticate': `Digest realm="r", nonce="n${count}", qop="auth"${count === 2 ? ', stale=TRUE' : ''}`,
				})
				.end();
	});
	const events = await run([await deliveryOf('transfez/transaction-completed', url)]);
	expect(events.at(-1)).toMatchObject({ exitCode: 0 });
	expect(seen[2]?.headers.authorization).toContain('nonce="n2", ');
	expect(seen[2]?.headers.authorization).toContain('nc=00000001');
});

test('a receiver that accepts without asking is acknowledged, with a warning', async () => {
	const { url } = await serve((_seen, response) => response.end());
	const events = await run([await deliveryOf('transfez/transaction-completed', url)]);
	expect(only(events, 'attempt')[0]).toMatchObject({
		acknowledged: true,
		warnings: ['the receiver accepted the callback without asking for credentials'],
	});
});

test('a receiver that asks and is gone then was reached all the same', async () => {
	const { url } = await serve((_one, response) => {
		response
			.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n"', connection: 'close' })
			.end();
		(response.req.socket as Socket & { server: Server }).server.close();
	});
	const events = await run([await deliveryOf('transfez/transaction-completed', url, {}, 'none')]);
	expect(events.at(-1)).toMatchObject({ exitCode: 1 });
});

test('names and realms beyond ASCII are hashed as the bytes that travel', async () => {
	const { url, seen } = await serve((one, response) => {
		if (one.headers.authorization === undefined)
			response
				.writeHead(401, {
					'www-authenticate': Buffer.from('Digest realm="kédai", nonce="n"').toString('latin1'),
				})
				.end();
		else response.end();
	});
	const { request } = await deliveryOf('transfez/transaction-completed', url);
	await attemptWith()(request, 0, undefined);
	const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex');
	const expected = md5(`${md5(`${user}:kédai:${password}`)}:n:${md5('POST:/callback')}`);
	expect(seen[1]?.headers.authorization).toContain(`response="${expected}"`);
});

test('--unsigned never answers the challenge', async () => {
	const { url, seen } = await serve((_seen, response) =>
		response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n"' }).end(),
	);
	const { request } = await deliveryOf('transfez/transaction-completed', url, { unsigned: true });
	expect((await attemptWith()(request, 0, undefined)).outcome).toMatchObject({ status: 401 });
	expect(seen).toHaveLength(1);
});

test('the uri of the answer is the request target with its query', async () => {
	const { url, seen } = await serve((one, response) => {
		if (one.headers.authorization === undefined)
			response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n"' }).end();
		else response.end();
	});
	await run([await deliveryOf('transfez/transaction-completed', `${url}?a=1&b=%C3%A9`)]);
	expect(seen[1]?.url).toBe('/callback?a=1&b=%C3%A9');
	expect(seen[1]?.headers.authorization).toContain('uri="/callback?a=1&b=%C3%A9"');
});
