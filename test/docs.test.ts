import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { loadCatalogue } from 'callback-simulator';
import { describe, expect, test } from 'vitest';
import type { CliContext } from '../src/cli/cli-context.ts';
import { topicText } from '../src/cli/help/topics.ts';
import { pickerCommand } from '../src/cli/options/picker-flags.ts';
import { programOf } from '../src/cli/program.ts';
import { anchors, codeBlocks, inlineCode, pages, relativeLinks, root } from './support/markdown.ts';

const mute = { isTTY: false, columns: undefined, write: () => undefined };
/** Names are looked up, nothing is run: the rest of a context is never asked for. */
const silent = { version: '0.0.0', stdout: mute, stderr: mute } as unknown as CliContext;

/** The words of a command line, quotes undone; without what follows a pipe, a redirection or a comment. */
function wordsOf(line: string): string[] {
	const words = [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word);
	const end = words.findIndex((word) => ['|', '>', '#', '&&'].includes(word));
	return words.slice(0, end === -1 ? undefined : end).map((word) => word.replace(/['"]/g, ''));
}

/** What comes behind `callsim` wherever it is told to be typed: in blocks for a shell and between backticks. */
function commandLines(text: string): string[][] {
	const typed = codeBlocks(text, 'sh').flatMap((code) => code.replaceAll('\\\n', ' ').split('\n'));
	return [...typed, ...inlineCode(text)]
		.flatMap((line) => /(?:^|\| |&& )callsim (.*)/.exec(line)?.[1] ?? [])
		.map(wordsOf);
}

/** What is wrong with a command line, as far as names of commands, flags and events go; nothing is run. */
async function mistakeIn(
	[name = '', ...rest]: readonly string[],
	known: ReadonlySet<string>,
): Promise<string | undefined> {
	if (name === 'help') return topicText(rest, []) === '' ? 'no help about that' : undefined;
	if (name.startsWith('--')) {
		const { unknown } = pickerCommand().parseOptions([name, ...rest]);
		return unknown.length > 0 ? `callsim alone has no ${unknown[0]}` : undefined;
	}
	const { commands } = await programOf([name], silent, () => undefined);
	const command = commands.find((one) => one.name() === name);
	if (command === undefined) return `there is no command ${name}`;
	const { operands, unknown } = command.exitOverride().parseOptions(rest);
	if (unknown.length > 0) return `${name} has no ${unknown[0]}`;
	const [last] = command.registeredArguments.slice(-1);
	if (last?.variadic !== true && operands.length > command.registeredArguments.length)
		return `${name}: too many words`;
	const stranger = operands.find(
		(word) => /^(bayarcash|iak|khoins|transfez)\//.test(word) && !known.has(word),
	);
	return stranger === undefined ? undefined : `there is no ${stranger}`;
}

describe('the documentation', () => {
	test('has a README that one reads', () => {
		expect(Buffer.byteLength(pages.get('README.md') ?? '')).toBeLessThan(10_000);
	});

	test('names every page of docs in its index', () => {
		const index = relativeLinks(pages.get('docs/README.md') ?? '').map((link) =>
			posix.join('docs', link),
		);
		const own = [...pages.keys()].filter(
			(path) => path.startsWith('docs/') && path !== 'docs/README.md',
		);
		expect(own.filter((path) => !index.includes(path))).toEqual([]);
	});

	test('has no link that leads nowhere', () => {
		const broken = [...pages].flatMap(([path, text]) =>
			relativeLinks(text).filter((link) => {
				const [file = '', anchor] = link.split('#');
				const target = file === '' ? path : posix.join(posix.dirname(path), file);
				if (!existsSync(new URL(target, root))) return true;
				return anchor !== undefined && !anchors(pages.get(target) ?? '').includes(anchor);
			}),
		);
		expect(broken).toEqual([]);
	});

	test('names files where they are', () => {
		const lost = [...pages].flatMap(([page, text]) =>
			inlineCode(text)
				.filter((code) => /^(?:\w[\w.-]*\/)+[\w.-]+\.[cm]?[jt]s$/.test(code))
				.filter((path) => !['', 'src/'].some((base) => existsSync(new URL(base + path, root))))
				.map((path) => `${page}: ${path}`),
		);
		expect(lost).toEqual([]);
	});

	test('tells only commands, flags and events that there are', async () => {
		const { events, scenarios } = await loadCatalogue();
		const known = new Set([...events, ...scenarios].map(({ id }) => id));
		const told = [...pages].flatMap(([path, text]) =>
			commandLines(text).map((words) => ({ path, words })),
		);
		expect(told.length).toBeGreaterThan(60);
		const judged = await Promise.all(
			told.map(async ({ path, words }) => ({
				path,
				words,
				mistake: await mistakeIn(words, known),
			})),
		);
		expect(judged.filter(({ mistake }) => mistake !== undefined)).toEqual([]);
	});
});
