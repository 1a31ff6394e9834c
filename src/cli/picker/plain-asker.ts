import { createInterface, type Interface } from 'node:readline';
import type { ReadStream } from 'node:tty';
import type { Interruption } from '../../model/interruption.ts';
import type { CliContext } from '../cli-context.ts';
import {
	type Asker,
	type Back,
	back,
	Left,
	type LineQuestion,
	type Menu,
	type SearchMenu,
} from './asker.ts';

/** Asks line by line, for terminals that only print: no escape codes. */
export class PlainAsker implements Asker {
	readonly #context: CliContext;
	readonly #stdin: ReadStream;
	#reader: Interface | undefined;
	readonly #typed: string[] = [];
	#isOver = false;
	#next: () => void = () => undefined;

	constructor(context: CliContext) {
		this.#context = context;
		this.#stdin = context.stdin as unknown as ReadStream;
	}

	choose = <T>(menu: Menu<T>): Promise<T | Back> => this.find({ ...menu, offered: () => [] });

	async find<T>({
		message,
		trail,
		options,
		offered,
		whyNothing,
	}: SearchMenu<T>): Promise<T | Back> {
		let shown = options;
		for (;;) {
			this.#list(message, trail, shown);
			const text = await this.#read('number, name or back [1]: ');
			if (text === 'back') return back;
			const taken = text === '' ? shown[0] : (shown[Number(text) - 1] ?? named(shown, text));
			if (taken !== undefined) return taken.value;
			const found = offered(text);
			if (found[0] !== undefined && found.length === 1) return found[0].value;
			if (found.length === 0) this.#say(`${whyNothing?.(text) ?? `nothing matches "${text}"`}\n`);
			shown = found.length === 0 ? options : found;
		}
	}

	async line({
		message,
		trail,
		initial,
		isMasked,
		wrongWith,
	}: LineQuestion): Promise<string | Back> {
		if (trail !== undefined && trail !== '') this.#say(`${trail}\n`);
		const usual = initial === undefined || initial === '' ? '' : ` [${initial}]`;
		for (;;) {
			const text = await this.#read(`${message} (or back)${usual}: `, isMasked);
			if (text === 'back') return back;
			const answer = text === '' ? (initial ?? '') : text;
			const wrong = wrongWith(answer);
			if (wrong === undefined) return answer;
			this.#say(`${wrong}\n`);
		}
	}

	async tick<T extends string>({ message, options }: Menu<T>): Promise<readonly T[] | Back> {
		const names = options.map(({ value }) => value);
		const wrong = `Each is one of ${names.join(', ')}.`;
		const typed = await this.line({
			message: `${message}, with commas between them: ${names.join(', ')}`,
			wrongWith: (text) => (tickedIn(text, names) === undefined ? wrong : undefined),
		});
		return typed === back ? back : (tickedIn(typed, names) ?? []);
	}

	close(): void {
		const reader = this.#reader;
		this.#reader = undefined;
		reader?.close();
	}

	#list(
		message: string,
		trail: string | undefined,
		options: readonly Menu<unknown>['options'][0][],
	) {
		const lines = options.flatMap(({ name, about, group }, at) => [
			...(group !== undefined && group !== options[at - 1]?.group ? [group] : []),
			`  ${String(at + 1).padStart(2)}  ${name}${about === undefined ? '' : `  ${about}`}`,
		]);
		const before = trail === undefined || trail === '' ? [] : [trail];
		this.#say(`${[...before, message, ...lines].join('\n')}\n`);
	}

	#say(text: string): void {
		this.#context.stderr.write(text);
	}

	async #read(question: string, isMasked = false): Promise<string> {
		this.#say(question);
		const signal = this.#context.interruption();
		const wake = () => this.#next();
		signal.addEventListener('abort', wake, { once: true });
		// Raw, nothing is echoed; readline finds the end of a line all the same.
		if (isMasked) this.#stdin.setRawMode(true);
		const onData = (chunk: Buffer) => {
			if (isMasked && chunk.includes(3)) this.#end();
		};
		this.#stdin.on('data', onData);
		this.#open();
		try {
			while (this.#typed.length === 0 && !this.#isOver && !signal.aborted)
				await new Promise<void>((resolve) => {
					this.#next = resolve;
				});
		} finally {
			this.#stdin.off('data', onData);
			signal.removeEventListener('abort', wake);
			if (isMasked) this.#stdin.setRawMode(false);
			if (isMasked || signal.aborted || this.#isOver) this.#say('\n');
		}
		if (signal.aborted) throw new Left(signal.reason as Interruption);
		const text = this.#typed.shift();
		if (text === undefined) throw new Left();
		return isMasked ? edited(text) : text.trim();
	}

	#open(): void {
		if (this.#reader !== undefined) return;
		this.#reader = createInterface({ input: this.#stdin, terminal: false })
			.on('line', (line) => {
				this.#typed.push(line);
				this.#next();
			})
			.on('close', () => {
				// Closed from here it is opened again for the next question.
				if (this.#reader !== undefined) this.#end();
			});
	}

	#end(): void {
		this.#isOver = true;
		this.#next();
	}
}

const named = <T extends { readonly name: string; readonly key?: string | undefined }>(
	options: readonly T[],
	text: string,
): T | undefined =>
	options.find(({ key }) => key === text) ??
	options.find(({ name }) => name.toLowerCase() === text.toLowerCase()) ??
	only(options.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())));

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

/** What is left where backspace was pressed: nobody has edited a line that was read raw. */
function edited(text: string): string {
	let line = '';
	for (const character of text)
		line = character === '\u007f' || character === '\b' ? line.slice(0, -1) : line + character;
	return line;
}

/** Undefined where one is not among them, or none is said. */
function tickedIn<T extends string>(text: string, names: readonly T[]): T[] | undefined {
	const said = text.split(/[\s,]+/).filter((name) => name !== '');
	const found = names.filter((name) => said.includes(name));
	return found.length > 0 && said.every((name) => names.includes(name as T)) ? found : undefined;
}
