import type { OnReadOpts, Socket } from 'node:net';

/** A longer answer is not compared with the next one. */
const longestKnown = 2_048;

/** What an answer came to that undici has read before. */
export interface Repeated {
	readonly status: number;
	readonly body: Buffer;
	/** What undici gets in its place: the shortest answer that there is. */
	readonly brief: Buffer;
}

/**
 * The answer that undici read last, of all connections to a receiver: the same bytes once more come
 * to the same, so that undici needs to know no more than that there was an answer.
 */
export class KnownAnswer {
	#bytes: Buffer = Buffer.alloc(0);
	/** Learnt from when they come again: of many receivers no answer is like another. */
	#last: Buffer = Buffer.alloc(0);
	repeated: Repeated | undefined;

	isIn(bytes: Buffer, length: number): boolean {
		return (
			length === this.#bytes.length &&
			length > 0 &&
			bytes.compare(this.#bytes, 0, length, 0, length) === 0
		);
	}

	/**
	 * @param bytes all of an answer that came in one piece
	 * @param head names and values in turn, as undici read them
	 * @param size of its body
	 */
	learn(bytes: Buffer, status: number, head: readonly Buffer[], size: number): void {
		const isSeen = bytes.equals(this.#last);
		this.#last = bytes;
		if (!isSeen || bytes.length > longestKnown || bytes.toString('latin1', 0, 9) !== 'HTTP/1.1 ')
			return;
		const fields: [name: string, value: string][] = [];
		for (let at = 0; at + 1 < head.length; at += 2)
			fields.push([`${head[at]}`.toLowerCase(), `${head[at + 1]}`]);
		const value = (name: string) => fields.find(([one]) => one === name)?.[1];
		// A challenge is looked at; where the connection closes, or the length is not said, undici has
		// more to find out than the next answer of these bytes would tell it.
		const isPlain =
			status !== 401 &&
			value('content-length') === String(size) &&
			value('transfer-encoding') === undefined &&
			(value('connection') ?? 'keep-alive').toLowerCase() === 'keep-alive';
		if (!isPlain) return;
		// How long the connection may be kept is undici's affair.
		const kept = value('keep-alive');
		const lines = kept === undefined ? '' : `keep-alive: ${kept}\r\n`;
		this.repeated = {
			status,
			body: bytes.subarray(bytes.length - size),
			brief: Buffer.from(`HTTP/1.1 204\r\n${lines}\r\n`, 'latin1'),
		};
		this.#bytes = bytes;
	}
}

/** Read into by every connection in turn: what arrives is compared, or copied, before the next. */
const room = Buffer.allocUnsafeSlow(65_536);

/**
 * Reads a connection without a buffer for each answer, and without Node's streams where the answer
 * is known.
 */
export class AnswerReader {
	readonly onread: OnReadOpts = { buffer: room, callback: (length) => this.#arrived(length) };
	readonly #known: KnownAnswer;
	#socket: Socket | undefined;
	#isExpecting = true;
	/** The answer, where it is one that undici has read before. */
	repeated: Repeated | undefined;
	/** Nothing has come for the stream since the answer has been expected. */
	#isQuiet = false;
	#brief: Buffer | undefined;
	/** The answer, as long as it is one piece. */
	#piece: Buffer | undefined;

	readonly #unknown: () => void;

	/** @param unknown told when an answer begins that goes through Node's streams */
	constructor(known: KnownAnswer, unknown: () => void) {
		this.#known = known;
		this.#unknown = unknown;
	}

	/** @param socket made with `onread` */
	attach(socket: Socket): void {
		this.#socket = socket;
		const read = socket.read.bind(socket);
		socket.read = (size?: number) => {
			const brief = this.#brief;
			this.#brief = undefined;
			if (brief !== undefined) return brief;
			// Node asks with a size, when the other side has ended.
			return this.#isQuiet && size === undefined ? null : read();
		};
	}

	expectAnswer(): void {
		this.#isExpecting = true;
		this.#piece = undefined;
		this.repeated = undefined;
		this.#isQuiet = this.#socket?.readableLength === 0;
	}

	/** An answer has been read, whole. */
	learn(status: number, head: readonly Buffer[], size: number): void {
		if (this.#piece !== undefined) this.#known.learn(this.#piece, status, head, size);
	}

	#arrived(length: number): true {
		const isFirst = this.#isExpecting;
		this.#isExpecting = false;
		if (isFirst && this.#isQuiet && this.#known.isIn(room, length)) {
			this.repeated = this.#known.repeated;
			this.#brief = this.repeated?.brief;
			this.#socket?.emit('readable');
			return true;
		}
		this.#isQuiet = false;
		if (isFirst) this.#unknown();
		const piece = Buffer.from(room.subarray(0, length));
		this.#piece = isFirst ? piece : undefined;
		this.#socket?.push(piece);
		return true;
	}
}
