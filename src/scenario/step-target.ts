import { namesIn } from './fill-names.ts';

/** Where a step sends something: its target, a page that reads an order, a page that makes one. */
export interface StepTarget {
	readonly url: URL;
	/** The texts that it may have been filled in from. */
	readonly written: readonly (string | undefined)[];
}

/**
 * Whether the host is known before anything has been answered. One that an earlier step's answer
 * will name is made up while the steps are rehearseStep, and must not be looked up.
 */
export function isCertain({ written }: StepTarget): boolean {
	return !written.some((text) => text !== undefined && isOpen(hostIn(text)));
}

const hostIn = (text: string): string =>
	/^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#]*/i.exec(text)?.[0] ?? '';

const isOpen = (host: string): boolean =>
	namesIn(host).some((name) => name.startsWith('steps.')) || /(?<!\$)\{/.test(host);
