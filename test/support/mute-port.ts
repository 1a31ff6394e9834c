import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A process that listens and then never runs again: the system answers for it, as far as its queue goes. */
const program = `
const server = require('node:net').createServer().listen(0, '127.0.0.1', Number(process.argv[1]), () => {
	require('node:fs').writeSync(1, server.address().port + '\\n');
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 120_000);
});`;

/** A port where connections are made and nobody ever speaks: no TLS handshake ends there. */
export function mutePort(): Promise<number> {
	return portOfMuteProcess(64);
}

/** A port whose queue of connections is full: none is ever made. */
export async function fullPort(): Promise<number> {
	const backlog = 1;
	const port = await portOfMuteProcess(backlog);
	// Linux keeps one more than it is asked for.
	const waiting = Array.from({ length: backlog + 1 }, () => connect(port, '127.0.0.1'));
	onTestFinished(() => {
		for (const socket of waiting) socket.destroy();
	});
	await Promise.all(waiting.map((socket) => once(socket, 'connect')));
	return port;
}

async function portOfMuteProcess(backlog: number): Promise<number> {
	const child = spawn(process.execPath, ['-e', program, String(backlog)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	onTestFinished(() => {
		child.kill('SIGKILL');
	});
	const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
	return Number(line);
}
