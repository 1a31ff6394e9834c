import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { githubAnnotations } from '../../src/report/ci/github-annotations.ts';
import { githubSummary } from '../../src/report/ci/github-summary.ts';
import type { RunReport } from '../../src/report/run-report.ts';
import {
	broken,
	hostile,
	saying,
	spelled,
	spelledLine,
	talkative,
	worstFirst,
} from '../support/report-parts.ts';
import {
	hostileRun,
	manyDeliveries,
	sampleCheck,
	sampleFire,
	sampleRun,
} from '../support/sample-report.ts';

interface Command {
	readonly name: string;
	readonly properties: Readonly<Record<string, string>>;
	readonly message: string;
}

/**
 * The grammar of GitHub's page on workflow commands, `::name key=value,key=value::message`, read strictly: what is no
 * command, or a command of the old kind (`##[name]`), is a mistake of the report.
 */
function commandsIn(log: string): Command[] {
	const lines = log.split(/\r\n|\r|\n/);
	expect(lines.pop()).toBe('');
	return lines.map((line) => {
		const match = /^::([a-z-]+)(?: ([^:]*))?::(.*)$/su.exec(line);
		if (match === null) throw new Error(`no command: ${line}`);
		const [, name = '', properties = '', message = ''] = match;
		const pairs = properties.split(',').map((pair) => {
			const at = pair.indexOf('=');
			if (at <= 0) throw new Error(`no property: ${pair}`);
			return [
				pair.slice(0, at),
				decoded(pair.slice(at + 1), ['%0D', '%0A', '%3A', '%2C']),
			] as const;
		});
		expect(new Set(pairs.map(([key]) => key)).size).toBe(pairs.length);
		return {
			name,
			properties: Object.fromEntries(pairs),
			message: decoded(message, ['%0D', '%0A']),
		};
	});
}

/** The percent sign comes last, as in the runner. */
function decoded(text: string, escapes: readonly string[]): string {
	const plain = escapes.reduce(
		(left, code) => left.replaceAll(code, decodeURIComponent(code)),
		text,
	);
	return plain.replaceAll('%25', '%');
}

const samples: [string, RunReport][] = [
	['run', sampleRun()],
	['fire', sampleFire()],
	['check', sampleCheck()],
	['a hostile run', hostileRun()],
	['many deliveries', manyDeliveries(200)],
	['a run that broke off', broken(sampleRun())],
];

