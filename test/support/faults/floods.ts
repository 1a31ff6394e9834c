import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Fault, head } from './fault.ts';

/** Writes the same for as long as somebody reads. */
const pours = (beginning: string, again: string) => (socket: Socket) => {
	socket.write(Buffer.from(beginning, 'latin1'));
	const more = (): void => {
		while (!socket.destroyed && socket.write(again, 'latin1'));
		socket.once('drain', more);
	};
	more();
};

const bomb = gzipSync(gzipSync(Buffer.alloc(64 * 1024 * 1024)));

/** What never ends by itself. */
export const floods: readonly Fault[] = [
	{
		name: 'a body without an end',
		act: pours(head('200 OK'), 'x'.repeat(16_384)),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{
		name: 'chunks without an end',
		act: pours(head('200 OK', 'transfer-encoding: chunked'), `1000\r\n${'x'.repeat(4_096)}\r\n`),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{
		name: 'chunks of a byte without an end',
		act: pours(head('200 OK', 'transfer-encoding: chunked'), '1\r\nx\r\n'.repeat(4_096)),
		outcome: 'answered 200',
		acknowledged: true,
	},
	{
		name: 'headers without an end',
		act: pours('HTTP/1.1 200 OK\r\n', `x-a: ${'b'.repeat(4_096)}\r\n`),
		outcome: 'broken malformed',
	},
	{
		name: 'a header line without an end',
		act: pours('HTTP/1.1 200 OK\r\nx-a: ', 'b'.repeat(16_384)),
		outcome: 'broken malformed',
	},
	{
		name: 'a chunk’s line without an end',
		act: pours(head('200 OK', 'transfer-encoding: chunked'), '0'.repeat(16_384)),
		outcome: 'timed-out body',
	},
	{
		name: 'trailers without an end',
		act: pours(
			`${head('200 OK', 'transfer-encoding: chunked')}2\r\nOK\r\n0\r\n`,
			`x-a: ${'b'.repeat(4_096)}\r\n`,
		),
		outcome: 'broken malformed',
	},
	...['100 Continue', '102 Processing', '103 Early Hints'].map((status) => ({
		name: `${status} without an end`,
		act: pours('', head(status).repeat(64)),
		outcome: 'broken malformed',
	})),
	{
		name: 'empty lines without an end',
		act: pours('', '\r\n'.repeat(4_096)),
		outcome: 'broken malformed',
	},
	{
		name: 'a gigabyte of zeros in a megabyte of gzip',
		act: (socket) =>
			void socket.write(
				Buffer.concat([
					Buffer.from(head('200 OK', 'content-encoding: gzip', `content-length: ${bomb.length}`)),
					bomb,
				]),
			),
		outcome: 'answered 200',
		acknowledged: true,
	},
];
