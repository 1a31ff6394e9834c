import { writeSync } from 'node:fs';
import type { Socket } from 'node:net';

/** Node says it of sockets where the system has such numbers, which Windows has not. */
interface Handle {
	readonly fd?: number;
}

/**
 * Writes to a connection past Node's streams, which nearly always have nothing to do: the system's
 * buffer has room. What it has none for goes through them, behind what waits there.
 * @param streamed writes to the socket's stream
 */
export function writeAtOnce(
	socket: Socket,
	streamed: (bytes: Uint8Array) => boolean,
): (bytes: Uint8Array) => boolean {
	let handle: Handle | null | undefined;
	let fd = -1;
	return (bytes) => {
		// None once it is destroyed: the number may be another connection's by then.
		const { _handle: own } = socket as Socket & { _handle?: Handle | null };
		if (own !== handle) {
			handle = own;
			fd = own?.fd ?? -1;
		}
		if (fd < 0 || socket.writableLength > 0) return streamed(bytes);
		let taken = 0;
		try {
			taken = writeSync(fd, bytes);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') {
				socket.destroy(error as Error);
				return false;
			}
		}
		return taken === bytes.length || streamed(bytes.subarray(taken));
	};
}
