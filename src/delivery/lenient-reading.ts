import type { Socket } from 'node:net';
import { readAnswerHead } from './answer-head.ts';

/** Bytes that are no answer to what was asked. */
export class MalformedAnswer extends Error {
	override readonly name = 'MalformedAnswer';
}

/** An answer that was closed within its head. */
export class CutAnswer extends Error {
	override readonly name = 'CutAnswer';
}

/** A receiver that only ever says "wait" says nothing. */
const mostInterim = 1_000;

/** A longer answer is not compared with the next one. */
const longestPlain = 2_048;

export interface AnswerReading {
	/** From now on the next bytes begin an answer. */
	expectAnswer(): void;
	/** What had to be put right in the head of the answer. */
	defects(): readonly string[];
}

/**
 * Keeps from undici what it cannot read though a provider's client can (see `readAnswerHead`): what
 * it reads from the socket begins with an answer that it knows. undici reads sockets with `read()`,
 * without a size.
 */
export function readLeniently(socket: Socket): AnswerReading {
	const read = socket.read.bind(socket);
	let held = Buffer.alloc(0);
	let isInBody = false;
	let interim = 0;
	let defects: readonly string[] = [];
	/** An answer that needed nothing: the same bytes once more need nothing either. */
	let plain: Buffer | undefined;

	/**
	 * What undici gets of the bytes so far; undefined where more of them are needed.
	 * @throws MalformedAnswer
	 */
	const begin = (): Buffer | undefined => {
		for (;;) {
			const head = readAnswerHead(held);
			if (head.kind === 'incomplete') return undefined;
			if (head.kind === 'malformed') throw new MalformedAnswer(head.detail);
			const rest = held.subarray(head.length);
			if (head.kind === 'answer') {
				isInBody = true;
				defects = head.defects;
				held = Buffer.alloc(0);
				return Buffer.concat([head.head, rest]);
			}
			interim++;
			if (interim > mostInterim)
				throw new MalformedAnswer(`more than ${mostInterim} interim answers`);
			held = rest;
		}
	};

	socket.read = () => {
		for (let chunk: Buffer | null = read(); chunk !== null; chunk = read()) {
			if (isInBody) return chunk;
			if (held.length === 0 && plain?.equals(chunk) === true) {
				isInBody = true;
				return chunk;
			}
			const isWhole = held.length === 0 && interim === 0;
			held = Buffer.concat([held, chunk]);
			try {
				const beginning = begin();
				if (beginning === undefined) continue;
				if (isWhole && interim === 0 && defects.length === 0 && chunk.length < longestPlain)
					// A part of a larger buffer, which would be kept with it.
					plain = Buffer.from(chunk);
				return beginning;
			} catch (error) {
				socket.destroy(error as Error);
				return null;
			}
		}
		return null;
	};
	// Told before undici hears of the end, which would only say that the other side closed.
	socket.once('end', () => {
		if (isInBody || held.length === 0) return;
		const [last = ''] = held.toString('latin1').trimEnd().split(/\r?\n/).slice(-1);
		const shown = last.slice(0, 40).replace(/[^\x20-\x7e]/g, '?');
		socket.destroy(new CutAnswer(`within the head of the answer, behind "${shown}"`));
	});
	return {
		expectAnswer() {
			isInBody = false;
			interim = 0;
			defects = [];
		},
		defects: () => defects,
	};
}
