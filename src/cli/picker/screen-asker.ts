import type { ReadStream } from 'node:tty';
import type { Interruption } from '../../model/interruption.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommonFlags } from '../options/common-flags.ts';
import { painterFor } from '../paint.ts';
import { columnsOf } from '../screen.ts';
import {
	type Asker,
	type Back,
	back,
	Left,
	type LineQuestion,
	type Menu,
	type SearchMenu,
} from './asker.ts';
import { Keyboard } from './keyboard.ts';
import { choosePrompt } from './prompts/choose-prompt.ts';
import { findPrompt } from './prompts/find-prompt.ts';
import type { PromptLook } from './prompts/head.ts';
import { linePrompt } from './prompts/line-prompt.ts';
import { isEscape } from './prompts/moves.ts';

interface PromptStreams {
	readonly input: NodeJS.ReadableStream;
	readonly output: NodeJS.WritableStream;
	/** What was asked leaves the screen with its answer: what was chosen stands above the next. */
	readonly clearPromptOnDone: boolean;
	readonly signal: AbortSignal;
}

/** Asks with prompts that move on the screen; they are diagnostics, and go to stderr. */
export class ScreenAsker implements Asker {
	readonly #keyboard: Keyboard;
	readonly #context: CliContext;
	readonly #look: PromptLook;

	constructor(context: CliContext, color: CommonFlags['color']) {
		this.#context = context;
		this.#keyboard = new Keyboard(context.stdin as unknown as ReadStream);
		this.#look = {
			paint: painterFor(context.stderr, context, color),
			// Some pseudo-terminals say 0.
			size: () => ({
				columns: columnsOf(context.stderr) ?? 80,
				rows: context.stderr.rows || 24,
			}),
		};
	}

	choose = <T>(menu: Menu<T>): Promise<T | Back> =>
		this.#ask((streams) => choosePrompt({ ...menu, ...this.#look }, streams)) as Promise<T | Back>;
	find = <T>(search: SearchMenu<T>): Promise<T | Back> =>
		this.#ask((streams) => findPrompt({ ...search, ...this.#look }, streams)) as Promise<T | Back>;
	line = (line: LineQuestion): Promise<string | Back> =>
		this.#ask((streams) => linePrompt({ ...line, ...this.#look }, streams));

	async tick<T extends string>({ message, options }: Menu<T>): Promise<readonly T[] | Back> {
		const { checkbox } = await import('@inquirer/prompts');
		const choices = options.map(({ value, name, about = '' }) => ({
			value,
			name,
			description: about,
		}));
		const escaped = new AbortController();
		return this.#ask(({ signal, ...streams }) => {
			// The list knows of no way back.
			streams.input.on('keypress', (_, key) => isEscape(key) && escaped.abort());
			return checkbox<T>(
				{ message, required: true, choices },
				{ ...streams, signal: AbortSignal.any([signal, escaped.signal]) },
			);
		}).catch((error: unknown) => {
			if (escaped.signal.aborted) return back;
			throw error;
		});
	}

	close(): void {
		this.#keyboard.close();
	}

	async #ask<T>(prompt: (streams: PromptStreams) => Promise<T>): Promise<T> {
		const signal = this.#context.interruption();
		const gone = new AbortController();
		try {
			return await this.#keyboard.during(
				(input) =>
					prompt({
						...{ input, output: process.stderr, clearPromptOnDone: true },
						signal: AbortSignal.any([signal, gone.signal]),
					}),
				() => gone.abort(),
			);
		} catch (error) {
			throw leftBy(error, signal) ?? error;
		}
	}
}

/** Ctrl-C, a signal, and a terminal that goes away leave a prompt without a stack. */
const leftBy = (error: unknown, signal: AbortSignal): Left | undefined =>
	error instanceof Error && /^(Exit|Abort)PromptError$/.test(error.name)
		? new Left(signal.aborted ? (signal.reason as Interruption) : undefined)
		: undefined;
