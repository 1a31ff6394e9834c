import type { Interruption } from '../../model/interruption.ts';

/** Esc, or its word: one step back. */
export const back = Symbol('back');
export type Back = typeof back;

export interface Option<T> {
	readonly value: T;
	/** What it is called: the first column. */
	readonly name: string;
	/** What it is, in a few words: the second column, or under the list. */
	readonly about?: string | undefined;
	/** A sentence that is shown of the one that is pointed at. */
	readonly detail?: string | undefined;
	/** The one key that takes it at once. */
	readonly key?: string | undefined;
	/** The heading that it stands under. */
	readonly group?: string | undefined;
}

/** A question with options; none is asked without one. */
export interface Menu<T> {
	readonly message: string;
	/** What has been chosen so far. */
	readonly trail?: string | undefined;
	readonly options: readonly Option<T>[];
}

/** A question whose options are looked through by typing. */
export interface SearchMenu<T> extends Menu<T> {
	/** What is offered for what was typed, the best first. */
	offered(typed: string): readonly Option<T>[];
	/** Why nothing is, where that can be said. */
	whyNothing?(typed: string): string | undefined;
}

export interface LineQuestion {
	readonly message: string;
	readonly trail?: string | undefined;
	/** Stands there to be changed. */
	readonly initial?: string | undefined;
	/** It is not shown, whatever it is. */
	readonly isMasked?: boolean | undefined;
	/** What is wrong with it; undefined where nothing is. */
	wrongWith(text: string): string | undefined;
}

/**
 * Somebody to ask. @throws Left where they go away
 */
export interface Asker {
	choose<T>(menu: Menu<T>): Promise<T | Back>;
	find<T>(search: SearchMenu<T>): Promise<T | Back>;
	line(line: LineQuestion): Promise<string | Back>;
	/** One or more of them. */
	tick<T extends string>(menu: Menu<T>): Promise<readonly T[] | Back>;
	/** Gives the terminal to somebody else for a while: no question is asked meanwhile. */
	close(): void;
}

/** They left: nothing more is asked, and nothing is said of it. */
export class Left extends Error {
	override readonly name = 'Left';
	readonly exitCode: 129 | 130 | 143;

	/** @param by the signal that said so; undefined for a key, and the end of what is typed */
	constructor(by?: Interruption) {
		super('left');
		this.exitCode = by?.signal === 'SIGHUP' ? 129 : (by?.exitCode ?? 130);
	}
}
