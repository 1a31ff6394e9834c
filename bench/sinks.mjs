// Receivers that answer at once, each in a process of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { has } from './measured.mjs';

async function freePort() {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address();
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** nginx, which answers 200 at /, 503 at /down and a 1 KiB answer at /page; null without it. */
export async function nginxSink() {
	if (!has('nginx')) return null;
	const folder = mkdtempSync(join(tmpdir(), 'callsim-nginx-'));
	const port = await freePort();
	const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
	writeFileSync(
		join(folder, 'nginx.conf'),
		`worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/error;
events { worker_connections 2048; }
http {
	access_log off; keepalive_requests 1000000000;
	${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
	server {
		listen 127.0.0.1:${port};
		location / { return 200 "OK"; }
		location /down { return 503; }
	}
}`,
	);
	const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-e', `${folder}/error`], {
		stdio: 'ignore',
	});
	await new Promise((resolve) => setTimeout(resolve, 500));
	return { url: `http://127.0.0.1:${port}/`, close: () => stop(child, folder) };
}

/** A plain node:http receiver; with `digest` one that asks for RFC 7616 once a nonce. */
export async function nodeSink(digest = false) {
	const challenge = 'Digest realm="shop", nonce="f00d", qop="auth"';
	const answer = digest
		? `q.headers.authorization?r.end("OK"):r.writeHead(401,{"www-authenticate":${JSON.stringify(challenge)}}).end()`
		: 'r.end("OK")';
	const child = spawn(process.execPath, [
		'-e',
		`require("http").createServer((q,r)=>{q.resume();q.on("end",()=>{${answer}})}).listen(0,"127.0.0.1",function(){console.log(this.address().port)})`,
	]);
	const port = await new Promise((resolve) =>
		child.stdout.once('data', (data) => resolve(Number(data))),
	);
	return { url: `http://127.0.0.1:${port}/`, close: () => stop(child) };
}

async function stop(child, folder) {
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill();
	await ended;
	if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
