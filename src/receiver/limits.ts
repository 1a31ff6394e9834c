import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Nobody who posts to a developer's machine may fill its memory or hold it for ever. */
export interface Limits {
	/** Bytes of one body. */
	readonly body: number;
	/** Bytes of all bodies that are being read and answered. */
	readonly bodies: number;
	readonly connections: number;
	readonly headersMs: number;
	readonly requestMs: number;
	/** How often those two are looked at. */
	readonly everyMs: number;
}

export const usualLimits: Limits = {
	body: 1024 * 1024,
	bodies: 64 * 1024 * 1024,
	connections: 2_000,
	headersMs: 10_000,
	requestMs: 30_000,
	everyMs: 1_000,
};

/**
 * Makes room for whoever comes: of the connections on which nothing is being answered the oldest
 * goes. Those who only hold one, or send a byte now and then, keep nobody else out.
 */
export class Connections {
	/** In the order in which they came. */
	readonly #waiting = new Set<Socket>();
	readonly #most: number;
	#count = 0;

	constructor(server: Server, most: number) {
		this.#most = most;
		server.on('connection', (socket: Socket) => this.#come(socket));
	}

	#come(socket: Socket): void {
		this.#count++;
		this.#waiting.add(socket);
		socket.once('close', () => {
			this.#count--;
			this.#waiting.delete(socket);
		});
		const [oldest] = this.#waiting;
		if (this.#count > this.#most) oldest?.destroy();
	}

	/** A whole request has come on it. */
	answering(socket: Socket): void {
		this.#waiting.delete(socket);
	}

	answered(socket: Socket): void {
		if (!socket.destroyed) this.#waiting.add(socket);
	}
}

/** Bytes that are held, of all requests together. */
export class HeldBytes {
	#free: number;

	constructor(bytes: number) {
		this.#free = bytes;
	}

	/** Whether there was room; it is given back with `leave`. */
	take(bytes: number): boolean {
		if (bytes > this.#free) return false;
		this.#free -= bytes;
		return true;
	}

	leave(bytes: number): void {
		this.#free += bytes;
	}
}
