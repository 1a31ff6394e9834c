import { render } from '@inquirer/testing';
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { back, type SearchMenu } from '../../../src/cli/picker/asker.ts';
import { eventSearch } from '../../../src/cli/picker/offer-events.ts';
import { choosePrompt } from '../../../src/cli/picker/prompts/choose-prompt.ts';
import { findPrompt } from '../../../src/cli/picker/prompts/find-prompt.ts';
import { linePrompt } from '../../../src/cli/picker/prompts/line-prompt.ts';
import { catalogue } from '../../support/catalogue.ts';

const look = { paint: new Chalk({ level: 0 }), size: () => ({ columns: 80, rows: 24 }) };
const menu = {
	...look,
	...{ message: 'Next', trail: 'bayarcash › transaction-success' },
	options: [
		{ value: 'again', name: 'again', key: 'a' },
		{ value: 'order', name: 'another order', key: 'o' },
		{ value: 'quit', name: 'quit', key: 'q' },
	],
};
const events = {
	...look,
	...{ message: 'Event or scenario', ...eventSearch('bayarcash', catalogue) },
} as SearchMenu<unknown> & typeof look;

describe('a menu', () => {
	test('Enter takes the first, which is pointed at', async () => {
		const { answer, events: keys, getScreen } = await render(choosePrompt, menu);
		expect(getScreen()).toMatch(/^bayarcash › transaction-success\n\? Next\n❯ a {2}again\n/);
		keys.keypress('enter');
		expect(await answer).toBe('again');
	});

	test.each([
		[['down', 'enter'], 'order'],
		[['up', 'enter'], 'quit'],
		[['down', 'down', 'down', 'enter'], 'again'],
		[['end', 'enter'], 'quit'],
		[['o'], 'order'],
		[['x', 'q'], 'quit'],
		[['down', 'escape'], back],
	])('%j', async (pressed, expected) => {
		const { answer, events: keys } = await render(choosePrompt, menu);
		for (const key of pressed) keys.keypress(key);
		expect(await answer).toBe(expected);
	});

	test('Ctrl and a letter is not the letter', async () => {
		const { answer, events: keys } = await render(choosePrompt, menu);
		keys.keypress({ name: 'q', ctrl: true });
		keys.keypress('o');
		expect(await answer).toBe('order');
	});

	test('Ctrl-C leaves it', async () => {
		const { answer, events: keys } = await render(choosePrompt, menu);
		keys.keypress({ name: 'c', ctrl: true });
		await expect(answer).rejects.toThrow(/SIGINT/);
	});
});

describe('a search', () => {
	test('shows the usual ones first, with headings and a counter', async () => {
		const { answer, events: keys, getScreen } = await render(findPrompt, events);
		expect(getScreen()).toMatch(/The usual ones\n❯ transaction-success +Success · 3 · form/);
		expect(getScreen()).toMatch(/\d+ of 28, ↓ more/);
		keys.keypress('escape');
		expect(await answer).toBe(back);
	});

	test('finds while one types, marks it, and has no headings then', async () => {
		const { answer, events: keys, getScreen } = await render(findPrompt, events);
		keys.type('suc');
		expect(getScreen()).toMatch(/Event or scenario suc\n❯ transaction-success/);
		expect(getScreen({ raw: true })).toContain('-\u001b[4msuc\u001b[24mcess');
		expect(getScreen()).not.toContain('The usual ones');
		keys.keypress('enter');
		expect(await answer).toMatchObject({ event: { id: 'bayarcash/transaction-success' } });
	});

	test('wraps at both ends', async () => {
		const { answer, events: keys } = await render(findPrompt, events);
		keys.keypress('up');
		keys.keypress('enter');
		expect(await answer).toMatchObject({ kind: 'scenario' });
	});

	test('with nothing found Enter takes nothing, and what was typed stays to be changed', async () => {
		const { answer, events: keys, getScreen } = await render(findPrompt, events);
		keys.type('succx');
		expect(getScreen()).toContain('nothing matches "succx"');
		keys.keypress('down');
		keys.keypress('enter');
		expect(getScreen()).toContain('Event or scenario succx');
		keys.keypress('backspace');
		expect(getScreen()).toMatch(/Event or scenario succ\n❯ transaction-success/);
		keys.keypress('enter');
		expect(await answer).toMatchObject({ kind: 'event' });
	});

	test('says why nothing is found, where it knows', async () => {
		const target = { ...events, offered: () => [], whyNothing: () => 'the target is ftp' };
		const { answer, events: keys, getScreen } = await render(findPrompt, target);
		keys.type('ftp://x');
		expect(getScreen()).toContain('the target is ftp');
		keys.keypress('escape');
		expect(await answer).toBe(back);
	});
});

describe('a line', () => {
	const amount = {
		...look,
		...{ message: 'Amount, MYR', initial: '60.00' },
		wrongWith: (text: string) => (/^[\d.]+$/.test(text) ? undefined : 'Write a number.'),
	};

	test('Enter takes what stands there', async () => {
		const { answer, events: keys, getScreen } = await render(linePrompt, amount);
		expect(getScreen()).toContain('Amount, MYR 60.00');
		keys.keypress('enter');
		expect(await answer).toBe('60.00');
	});

	test('what is typed takes its place', async () => {
		const { answer, events: keys } = await render(linePrompt, amount);
		keys.type('75');
		keys.keypress('enter');
		expect(await answer).toBe('75');
	});

	test('or it is changed, once it has been touched', async () => {
		const { answer, events: keys } = await render(linePrompt, amount);
		keys.keypress('backspace');
		keys.type('5');
		keys.keypress('enter');
		expect(await answer).toBe('60.05');
	});

	test('what is wrong is told, and can be mended', async () => {
		const { answer, events: keys, getScreen } = await render(linePrompt, amount);
		keys.type('6x');
		keys.keypress('enter');
		expect(getScreen()).toContain('Write a number.');
		keys.keypress('backspace');
		expect(getScreen()).not.toContain('Write a number.');
		keys.keypress('enter');
		expect(await answer).toBe('6');
	});

	test('a key is not shown', async () => {
		const secret = { ...amount, initial: '', isMasked: true, wrongWith: () => undefined };
		const { answer, events: keys, getFullOutput } = await render(linePrompt, secret);
		keys.type('hush');
		expect(await getFullOutput({ raw: true })).not.toContain('hush');
		keys.keypress('enter');
		expect(await answer).toBe('hush');
	});

	test('Esc goes back', async () => {
		const { answer, events: keys } = await render(linePrompt, amount);
		keys.type('7');
		keys.keypress('escape');
		expect(await answer).toBe(back);
	});
});
