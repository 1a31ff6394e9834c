import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Announced, announced } from './announced.ts';

export interface ReceivedRequest {
	readonly method: string;
	/** The request target. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: Buffer;
}

export interface Answer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
	readonly body?: string | undefined;
}

export interface ServerOptions {
	readonly host: string;
	/** 0 for any free one. */
	readonly port: number;
	answer(request: ReceivedRequest): Answer | Promise<Answer>;
	/** A bug in answering: the request is answered 500, the server goes on. */
	failed?(error: unknown): void;
}

export interface RunningServer extends Announced {
	close(): Promise<void>;
}

/** Nobody who posts to a developer's machine may fill its memory or hold it for ever. */
const bounds = { body: 1024 * 1024, connections: 100, headersMs: 10_000, requestMs: 30_000 };

/** @throws the listen error, such as EADDRINUSE */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
	const server = createServer(
		{ headersTimeout: bounds.headersMs, requestTimeout: bounds.requestMs },
		(request, response) => {
			void answerRequest(request, response, options);
		},
	);
	server.maxConnections = bounds.connections;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(options.port, options.host, resolve);
	});
	return { ...announced(server.address() as AddressInfo), close: () => closeServer(server) };
}

/** Whatever goes wrong with one request stays with that request. */
async function answerRequest(
	request: IncomingMessage,
	response: ServerResponse,
	options: ServerOptions,
): Promise<void> {
	let body: Buffer;
	try {
		body = await readBody(request);
	} catch {
		response.writeHead(413, { connection: 'close' }).end();
		request.destroy();
		return;
	}
	try {
		const { method = '', url = '', headers } = request;
		const answer = await options.answer({ method, url, headers, body });
		response.statusCode = answer.status;
		response.setHeader('content-type', 'text/plain; charset=utf-8');
		for (const [name, value] of Object.entries(answer.headers ?? {}))
			response.setHeader(name, value);
		response.end(answer.body ?? '');
	} catch (error) {
		options.failed?.(error);
		if (!response.headersSent) response.writeHead(500);
		response.end();
	}
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > bounds.body) throw new Error('body too large');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function closeServer(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}
