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
}

const writes = (wire: string) => (socket: Socket) => void socket.end(Buffer.from(wire, 'latin1'));
const resets = (wire: string) => (socket: Socket) =>
	void socket.write(Buffer.from(wire, 'latin1'), () =>
		setTimeout(() => socket.resetAndDestroy(), 20),
	);
const stays = (wire: string) => (socket: Socket) => void socket.write(Buffer.from(wire, 'latin1'));
const head = (status: string, ...headers: string[]) =>
	[`HTTP/1.1 ${status}`, ...headers, '', ''].join('\r\n');
const ok = `${head('200 OK', 'content-length: 2')}OK`;
const refusing = (...challenges: string[]) =>
	head(
		'401 Unauthorized',
		...challenges.map((one) => `www-authenticate: ${one}`),
		'content-length: 0',
	);

/** One byte in a while, and never enough of them. */
function trickles(socket: Socket): void {
	const bytes = [...`${head('200 OK', 'content-length: 90000')}${'x'.repeat(9_000)}`];
	const timer = setInterval(() => socket.write(bytes.shift() ?? 'x'), 20);
	socket.once('close', () => clearInterval(timer));
}

const phases: readonly Fault[] = [
	{
		name: 'a reset before any answer',
		act: (socket) => void socket.resetAndDestroy(),
		outcome: 'broken reset',
	},
	{
		name: 'an end before any answer',
		act: (socket) => void socket.end(),
		outcome: 'broken closed',
	},
	{ name: 'a reset in the status line', act: resets('HTTP/1.1 2'), outcome: 'broken reset' },
	{ name: 'an end in the status line', act: writes('HTTP/1.1 2'), outcome: 'broken closed' },
	{
		name: 'a reset in the headers',
		act: resets('HTTP/1.1 200 OK\r\nx-a: b'),
		outcome: 'broken reset',
	},
	{
		// curl takes its whole lines for the head.
		name: 'an end in the headers',
		act: writes('HTTP/1.1 200 OK\r\nx-a: b'),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{
		name: 'an end in the headers of an answer that promises a body',
		act: writes('HTTP/1.1 200 OK\r\ncontent-length: 9\r\nx-a: b'),
		outcome: 'broken closed',
	},
	{
		name: 'a reset in the body',
		act: resets(`${head('200 OK', 'content-length: 9')}OK`),
		outcome: 'broken reset',
	},
	{
		name: 'an end in the body',
		act: writes(`${head('200 OK', 'content-length: 9')}OK`),
		outcome: 'broken closed',
	},
	{
		name: 'an end in a chunk',
		act: writes(`${head('200 OK', 'transfer-encoding: chunked')}9\r\nOK`),
		outcome: 'broken closed',
	},
	{ name: 'silence', act: () => undefined, outcome: 'timed-out headers' },
	{
		name: 'silence in the headers',
		act: stays('HTTP/1.1 200 OK\r\nx-a: b'),
		outcome: 'timed-out headers',
	},
	{
		name: 'silence in the body',
		act: stays(`${head('200 OK', 'content-length: 9')}OK`),
		outcome: 'timed-out body',
	},
	{ name: 'a byte in a while', act: trickles, outcome: 'timed-out headers' },
];

const forms: readonly Fault[] = [
	{
		name: 'no reason phrase',
		act: writes(ok.replace('200 OK', '200')),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{
		name: 'HTTP/1.0',
		act: writes('HTTP/1.0 200 OK\r\n\r\nOK'),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{ name: 'status 999', act: writes(ok.replace('200 OK', '999 Odd')), outcome: 'answered 999' },
	{
		name: 'a chunk without a size',
		act: writes(`${head('200 OK', 'transfer-encoding: chunked')}zz\r\nOK`),
		outcome: 'broken malformed',
	},
	{ name: 'noise', act: writes('\x00\x01\x02\xff\xfe'), outcome: 'broken malformed' },
	{
		name: 'more than was announced',
		act: writes(`${ok} and more`),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{
		name: 'what is no gzip',
		act: writes(`${head('200 OK', 'content-encoding: gzip', 'content-length: 2')}OK`),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{
		name: 'a redirect to itself',
		act: writes(head('302 Found', 'location: /callback', 'content-length: 0')),
		outcome: 'answered 302',
	},
	{
		name: 'a redirect to elsewhere',
		act: writes(head('307 Temporary', 'location: http://192.0.2.1/', 'content-length: 0')),
		outcome: 'answered 307',
	},
];

const challenges: readonly Fault[] = [
	{ name: '401 without a challenge', act: stays(refusing()), outcome: 'answered 401' },
	{
		name: '401 for ever',
		act: stays(refusing('Digest realm="r", nonce="n", qop="auth"')),
		outcome: 'answered 401',
		digestRequests: 2,
	},
	{
		name: 'a stale nonce for ever',
		act: stays(refusing('Digest realm="r", nonce="n", qop="auth", stale=true')),
		outcome: 'answered 401',
		digestRequests: 3,
	},
	{
		name: 'a challenge without a nonce',
		act: stays(refusing('Digest realm="r", qop="auth"')),
		outcome: 'answered 401',
	},
	{
		name: 'a challenge of an unknown algorithm',
		act: stays(refusing('Digest realm="r", nonce="n", algorithm=ROT13')),
		outcome: 'answered 401',
	},
	{
		name: 'a thousand challenges',
		act: stays(
			refusing(
				...Array.from({ length: 1_000 }, (_, at) => `Digest realm="r${at}", nonce="n", qop="auth"`),
			),
		),
		outcome: 'answered 401',
		digestRequests: 2,
	},
	{
		name: 'a challenge, and nobody for its answer',
		act: (socket) => void socket.end(refusing('Digest realm="r", nonce="n", qop="auth"')),
		outcome: 'answered 401',
		digestRequests: 2,
		digestOutcome: 'broken closed',
	},
];

export const faults: readonly Fault[] = [...phases, ...forms, ...challenges];
