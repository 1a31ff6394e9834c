import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: Buffer;
}

export interface Answer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
}

export interface Receiver {
	readonly url: string;
	readonly received: readonly ReceivedRequest[];
	close(): Promise<void>;
}

const bodyLimit = 1024 * 1024;

/** A receiver on loopback that answers by script; the last answer holds for all that follow. */
export async function startReceiver(answers: readonly Answer[], port = 0): Promise<Receiver> {
	const received: ReceivedRequest[] = [];
	const server = createServer((request, response) => {
		readBody(request).then(
			(body) => {
				received.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
				const answer = answers[Math.min(received.length, answers.length) - 1] ?? { status: 200 };
				response
					.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8', ...answer.headers })
					.end(answer.body ?? '');
			},
			() => response.writeHead(413).end(),
		);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(port, '127.0.0.1', resolve);
	});
	const { port: bound } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${bound}`, received, close: () => closed(server) };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > bodyLimit) throw new Error('body too large');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function closed(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}
