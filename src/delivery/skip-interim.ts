import type { Socket } from 'node:net';
import { readAnswerHead } from './answer-head.ts';

/** Bytes that are no answer to what was asked. */
export class MalformedAnswer extends Error {
	override readonly name = 'MalformedAnswer';
}

/** A receiver that only ever says "wait" says nothing. */
const mostInterim = 1_000;

export interface InterimFilter {
	/** From now on the next bytes begin an answer. */
	expectAnswer(): void;
}

/**
 * Keeps from undici what it cannot read (see `readAnswerHead`): what it reads from the socket begins with an answer
 * that it knows. undici reads sockets with `read()`, without a size.
 */
export function skipInterimAnswers(socket: Socket): InterimFilter {
	const read = socket.read.bind(socket);
	let held: Buffer | undefined;
	let inAnswer = false;
	let skipped = 0;
	socket.read = () => {
		for (;;) {
			const chunk: Buffer | null = read();
			if (inAnswer || chunk === null) return chunk;
			let bytes = held === undefined ? chunk : Buffer.concat([held, chunk]);
			held = undefined;
			for (;;) {
				const head = readAnswerHead(bytes);
				if (head.kind === 'answer') {
					inAnswer = true;
					return bytes;
				}
				if (head.kind === 'malformed') {
					socket.destroy(new MalformedAnswer(head.detail));
					return null;
				}
				if (head.kind === 'incomplete') {
					held = bytes;
					break;
				}
				skipped++;
				if (skipped > mostInterim) {
					socket.destroy(new MalformedAnswer(`more than ${mostInterim} interim answers`));
					return null;
				}
				bytes = bytes.subarray(head.length);
			}
		}
	};
	return {
		expectAnswer() {
			inAnswer = false;
			skipped = 0;
		},
	};
}