describe('annotations', () => {
	test('name the place, the case, what was expected and what came', () => {
		expect(commandsIn(githubAnnotations(sampleRun()))).toEqual([
			{
				name: 'error',
				properties: {
					file: 'scenarios/forged.yaml',
					line: '7',
					title: 'a forged callback is refused: step 1: fire transaction-success --unsigned',
				},
				message:
					'a callback without its checksum was accepted (expected refused: 400 to 499, got 200 {"success":true})',
			},
			expect.objectContaining({
				name: 'error',
				properties: expect.objectContaining({ file: 'scenarios/twice.yaml' }),
			}),
			{
				name: 'error',
				properties: {
					file: 'scenarios/dead.yaml',
					line: '4',
					title: 'a receiver that never comes back: step 1: fire transaction-success',
				},
				message: 'no attempt was acknowledged: the provider gives up after 5 attempts',
			},
			{
				name: 'warning',
				properties: { title: 'top-up, with a quiet answer: step 1: fire iak/topup-success' },
				message: 'answered 200 with a body that nobody reads',
			},
		]);
	});

	test.each(samples)('of %s are at most ten of a kind', (_name, report) => {
		const commands = commandsIn(githubAnnotations(report));
		for (const kind of ['error', 'warning'])
			expect(commands.filter(({ name }) => name === kind).length).toBeLessThanOrEqual(10);
		expect(JSON.stringify(commands)).not.toContain('hunter2');
	});

	test('ten are shown; of eleven the tenth says how many more there are, and where', () => {
		const ten = commandsIn(githubAnnotations(talkative(10, 'no')));
		expect(ten.map(({ properties }) => properties['title'])).toContain('long: step 10');
		const eleven = commandsIn(githubAnnotations(talkative(11, 'no')));
		expect(eleven).toHaveLength(10);
		expect(eleven[8]?.properties['title']).toBe('long: step 9');
		expect(eleven[9]?.message).toBe('and 2 more: the summary of this job lists them');
	});

	test('begin with the reason why a run broke off, however much failed before', () => {
		const [first] = commandsIn(githubAnnotations(broken(talkative(50, 'no'), 'the disk is full')));
		expect(first).toEqual({
			name: 'error',
			properties: { title: 'callsim: runs to its end' },
			message: 'the disk is full',
		});
	});

	test('are none when all went well', () => {
		expect(githubAnnotations({ ...sampleRun(), suites: [] })).toBe('');
	});

	test('are short enough for the runner, which cuts at 4,096 characters', () => {
		for (const text of [
			'x'.repeat(10_000),
			'\u0001'.repeat(10_000),
			'%'.repeat(10_000),
			'😀'.repeat(10_000),
		])
			for (const { message, properties } of commandsIn(githubAnnotations(talkative(3, text)))) {
				expect(message.length).toBeLessThan(4_096);
				expect(message).not.toMatch(/\p{Cs}/u);
				expect(properties['title']?.length).toBeLessThan(255);
			}
	});

	test('stay the commands they are and say what they should, whatever a receiver answered', () => {
		fc.assert(
			fc.property(hostile, (text) => {
				const line = spelledLine(text);
				const commands = commandsIn(githubAnnotations(broken(saying(text), text)));
				expect(commands.map(({ name }) => name)).toEqual(['error', 'error', 'warning']);
				expect(commands[0]?.message).toBe(line);
				const message = `${line} (expected ${line}, got ${line})`;
				const properties = { file: line, line: '3', title: `${line}: ${line}` };
				expect(commands.slice(1)).toEqual([
					{ name: 'error', properties, message },
					{ name: 'warning', properties, message },
				]);
			}),
			worstFirst,
		);
	});
});

