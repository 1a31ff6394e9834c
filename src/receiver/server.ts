import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Announced, announced } from './announced.ts';
import { Connections, HeldBytes, type Limits, usualLimits } from './limits.ts';
import type { Asked } from './web-page-refusal.ts';

export interface ReceivedRequest {
	readonly method: string;
	/** The request target. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	/** Names and values in turn, as they came. */
	readonly rawHeaders: readonly string[];
	readonly body: Buffer;
}

export interface Answer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
	readonly body?: string | Uint8Array | undefined;
	/** Of somebody else's answer, which is handed on: nothing is added to it. */
	readonly handedOn?: { readonly reason: string; readonly rawHeaders: readonly string[] };
}

export interface ServerOptions {
	readonly host: string;
	/** 0 for any free one. */
	readonly port: number;
	answer(request: ReceivedRequest): Answer | Promise<Answer>;
	/** Why somebody is answered 403, and nothing else comes of it. */
	refuse?(asked: Asked, port: number): string | undefined;
	/** A bug in answering: the request is answered 500, the server goes on. */
	failed?(error: unknown): void;
	readonly limits?: Limits;
}

export interface RunningServer extends Announced {
	readonly port: number;
	close(): Promise<void>;
}

/** @throws the listen error, such as EADDRINUSE */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
	const limits = options.limits ?? usualLimits;
	const room = new HeldBytes(limits.bodies);
	const server = createServer(
		{
			headersTimeout: limits.headersMs,
			requestTimeout: limits.requestMs,
			connectionsCheckingInterval: limits.everyMs,
		},
		(request, response) => {
			void answerRequest(request, response);
		},
	);
	const connections = new Connections(server, limits.connections);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(options.port, options.host, resolve);
	});
	const address = server.address() as AddressInfo;
	return { ...announced(address), port: address.port, close: () => closeServer(server) };

	/** Whatever goes wrong with one request stays with that request. */
	async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method = '', url = '', headers, rawHeaders, socket } = request;
		let body: Buffer | 'too much' | 'no room';
		try {
			body = await readBody(request, limits.body, room);
		} catch {
			// Whoever sent it has gone.
			response.destroy();
			return;
		}
		if (!Buffer.isBuffer(body)) return turnAway(request, response, body === 'no room' ? 503 : 413);
		// Behind the body: whoever is still sending would not read why.
		const refusal = options.refuse?.({ method, headers }, address.port);
		connections.answering(socket);
		response.once('close', () => connections.answered(socket));
		try {
			const answer =
				refusal === undefined
					? await options.answer({ method, url, headers, rawHeaders, body })
					: { status: 403, body: `callsim: ${refusal}\n` };
			write(response, answer);
		} catch (error) {
			options.failed?.(error);
			if (!response.headersSent) response.writeHead(500);
			response.end();
		} finally {
			room.leave(body.length);
		}
	}
}

function write(response: ServerResponse, { status, headers, body, handedOn }: Answer): void {
	if (handedOn !== undefined) {
		response.sendDate = false;
		response.writeHead(status, handedOn.reason, [...handedOn.rawHeaders]);
		response.end(body);
		return;
	}
	response.statusCode = status;
	response.setHeader('content-type', 'text/plain; charset=utf-8');
	for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
	response.end(body ?? '');
}

/** The rest of what is sent is not read. */
function turnAway(request: IncomingMessage, response: ServerResponse, status: number): void {
	response.writeHead(status, { connection: 'close' });
	response.end(() => request.destroy());
}

/** Bytes may come one at a time, each in an object of its own. */
const mostChunks = 1_000;

async function readBody(
	request: IncomingMessage,
	most: number,
	room: HeldBytes,
): Promise<Buffer | 'too much' | 'no room'> {
	let chunks: Buffer[] = [];
	let size = 0;
	let isWhole = false;
	try {
		for await (const chunk of request.iterator({
			destroyOnReturn: false,
		}) as AsyncIterable<Buffer>) {
			if (size + chunk.length > most) return 'too much';
			if (!room.take(chunk.length)) return 'no room';
			size += chunk.length;
			chunks.push(chunk);
			if (chunks.length >= mostChunks) chunks = [Buffer.concat(chunks)];
		}
		isWhole = true;
		return Buffer.concat(chunks);
	} finally {
		if (!isWhole) room.leave(size);
	}
}

function closeServer(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}
