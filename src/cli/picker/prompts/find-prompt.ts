import { createPrompt, useKeypress, useMemo, useRef, useState } from '@inquirer/core';
import { type Back, back, type SearchMenu } from '../asker.ts';
import { wrappedLines } from '../layout.ts';
import { menuLines } from '../menu-view.ts';
import { head, keysLine, type PromptLook } from './head.ts';
import { isEnter, isEscape, movedBy, page } from './moves.ts';

/** One of many, looked through by typing. */
export const findPrompt = createPrompt<unknown, SearchMenu<unknown> & PromptLook>(
	(config, done: (answer: unknown | Back) => void) => {
		const [typed, setTyped] = useState('');
		const [active, setActive] = useState(0);
		const from = useRef(0);
		const options = useMemo(
			() => (typed.trim() === '' ? config.options : config.offered(typed)),
			[typed],
		);
		useKeypress((key, rl) => {
			if (isEscape(key)) return done(back);
			const moved = options.length === 0 ? undefined : movedBy(key, active, options.length, page);
			if (isEnter(key)) {
				const taken = options[active];
				// Enter has emptied the line: with nothing to take, what was typed stays to be changed.
				if (taken === undefined) rl.write(typed);
				else done(taken.value);
			} else if (moved !== undefined) setActive(moved);
			else if (rl.line !== typed) {
				setTyped(rl.line);
				setActive(0);
				from.current = 0;
			}
		});
		const { paint, size } = config;
		const look = { paint, size: size(), typed, isGrouped: typed.trim() === '' };
		const view =
			options.length === 0
				? { lines: nothingLines(config, typed), from: 0 }
				: menuLines(options, active, { ...look, before: from.current });
		from.current = view.from;
		const keys = [
			['type', 'to search'],
			['⏎', 'take'],
			['esc', 'back'],
			['↑↓', 'move'],
		] as const;
		return [
			`${head(config, config).join('\n')} ${typed}`,
			[...view.lines, keysLine(keys, config)].join('\n'),
		];
	},
);

function nothingLines(
	{ paint, size, whyNothing }: SearchMenu<unknown> & PromptLook,
	typed: string,
) {
	const why = whyNothing?.(typed) ?? `nothing matches "${typed.trim()}"`;
	return wrappedLines(`  ${why}`, size().columns - 1, '  ').map((line) => paint.yellow(line));
}