/** A summary taken apart: what stands in fences, and all other lines. */
function takenApart(markdown: string): { readonly lines: string[]; readonly blocks: string[] } {
	const lines: string[] = [];
	const blocks: string[] = [];
	let fence: string | undefined;
	let inside: string[] = [];
	for (const line of markdown.split('\n')) {
		if (fence !== undefined) {
			// CommonMark: at least as many backticks, at most three blanks before them, nothing after.
			const closing = /^ {0,3}(`{3,})[ \t]*$/.exec(line)?.[1];
			if (closing === undefined || closing.length < fence.length) inside.push(line);
			else {
				blocks.push(inside.join('\n'));
				fence = undefined;
				inside = [];
			}
		} else if (line.startsWith('```')) fence = /^`+/.exec(line)?.[0];
		else lines.push(line);
	}
	expect(fence).toBeUndefined();
	return { lines, blocks };
}

/** Nothing in it means anything to Markdown or HTML: letters, digits, blanks, slashes, hyphens and numeric entities. */
const inert = '<code>(?:[A-Za-z0-9 /-]|&#[0-9]{2,3};|[^\\0-\\x7f])+</code>';
const ours = [
	`## [✓✗] callsim (?:${inert})?: [a-z ]+`,
	`(?:nothing was run|\\d+ cases?: [a-z0-9, ]+), in [\\d.]+ (?:ms|s|min)\\. Exit code \\d+(?:, run ${inert})?, callsim ${inert}\\.`,
	'The run broke off:',
	'\\| \\| Suite \\| Case \\| What \\| Where \\|',
	'\\|---\\|---\\|---\\|---\\|---\\|',
	`\\| (?:failed|error) \\|(?: (?:${inert})? \\|){4}`,
	`<details><summary>(?:${inert})? (?:${inert})?</summary>`,
	'</details>',
	'(?:Expected|Got|More|Reproduce):',
	'\\d+ more failed; there was no room for them here, other reports have all\\.',
	'The details of \\d+ more were left out; other reports have all\\.',
	'',
].map((pattern) => new RegExp(`^${pattern}$`, 'u'));

const foreign = (markdown: string) =>
	takenApart(markdown).lines.filter((line) => !ours.some((pattern) => pattern.test(line)));

/** What a browser makes of the entities. */
const shown = (markdown: string) =>
	markdown.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

describe('the summary', () => {
	test('says how it went, which cases failed, and the details of each', () => {
		const markdown = githubSummary(sampleRun());
		expect(shown(markdown)).toContain(
			'## ✗ callsim <code>run scenarios/</code>: the receiver failed\n',
		);
		expect(markdown).toContain(
			'11 cases: 6 passed, 2 failed, 1 error, 1 warned, 1 skipped, in 12 s. Exit code 1',
		);
		expect(markdown.match(/^\| (failed|error) \|/gm)).toHaveLength(3);
		expect(shown(markdown)).toContain('<code>scenarios/forged.yaml:7</code>');
		const { blocks } = takenApart(markdown);
		expect(blocks).toContain('refused: 400 to 499');
		expect(blocks).toContain('200 {"success":true}');
		expect(
			blocks.some((block) => block.includes('callsim fire bayarcash/transaction-success')),
		).toBe(true);
	});

	test('has a tick, and no table, when all went well', () => {
		const markdown = githubSummary({ ...sampleRun(), suites: [], exitCode: 0 });
		expect(markdown).toContain('## ✓');
		expect(markdown).not.toContain('|');
	});

	test.each(samples)(
		'of %s is made of our markup only, and holds no credential',
		(_name, report) => {
			expect(foreign(githubSummary(report))).toEqual([]);
			expect(githubSummary(report)).not.toContain('hunter2');
		},
	);

	test('lets no text make markup, links, mentions, images or HTML, and shows it as it is, or spelled out', () => {
		fc.assert(
			fc.property(hostile, (text) => {
				const markdown = githubSummary(broken(saying(text), text));
				expect(foreign(markdown)).toEqual([]);
				const { lines, blocks } = takenApart(markdown);
				const plain = spelled(text);
				const once = [plain, plain];
				expect(blocks).toEqual([
					...once,
					...(plain === '' ? [] : [plain, plain]),
					spelled(`${text}\n${text}`),
					...(plain === '' ? [] : [plain]),
				]);
				const row = lines.find((line) => line.startsWith('| failed |')) ?? '';
				const cell = text === '' ? '' : `<code>${spelledLine(text)}</code>`;
				expect(shown(row)).toBe(
					`| failed | ${cell} | ${cell} | ${cell} | <code>${spelledLine(text)}:3</code> |`,
				);
			}),
			worstFirst,
		);
	});

	test.each([
		['letters', 'x'],
		['control characters', '\u0000'],
		['emoji', '😀'],
		['backticks', '`'],
		['markup', '<&|*'],
	])(
		'stays below 1 MiB for 5,000 failures that say 10 kB of %s each, and says what is left out',
		(_name, text) => {
			const markdown = githubSummary(
				broken(talkative(5_000, text.repeat(10_000 / text.length)), text.repeat(10_000)),
			);
			expect(Buffer.byteLength(markdown, 'utf8')).toBeLessThan(1024 * 1024);
			expect(markdown).toMatch(/^\d+ more failed; there was no room for them here/m);
			expect(markdown).toMatch(/^The details of \d+ more were left out/m);
			expect(foreign(markdown)).toEqual([]);
			expect(markdown).not.toMatch(/\p{Cs}/u);
		},
	);
});
