import {
	isIP,
	type LookupFunction,
	connect as netConnect,
	type OnReadOpts,
	type Socket,
} from 'node:net';
import type { connect as tlsConnect } from 'node:tls';
import type { buildConnector } from 'undici';
import { portOf } from './address.ts';
import { type AnswerReading, readLeniently } from './lenient-reading.ts';

export interface DialOptions {
	readonly insecure: boolean;
	/** Judges what is dialled. */
	readonly lookup: LookupFunction;
	/** Where the origin is `https:`. */
	readonly tls: typeof tlsConnect | undefined;
	/** Told of every connection that is made, before anything is written on it. */
	readonly onSocket?: ((socket: Socket) => void) | undefined;
	/** Reads the next connection; where the origin is `http:`. */
	readonly reader?: (() => SocketReader) | undefined;
}

/** Reads a connection in place of Node's streams. */
export interface SocketReader {
	readonly onread: OnReadOpts;
	attach(socket: Socket): void;
}

/** Opens connections for undici, and forgets none of them. */
export interface Dialler {
	readonly connect: buildConnector.connector;
	/** From now on the next bytes of a connection begin an answer. */
	expectAnswer(): void;
	/** What had to be put right in the answer, as far as it has been read. */
	defects(): readonly string[];
	/** Ends every connection; undici forgets one that is still being made, which would stay. */
	hangUp(): Promise<void>;
}

/** Milliseconds for one address of a name before the next is tried; a refusal takes none. */
const patienceForAnAddress = 5_000;

export function dialler({ insecure, lookup, tls, onSocket, reader }: DialOptions): Dialler {
	const open = new Map<Socket, AnswerReading>();
	return {
		connect({ hostname, host, protocol, port, servername }, callback) {
			const address = {
				host: hostname,
				port: portOf({ port, protocol }),
				lookup,
				autoSelectFamily: true,
				// Node's quarter of a second would drop a connection that is only slow to be noticed, on a
				// busy machine.
				autoSelectFamilyAttemptTimeout: patienceForAnAddress,
			};
			const reading = tls === undefined ? reader?.() : undefined;
			const socket =
				tls === undefined
					? netConnect({ ...address, ...(reading && { onread: reading.onread }) })
					: tls({
							...address,
							rejectUnauthorized: !insecure,
							ALPNProtocols: ['http/1.1'],
							...nameFor(servername ?? host ?? hostname),
						});
			open.set(socket, readLeniently(socket));
			reading?.attach(socket);
			onSocket?.(socket);
			let answer: buildConnector.Callback | undefined = callback;
			const tell = (...args: Parameters<buildConnector.Callback>) => {
				answer?.(...args);
				answer = undefined;
			};
			socket
				.setNoDelay(true)
				.once('close', () => {
					open.delete(socket);
					tell(new Error('hung up'), null);
				})
				.once(tls === undefined ? 'connect' : 'secureConnect', () => tell(null, socket))
				.on('error', (error) => tell(error, null));
			return socket;
		},
		expectAnswer() {
			for (const reading of open.values()) reading.expectAnswer();
		},
		defects: () => [...open.values()].flatMap((reading) => reading.defects()),
		async hangUp() {
			await Promise.all([...open.keys()].map(closed));
		},
	};
}

const closed = (socket: Socket) =>
	new Promise<void>((resolve) => {
		socket.once('close', () => resolve()).destroy();
	});

/** An address is no name for TLS (RFC 6066, section 3). */
function nameFor(host: string): { servername?: string } {
	const name = host.startsWith('[') ? '' : host.replace(/:\d*$/, '');
	return name === '' || isIP(name) !== 0 ? {} : { servername: name };
}
