import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import { writeAtOnce } from './write-at-once.ts';

/** A request as it goes out on a kept connection. */
export interface LineRequest {
	method: Dispatcher.HttpMethod;
	path: string;
	/** Names and values in turn; another array where they are others. */
	headers: string[];
	/** Not changed before its answer is told. */
	body: Uint8Array | null;
}

/** What undici makes of a head is the same where these are. */
interface HeadOf {
	readonly method: string;
	readonly path: string;
	readonly headers: readonly string[];
	/** Of the body. */
	readonly length: number;
}

/** These do more to a request than stand in its head. */
const readByUndici = new Set([
	'connection',
	'content-length',
	'expect',
	'host',
	'keep-alive',
	'transfer-encoding',
	'upgrade',
]);

/**
 * Head and body of the requests of one line leave in one piece: undici writes them one behind the
 * other between `cork` and `uncork`, for which Node makes lists of buffers, a fifth of what a
 * request costs. A head that undici has written before stays where it is, and undici is given a
 * shorter one to write.
 */
export class RequestWriter {
	#asked: HeadOf | undefined;
	/** Whose head stands in `#room`. */
	#written: HeadOf | undefined;
	#headLength = 0;
	/** Head and body of the request before. */
	#room = Buffer.alloc(0);
	#isRepeated = false;
	readonly #shorter: LineRequest = { method: 'POST', path: '', headers: [], body: null };

	/** What undici is to be given of a request. */
	begin(request: LineRequest): LineRequest {
		const { method, path, headers, body } = request;
		const length = body?.length ?? 0;
		const last = this.#written;
		this.#isRepeated =
			last !== undefined &&
			last.headers === headers &&
			last.path === path &&
			last.method === method &&
			last.length === length;
		if (!this.#isRepeated) {
			const isPlain = headers.every(
				(name, at) => at % 2 > 0 || !readByUndici.has(name.toLowerCase()),
			);
			this.#asked = length > 0 && isPlain ? { method, path, headers, length } : undefined;
			return request;
		}
		this.#shorter.method = method;
		this.#shorter.path = path;
		this.#shorter.body = body;
		return this.#shorter;
	}

	/** @param isDirect whether what is written is what goes over the wire: not so with TLS */
	attach(socket: Socket, isDirect: boolean): void {
		const write = socket.write.bind(socket) as (...given: unknown[]) => boolean;
		const writeWhole = isDirect ? writeAtOnce(socket, write) : write;
		let isCorked = false;
		let head: string | undefined;
		const flush = () => {
			const held = head;
			head = undefined;
			if (held !== undefined) write(held, 'latin1');
		};
		socket.cork = () => {
			isCorked = true;
		};
		socket.uncork = () => {
			isCorked = false;
			flush();
		};
		socket.write = ((data: string | Uint8Array, ...more: unknown[]) => {
			if (isCorked && head === undefined && typeof data === 'string' && more[0] === 'latin1') {
				head = data;
				return true;
			}
			if (head === undefined || typeof data === 'string') {
				flush();
				return write(data, ...more);
			}
			const whole = this.#whole(head, data, socket.writableLength > 0);
			head = undefined;
			return writeWhole(whole);
		}) as Socket['write'];
	}

	/** The body is copied, so that its buffer is free at once. */
	#whole(head: string, body: Uint8Array, isInUse: boolean): Buffer {
		if (!this.#isRepeated) {
			const length = head.length + body.length;
			if (isInUse || this.#room.length !== length) this.#room = Buffer.allocUnsafe(length);
			this.#room.write(head, 0, 'latin1');
			this.#headLength = head.length;
			this.#written = this.#asked;
		} else if (isInUse) this.#room = Buffer.from(this.#room);
		this.#room.set(body, this.#headLength);
		return this.#room;
	}
}
