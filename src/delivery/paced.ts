import { setTimeout as pause } from 'node:timers/promises';
import type { BodyPace } from '../model/request.ts';

/** We hung up in the middle of a body, as asked. */
export class HungUp extends Error {
	override readonly name = 'HungUp';
	constructor() {
		super('we hung up in the middle of the body');
	}
}

/**
 * A body in pieces of the same size, the last one shorter.
 * @throws HungUp after the piece that was to be the last
 */
export async function* paced(
	body: Uint8Array,
	{ pieces, pauseMs, stopAfter }: BodyPace,
): AsyncGenerator<Buffer> {
	const size = Math.max(1, Math.ceil(body.length / pieces));
	let sent = 0;
	for (let from = 0; from < body.length; from += size) {
		if (sent > 0) await pause(pauseMs);
		if (sent === stopAfter) throw new HungUp();
		yield Buffer.from(body.subarray(from, from + size));
		sent++;
	}
}
