import { createPrompt, useEffect, useKeypress, useRef, useState } from '@inquirer/core';
import { type Back, back, type LineQuestion } from '../asker.ts';
import { wrappedLines } from '../layout.ts';
import { head, keysLine, type PromptLook } from './head.ts';
import { isEnter, isEscape } from './moves.ts';

/** A line of text, or one that nobody must see. */
export const linePrompt = createPrompt<string | Back, LineQuestion & PromptLook>((config, done) => {
	const { initial = '', isMasked = false, paint, size } = config;
	const [text, setText] = useState(initial);
	const [problem, setProblem] = useState<string | undefined>(undefined);
	const isTouched = useRef(initial === '');
	useEffect((rl) => rl.write(initial), []);
	useKeypress((key, rl) => {
		if (isEscape(key)) return done(back);
		if (!isEnter(key)) {
			// What stood there already gives way to what is typed, and stays to be changed otherwise.
			const typed = rl.line.length > initial.length ? rl.line.slice(initial.length) : '';
			if (!isTouched.current && typed !== '' && rl.line.startsWith(initial)) {
				rl.clearLine(0);
				rl.write(typed);
			}
			isTouched.current = true;
			setText(rl.line);
			return setProblem(undefined);
		}
		const wrong = config.wrongWith(text);
		if (wrong === undefined) return done(text);
		// Enter has emptied the line: it stays to be mended.
		rl.write(text);
		setProblem(wrong);
	});
	const keys = [
		['⏎', 'take'],
		['esc', 'back'],
	] as const;
	const shown = isMasked ? '*'.repeat(text.length) : text;
	const wrong = problem === undefined ? [] : wrappedLines(`  ${problem}`, size().columns - 1, '  ');
	return [
		`${head(config, config).join('\n')} ${shown}`,
		[...wrong.map((line) => paint.red(line)), keysLine(keys, config)].join('\n'),
	];
});
