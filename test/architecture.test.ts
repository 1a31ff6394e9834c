import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
	(file) => file.endsWith('.ts') && !file.endsWith('.d.ts'),
);
const text = (file: string) => readFileSync(join(src, file), 'utf8');
const folderOf = (file: string) => file.split('/')[0] ?? '';
const importsOf = (file: string) =>
	[...text(file).matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '');

/** Which folders a folder may know, itself included. */
const mayKnow: Record<string, readonly string[]> = {
	model: ['model'],
	answer: ['answer', 'model'],
	capture: ['capture', 'model'],
	documents: ['documents', 'model'],
	catalogue: ['catalogue', 'documents', 'model'],
	compose: ['compose', 'capture', 'model'],
	digest: ['digest'],
	delivery: ['delivery', 'digest', 'model'],
	verify: ['verify', 'capture', 'compose', 'digest', 'model'],
	receiver: ['receiver', 'digest', 'model'],
	journal: ['journal', 'model'],
	report: ['report', 'answer', 'verify', 'capture', 'compose', 'journal', 'model'],
	inspect: ['inspect', 'receiver', 'report', 'delivery', 'model'],
	order: ['order', 'delivery', 'model'],
	check: ['check', 'answer', 'order', 'compose', 'delivery', 'digest', 'model'],
	settings: ['settings', 'order', 'compose', 'delivery', 'model'],
	project: [
		'project',
		'settings',
		'order',
		'catalogue',
		'documents',
		'compose',
		'delivery',
		'model',
	],
	burst: ['burst', 'compose', 'delivery', 'digest', 'model'],
	export: ['export', 'project', 'settings', 'compose', 'model'],
	engine: [
		'engine',
		'sandbox',
		'burst',
		'scenario',
		'settings',
		'check',
		'order',
		'catalogue',
		'compose',
		'delivery',
		'journal',
		'model',
	],
	scenario: ['scenario', 'settings', 'order', 'catalogue', 'compose', 'delivery', 'model'],
	sandbox: ['sandbox', 'report', 'verify', 'settings', 'catalogue', 'compose', 'delivery', 'model'],
	library: [
		'library',
		'burst',
		'engine',
		'settings',
		'scenario',
		'check',
		'order',
		'catalogue',
		'compose',
		'delivery',
		'report',
		'model',
	],
	'index.ts': ['library', 'model'],
	cli: [
		'cli',
		'burst',
		'journal',
		'engine',
		'sandbox',
		'settings',
		'project',
		'scenario',
		'check',
		'order',
		'catalogue',
		'compose',
		'delivery',
		'verify',
		'capture',
		'export',
		'receiver',
		'inspect',
		'report',
		'model',
	],
};

/** The one printer of command lines: `reproduce` is a command line, whoever asks for it. */
const printer = 'cli/options/print.ts';

/** The only files that touch the network, the disk, the clock or chance. */
const outside = [
	'delivery/http.ts',
	'delivery/dial.ts',
	'delivery/exchange.ts',
	'delivery/kept-line.ts',
	'delivery/write-at-once.ts',
	'delivery/deadline.ts',
	'delivery/clock.ts',
	'delivery/guarded-lookup.ts',
	'delivery/wait-for.ts',
	'delivery/paced.ts',
	'delivery/v8-flags.ts',
	'catalogue/read-folder.ts',
	'catalogue/packed.ts',
	'settings/files.ts',
	'inspect/forward.ts',
	'inspect/page-server.ts',
	'order/run-command.ts',
	'order/spawn.ts',
	'engine/own-receiver.ts',
	'engine/process-marks.ts',
	'engine/flood-of.ts',
	'project/read-project.ts',
	'journal/lock.ts',
	'journal/make-folder.ts',
	'journal/process-mark.ts',
	'journal/prune.ts',
	'journal/read-journal.ts',
	'journal/recent.ts',
	'journal/segments.ts',
	'journal/write-journal.ts',
	'scenario/find-scenarios.ts',
	'library/library-context.ts',
	// The text of a program for somebody else's process.
	'export/processor.ts',
	'receiver/',
	'sandbox/server.ts',
	'sandbox/state-file.ts',
	'cli/',
];

