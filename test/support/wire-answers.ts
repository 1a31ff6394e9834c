import type { Socket } from 'node:net';

/** An answer as bytes on the wire, and what the sender must make of it. */
export interface WireAnswer {
	readonly name: string;
	/** Writes it once the request has begun to arrive. */
	answer(socket: Socket): void;
	/** Of the outcome; `acknowledged` is that of a provider that wants 200. */
	readonly outcome: { readonly kind: string; readonly status?: number; readonly cause?: string };
	readonly truncated?: boolean;
	readonly acknowledged: boolean;
}

const limit = 64 * 1024;

const text = (status: string, headers: string, body: string, version = '1.1') =>
	`HTTP/${version} ${status}\r\n${headers}\r\n${body}`;

function chunked(body: string): string {
	return `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
}

function large(size: number): WireAnswer[] {
	const body = 'x'.repeat(size);
	const truncated = size > limit;
	const of = (name: string, status: number, wire: string): WireAnswer => ({
		name: `${name} and ${size} bytes`,
		answer: (socket) => socket.end(wire),
		outcome: { kind: 'answered', status },
		truncated,
		acknowledged: status === 200,
	});
	const length = `content-length: ${size}\r\n`;
	return [
		of(
			'500, connection: close',
			500,
			text('500 Internal Server Error', `connection: close\r\n${length}`, body),
		),
		of('200, connection: close', 200, text('200 OK', `connection: close\r\n${length}`, body)),
		of(
			'HTTP/1.0, up to the end',
			500,
			text('500 Oops', 'content-type: text/html\r\n', body, '1.0'),
		),
		of('HTTP/1.0, with a length', 200, text('200 OK', length, body, '1.0')),
		of('chunked, connection: close', 500, text('500 Oops', closeChunked, chunked(body))),
		of(
			'chunked, kept alive',
			404,
			text('404 Not Found', 'transfer-encoding: chunked\r\n', chunked(body)),
		),
		of(
			'401, connection: close',
			401,
			text('401 Unauthorized', `${challenge}connection: close\r\n${length}`, body),
		),
	];
}

const closeChunked = 'connection: close\r\ntransfer-encoding: chunked\r\n';
const challenge = 'www-authenticate: Digest realm="r", nonce="n", qop="auth", algorithm=MD5\r\n';

const endless: WireAnswer = {
	name: 'an answer without an end',
	answer(socket) {
		socket.write('HTTP/1.1 500 Oops\r\nconnection: close\r\n\r\n');
		const more = (): void => {
			while (!socket.destroyed && socket.write('x'.repeat(16_384)));
			socket.once('drain', more);
		};
		more();
	},
	outcome: { kind: 'answered', status: 500 },
	truncated: true,
	acknowledged: false,
};

const malformed = (name: string, wire: string): WireAnswer => ({
	name,
	answer: (socket) => socket.end(wire),
	outcome: { kind: 'broken', cause: 'malformed' },
	acknowledged: false,
});

const impossible = ['000', '001', '099'].flatMap((status) => [
	malformed(`status ${status}`, text(`${status} Odd`, 'content-length: 2\r\n', 'no')),
	malformed(
		`status ${status}, connection: close`,
		text(`${status} Odd`, 'connection: close\r\n', 'no'),
	),
]);

const go = 'HTTP/1.1 100 Continue\r\n\r\n';
const okay = text('200 OK', 'content-length: 2\r\n', 'OK');

const acknowledged = (name: string, answer: (socket: Socket) => void): WireAnswer => ({
	name,
	answer,
	outcome: { kind: 'answered', status: 200 },
	truncated: false,
	acknowledged: true,
});

/** Byte for byte, each in a packet of its own as far as the system lets. */
function dribble(socket: Socket, wire: string): void {
	socket.setNoDelay(true);
	const rest = [...wire];
	const next = () => {
		const byte = rest.shift();
		if (byte !== undefined && !socket.destroyed) socket.write(byte, () => setImmediate(next));
	};
	next();
}

const interim = [
	acknowledged('100 Continue in the same packet', (socket) => socket.write(`${go}${okay}`)),
	acknowledged('100 Continue ahead of it', (socket) =>
		socket.write(go, () => setImmediate(() => socket.write(okay))),
	),
	acknowledged('100 Continue with headers, byte for byte', (socket) =>
		dribble(socket, `HTTP/1.1 100 Continue\r\nx-a: b\r\n\r\n${okay}`),
	),
	acknowledged('a hundred 100 Continue', (socket) => socket.write(go.repeat(100) + okay)),
	acknowledged('103 Early Hints between two 100 Continue', (socket) =>
		socket.write(`${go}HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${okay}`),
	),
	acknowledged('an answer byte for byte', (socket) => dribble(socket, okay)),
];

/** Every answer that once hung the command, crashed it, or was misread. */
export const wireAnswers: readonly WireAnswer[] = [
	...[limit - 1, limit, limit + 1, 70_000, 100_000, 1_000_000].flatMap(large),
	endless,
	...impossible,
	malformed('101 without an upgrade', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'),
	malformed('102 and then status 000', 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 000 Odd\r\n\r\n'),
	malformed('interim answers without an end', go.repeat(2_000)),
	malformed(
		'101 with an upgrade',
		'HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
	),
	...interim,
];
