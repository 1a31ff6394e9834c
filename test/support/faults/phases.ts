import type { Socket } from 'node:net';

import { type Fault, head, resets, stays, writes } from './fault.ts';

/** One byte in a while, and never enough of them. */
function trickles(socket: Socket): void {
	const bytes = [...`${head('200 OK', 'content-length: 90000')}${'x'.repeat(9_000)}`];
	const timer = setInterval(() => socket.write(bytes.shift() ?? 'x'), 20);
	socket.once('close', () => clearInterval(timer));
}

export const phases: readonly Fault[] = [
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
	{
		name: 'a half-close before any answer',
		act: (socket) => void socket.end(),
		outcome: 'broken closed',
		halfOpen: true,
	},
	{
		name: 'an answer up to a half-close',
		act: writes(`${head('200 OK')}OK`),
		outcome: 'answered 200',
		acknowledged: true,
		halfOpen: true,
	},
];
