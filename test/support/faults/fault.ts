import type { Socket } from 'node:net';

/** What the other side does to a request, and what has to come of it on every way of delivery. */
export interface Fault {
	readonly name: string;
	/** Called when the head of a request has begun to arrive. */
	act(socket: Socket): void;
	/** Kind of the outcome, with its phase, cause or status. */
	readonly outcome: string;
	/** Requests of one attempt, where they are more than one: an HTTP Digest exchange. */
	readonly digestRequests?: number;
	/** Where the answer to a challenge comes to something else. */
	readonly digestOutcome?: string;
	readonly acknowledged?: boolean;
	/** Whether the other side keeps its half of a connection that we have ended. */
	readonly halfOpen?: boolean;
	/** Whether a connection that could be used again is closed behind the answer. */
	readonly closes?: boolean;
}

export const writes = (wire: string) => (socket: Socket) =>
	void socket.end(Buffer.from(wire, 'latin1'));
export const resets = (wire: string) => (socket: Socket) =>
	void socket.write(Buffer.from(wire, 'latin1'), () =>
		setTimeout(() => socket.resetAndDestroy(), 20),
	);
export const stays = (wire: string) => (socket: Socket) =>
	void socket.write(Buffer.from(wire, 'latin1'));
export const head = (status: string, ...headers: string[]) =>
	[`HTTP/1.1 ${status}`, ...headers, '', ''].join('\r\n');
