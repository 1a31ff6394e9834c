import { emitKeypressEvents, type Interface, type Key } from 'node:readline';
import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';

type Press = readonly [text: string | undefined, key: Key];

/** How long a lone escape may still become an arrow, milliseconds; Node's half a second is felt. */
const escapeWait = 50;

/**
 * The keys of a terminal, one at a time for whoever asks: a prompt that is answered takes nothing
 * of what was typed ahead for the next one.
 */
export class Keyboard {
	readonly #stdin: ReadStream;
	readonly #waiting: Press[] = [];
	#asking: PassThrough | undefined;
	#isPumping = false;
	#isOpen = false;
	#onEnd: () => void = () => undefined;

	constructor(stdin: ReadStream) {
		this.#stdin = stdin;
		emitKeypressEvents(stdin, { escapeCodeTimeout: escapeWait } as unknown as Interface);
	}

	/**
	 * Hands the keys to a prompt, until it is settled.
	 *
	 * @param prompt reads them from its input
	 * @param ended told where the terminal goes away
	 */
	async during<T>(prompt: (input: NodeJS.ReadableStream) => Promise<T>, ended: () => void) {
		this.#open();
		const input = new PassThrough();
		this.#onEnd = ended;
		try {
			const answer = prompt(input);
			this.#asking = input;
			this.#pump();
			return await answer;
		} finally {
			this.#asking = undefined;
		}
	}

	/** Gives the terminal back as it was. */
	close(): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.#stdin.off('keypress', this.#press).off('end', this.#end);
		this.#stdin.setRawMode(false).pause();
		this.#waiting.length = 0;
	}

	#open(): void {
		if (this.#isOpen) return;
		this.#isOpen = true;
		this.#stdin.on('keypress', this.#press).on('end', this.#end);
		this.#stdin.setRawMode(true).resume();
	}

	readonly #end = () => this.#onEnd();

	readonly #press = (text: string | undefined, key: Key) => {
		if (key.ctrl === true && key.name === 'z') return this.#suspend();
		this.#waiting.push(...pressesOf(text, key));
		this.#pump();
	};

	/** A key in each turn of the loop: what one of them does is done when the next one comes. */
	#pump(): void {
		if (this.#isPumping) return;
		this.#isPumping = true;
		setImmediate(() => {
			this.#isPumping = false;
			const next = this.#asking === undefined ? undefined : this.#waiting.shift();
			if (next === undefined) return;
			this.#asking?.emit('keypress', ...next);
			this.#pump();
		});
	}

	#suspend(): void {
		this.#stdin.setRawMode(false);
		process.once('SIGCONT', () => {
			if (this.#isOpen) this.#stdin.setRawMode(true);
		});
		process.kill(process.pid, 'SIGTSTP');
	}
}

/**
 * Escape and a key at once are read as one with Meta, which means nothing here: both are kept.
 * With a letter it is Alt, by which readline moves among words.
 */
function pressesOf(text: string | undefined, key: Key): Press[] {
	const isOne = (key.sequence ?? '').length < 2 || key.meta !== true;
	if (isOne || !['return', 'enter', 'escape'].includes(key.name ?? '')) return [[text, key]];
	return [
		['\u001b', { name: 'escape', sequence: '\u001b', ctrl: false, meta: false, shift: false }],
		[key.sequence?.slice(1), { ...key, meta: false, sequence: key.sequence?.slice(1) ?? '' }],
	];
}
