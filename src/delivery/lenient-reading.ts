import type { Socket } from 'node:net';
import { type AnswerHead, readAnswerHead } from './answer-head.ts';
import { type ChunkReading, chunkReading } from './chunk-lines.ts';

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

const endsWithin = 'it ends within its head';

/** Read for want of more, as curl does: whoever began it is hardly up. */
export const endedWithinHead = (defects: readonly string[] = []): string | undefined =>
	defects.find((defect) => defect.startsWith(endsWithin));

export interface AnswerReading {
	/** From now on the next bytes begin an answer. */
	expectAnswer(): void;
	/** What had to be put right in the answer, as far as it has been read. */
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
	let chunks: ChunkReading | undefined;
	/** What was put in the place of a head that was cut. */
	let mended: Buffer | undefined;
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
				chunks = isChunked(head) ? chunkReading() : undefined;
				return Buffer.concat([head.head, chunks?.read(rest) ?? rest]);
			}
			interim++;
			if (interim > mostInterim)
				throw new MalformedAnswer(`more than ${mostInterim} interim answers`);
			held = rest;
		}
	};

	socket.read = () => {
		if (mended !== undefined) {
			const whole = mended;
			mended = undefined;
			return whole;
		}
		for (let chunk: Buffer | null = read(); chunk !== null; chunk = read()) {
			if (isInBody) {
				const read = chunks?.read(chunk) ?? chunk;
				// Nothing would be read as the end, where a line has only begun.
				if (read.length === 0) continue;
				return read;
			}
			if (held.length === 0 && plain?.equals(chunk) === true) {
				isInBody = true;
				return chunk;
			}
			const isWhole = held.length === 0 && interim === 0;
			held = Buffer.concat([held, chunk]);
			try {
				const beginning = begin();
				if (beginning === undefined) continue;
				const isRead = chunks === undefined || (chunks.isOver() && chunks.defects.size === 0);
				const isPlain = isWhole && interim === 0 && defects.length === 0 && isRead;
				if (isPlain && chunk.length < longestPlain)
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
		if (isInBody) return;
		if (held.length === 0) {
			if (interim > 0) socket.destroy(new CutAnswer(behindInterim));
			return;
		}
		const text = held.toString('latin1');
		const [last = ''] = text.trimEnd().split(/\r?\n/).slice(-1);
		const shown = last.slice(0, 40).replace(/[^\x20-\x7e]/g, '?');
		const head = cutHead(held);
		if (head === undefined) {
			socket.destroy(new CutAnswer(`within the head of the answer, behind "${shown}"`));
			return;
		}
		isInBody = true;
		defects = [...head.defects, `${endsWithin}, behind "${shown}"`];
		mended = head.head;
		socket.emit('readable');
	});
	return {
		expectAnswer() {
			isInBody = false;
			interim = 0;
			defects = [];
			chunks = undefined;
		},
		defects: () => [...defects, ...(chunks?.defects ?? [])],
	};
}

const behindInterim = 'within the answer: an interim one (1xx) came, and no other behind it';

type Answer = Extract<AnswerHead, { kind: 'answer' }>;

const isChunked = ({ head }: Answer): boolean =>
	/^transfer-encoding:.*\bchunked\s*$/im.test(head.toString('latin1'));

/**
 * The head that curl takes from the whole lines of one that was cut; undefined where it has none,
 * or where they promise a body, which is then missing.
 */
function cutHead(bytes: Buffer): Answer | undefined {
	const lines = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
	const head = readAnswerHead(Buffer.concat([lines, Buffer.from('\r\n')]));
	if (head.kind !== 'answer') return undefined;
	const promisesBody = /^(transfer-encoding:|content-length:\s*0*[1-9])/im;
	return promisesBody.test(head.head.toString('latin1')) ? undefined : head;
}
