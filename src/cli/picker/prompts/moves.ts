import type { KeypressEvent } from '@inquirer/core';

/** Where a key moves the pointer to among `count` options, of which a page is seen; lists wrap. */
export function movedBy(
	{ name }: KeypressEvent,
	active: number,
	count: number,
	page: number,
): number | undefined {
	switch (name) {
		case 'up':
			return (active - 1 + count) % count;
		case 'down':
			return (active + 1) % count;
		case 'pageup':
			return Math.max(0, active - page);
		case 'pagedown':
			return Math.min(count - 1, active + page);
		case 'home':
			return 0;
		case 'end':
			return count - 1;
		default:
			return undefined;
	}
}

export const isEnter = ({ name }: KeypressEvent): boolean => name === 'return' || name === 'enter';
export const isEscape = ({ name }: KeypressEvent): boolean => name === 'escape';

/** A page of the list, in options. */
export const page = 10;
