import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Seen {
	readonly method: string;
	readonly url: string;
	readonly headers: IncomingMessage['headers'];
	readonly body: Buffer;
}

/** A real server on a free loopback port, closed when the test ends. */
export async function serve(
	answer: (seen: Seen, response: ServerResponse, count: number) => void,
): Promise<{ url: string; seen: Seen[] }> {
	const seen: Seen[] = [];
	const listener: RequestListener = async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const one = {
			method: request.method ?? '',
			url: request.url ?? '',
			headers: request.headers,
			body: Buffer.concat(chunks),
		};
		seen.push(one);
		answer(one, response, seen.length);
	};
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(
		() =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	);
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, seen };
}

/** Answers with these statuses in turn; the last one for ever. */
export function answering(...statuses: number[]) {
	return serve((_seen, response, count) => {
		response
			.writeHead(statuses[Math.min(count, statuses.length) - 1] ?? 200)
			.end(`answer ${count}`);
	});
}

/** A server that speaks whatever the test writes. */
export async function serveTcp(
	onConnection: (socket: Socket) => void,
	options: { readonly allowHalfOpen?: boolean } = {},
): Promise<string> {
	const sockets = new Set<Socket>();
	const server = createTcpServer(options, (socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		onConnection(socket);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(
		() =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	);
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
}

/** A port on which nothing listens: one that was free a moment ago. */
export async function closedPort(): Promise<number> {
	const server = createTcpServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise<void>((resolve) => server.close(() => resolve()));
	return port;
}
