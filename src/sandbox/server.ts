import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Trouble, troubleAnswer, troubleOf } from './trouble.ts';

export interface IncomingCall {
	readonly method: string;
	readonly target: string;
	/** Lower-case names; of a repeated one all, with a comma between them. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
	/** Address of whoever calls. */
	readonly from: string;
}

export type Answered =
	| {
			readonly status: number;
			readonly headers: Readonly<Record<string, string>>;
			readonly body: string;
	  }
	/** Hangs up, or says nothing until the caller does. */
	| { readonly fault: 'reset' | 'silence' }
	/** Goes on as long as somebody reads; returns what stops it. */
	| {
			readonly stream: (write: (text: string) => void) => () => void;
			readonly headers: Readonly<Record<string, string>>;
	  };

export interface HttpOptions {
	readonly host: string;
	/** 0 for any free one. */
	readonly port: number;
	/** PEM. */
	readonly tls?: { readonly cert: string; readonly key: string } | undefined;
	answer(call: IncomingCall): Answered | Promise<Answered>;
	failed(error: unknown): void;
	/** Of what is no request, or none that is read. */
	trouble(trouble: Trouble): void;
	/** Of a request that is refused before it is read. */
	refused(call: Pick<IncomingCall, 'method' | 'target'>, status: number, says: string): void;
}

export interface HttpServer {
	readonly address: string;
	readonly port: number;
	close(): Promise<void>;
}

const bounds = { body: 1024 * 1024, connections: 2_000, headersMs: 10_000, requestMs: 30_000 };

/** @throws the listen error, such as EADDRINUSE; what OpenSSL says of a certificate */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
	const limits = {
		headersTimeout: bounds.headersMs,
		requestTimeout: bounds.requestMs,
		connectionsCheckingInterval: 5_000,
	};
	const listener = (request: IncomingMessage, response: ServerResponse) =>
		void answered(request, response, options);
	const server: Server =
		options.tls === undefined
			? createServer(limits, listener)
			: (await import('node:https')).createServer({ ...limits, ...options.tls }, listener);
	server.maxConnections = bounds.connections;
	tellTrouble(server, options);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(options.port, options.host, resolve);
	});
	const { address, port } = server.address() as AddressInfo;
	return {
		address,
		port,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function tellTrouble(server: Server, { trouble }: HttpOptions): void {
	server
		// A handshake that fails is told here as well.
		.on('clientError', (error, socket) => {
			const found = troubleOf(error);
			if (found !== undefined) trouble(found);
			const answer = troubleAnswer(found);
			if (answer !== undefined && socket.writable) socket.end(answer);
			else socket.destroy(error);
		})
		.on('drop', () => trouble('full'));
}

async function answered(
	request: IncomingMessage,
	response: ServerResponse,
	options: HttpOptions,
): Promise<void> {
	response.on('error', () => undefined);
	const body = await bodyOf(request);
	if (body === 'aborted') return;
	const { method = '', url: target = '/', socket } = request;
	if (body === 'too-large') {
		const says = 'the body is larger than 1 MB';
		response.writeHead(413, { connection: 'close', 'content-type': 'text/plain' });
		response.end(`callsim sandbox: ${says}\n`);
		options.refused({ method, target }, 413, says);
		return;
	}
	try {
		// Node has a list of `set-cookie` alone, which nobody asks a request for.
		const headers = request.headers as Readonly<Record<string, string>>;
		const from = socket.remoteAddress ?? '';
		write(await options.answer({ method, target, headers, body, from }), response);
	} catch (error) {
		options.failed(error);
		if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
		response.end('callsim sandbox: a bug of callsim; its terminal says more\n');
	}
}

function write(answer: Answered, response: ServerResponse): void {
	if ('fault' in answer) {
		if (answer.fault === 'reset') response.socket?.resetAndDestroy();
		return;
	}
	if ('stream' in answer) {
		response.writeHead(200, answer.headers);
		const stop = answer.stream((text) => response.write(text));
		response.once('close', stop);
		return;
	}
	response.writeHead(answer.status, {
		...answer.headers,
		'content-length': String(Buffer.byteLength(answer.body)),
	});
	response.end(answer.body);
}

function bodyOf(request: IncomingMessage): Promise<Uint8Array | 'too-large' | 'aborted'> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let size = 0;
		request
			.on('data', (chunk: Buffer) => {
				size += chunk.length;
				if (size <= bounds.body) return chunks.push(chunk);
				chunks.length = 0;
				request.removeAllListeners('data').resume();
				return resolve('too-large');
			})
			.once('end', () => resolve(Buffer.concat(chunks)))
			.once('error', () => resolve('aborted'))
			.once('close', () => resolve('aborted'));
	});
}
