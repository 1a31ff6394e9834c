import { createPrompt, useKeypress, useRef, useState } from '@inquirer/core';
import { type Back, back, type Menu } from '../asker.ts';
import { menuLines } from '../menu-view.ts';
import { head, keysLine, type PromptLook } from './head.ts';
import { isEnter, isEscape, movedBy, page } from './moves.ts';

const hideCursor = '\u001b[?25l';

/** One of a few: by the arrows and Enter, or by its key at once. */
export const choosePrompt = createPrompt<unknown, Menu<unknown> & PromptLook>(
	(config, done: (answer: unknown | Back) => void) => {
		const { options } = config;
		const [active, setActive] = useState(0);
		const from = useRef(0);
		useKeypress((key, rl) => {
			// Nothing is typed here; what readline makes of a key must not be kept.
			rl.clearLine(0);
			if (isEscape(key)) return done(back);
			const moved = movedBy(key, active, options.length, page);
			if (moved !== undefined) return setActive(moved);
			const at = isEnter(key) ? active : options.findIndex((one) => one.key === key.name);
			const taken = options[at];
			if (taken !== undefined && key.ctrl !== true) done(taken.value);
		});
		const look = { paint: config.paint, size: config.size(), typed: '', isGrouped: true };
		const view = menuLines(options, active, { ...look, before: from.current });
		from.current = view.from;
		const keys = [
			['⏎', 'take'],
			['esc', 'back'],
			['↑↓', 'move'],
		] as const;
		const lines = [...head(config, config), ...view.lines, keysLine(keys, config)];
		return `${lines.join('\n')}${hideCursor}`;
	},
);