test('every folder is in the table, and imports point one way', () => {
	expect([...new Set(files.map(folderOf))].sort()).toEqual(Object.keys(mayKnow).sort());
	const edges = files.flatMap((file) =>
		importsOf(file)
			.filter((specifier) => specifier.startsWith('.') && !specifier.endsWith('.json'))
			.map((specifier) => [file, relative(src, resolve(src, dirname(file), specifier))] as const)
			.filter(([from, to]) => !(folderOf(from) === 'library' && to === printer))
			.map(([from, to]) => [from, folderOf(to)] as const),
	);
	expect(edges.length).toBeGreaterThan(100);
	expect(edges.filter(([file, to]) => !mayKnow[folderOf(file)]?.includes(to))).toEqual([]);
});

test('no file leads back to itself by its imports, those of types included', () => {
	const imported = new Map(
		files.map((file) => [
			file,
			importsOf(file)
				.filter((specifier) => specifier.startsWith('.'))
				.map((specifier) => relative(src, resolve(src, dirname(file), specifier))),
		]),
	);
	const leadsBack = (start: string): boolean => {
		const seen = new Set(imported.get(start));
		for (const file of seen) for (const next of imported.get(file) ?? []) seen.add(next);
		return seen.has(start);
	};
	expect(imported.get('cli/main.ts')).not.toEqual([]);
	expect(files.filter(leadsBack)).toEqual([]);
});

// report/ and answer/ write what the command line prints, export/ a project that has commands of its own.
test('flags are spoken of by the command line alone, and in lines that can be typed', () => {
	const spoken = files
		.filter((file) => !/^(cli|report|answer|export)\//.test(file))
		.flatMap((file) => {
			const code = text(file)
				.replace(/\/\*[\s\S]*?\*\//g, '')
				.replace(/\/\/.*$/gm, '')
				// A whole command line, and curl's flags.
				.replace(/callsim [a-z]+[^`'"]*|--data-raw/g, '');
			return [...code.matchAll(/[`' "(]--[a-z][a-z-]+/g)].map(([flag]) => `${file}: ${flag}`);
		});
	expect(spoken).toEqual([]);
});

test('only the named files touch the outside', () => {
	const touches =
		/from 'node:(fs|net|http|https|dns|tls|timers[^']*|child_process)'|\bDate\.now\(|\bMath\.random\(|\bprocess\.[a-z]|\bsetTimeout\(|\bperformance\.|\brandomBytes\(/;
	const pure = files.filter((file) => !outside.some((allowed) => file.startsWith(allowed)));
	const offenders = pure.filter((file) =>
		touches.test(
			text(file)
				.replace(/\/\*[\s\S]*?\*\//g, '')
				.replace(/^import type .*$/gm, '')
				.replace(/from '\.[^']*'/g, '')
				.replaceAll("from 'node:net'", file === 'delivery/address.ts' ? '' : "from 'node:net'"),
		),
	);
	expect(offenders).toEqual([]);
});

/** What the first use of loads the tables of all languages: 13 ms. */
const languages = /\b(?:localeCompare|toLocale\w+|Intl)\b/;

test('nothing that a start needs asks for the rules of a language', () => {
	const asking = files
		.filter((file) => !file.startsWith('verify/') && file !== 'report/text/history-text.ts')
		.filter((file) => languages.test(text(file).replace(/\/\*\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
	expect(asking).toEqual([]);
});

test('files stay small enough to hold one idea', () => {
	const lengths = files.map((file) => text(file).split('\n').length).sort((a, b) => a - b);
	expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80);
	expect(files.filter((file) => text(file).split('\n').length > 250)).toEqual([]);
});

test('no comment is wider than the hundred columns that the formatter keeps code in', () => {
	const wide = files.flatMap((file) =>
		text(file)
			.split('\n')
			.filter((line) => /^\t*(?:\/\*\* | \* )|^\t+\/\/ (?!biome-ignore)/.test(line))
			.filter((line) => line.replaceAll('\t', '  ').length > 100)
			.map((line) => `${file}: ${line.trim()}`),
	);
	expect(wide).toEqual([]);
});
