import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import packageFile from '../package.json' with { type: 'json' };
import lock from '../package-lock.json' with { type: 'json' };
import { root } from './support/markdown.ts';

const text = (name: string) => readFileSync(new URL(name, root), 'utf8');
const bundled = [
	...text('dist/THIRD-PARTY-LICENSES.txt').matchAll(
		/^((?:@[\w.-]+\/)?[\w.-]+) (\d\S*) \((.+)\)$/gm,
	),
].map(([, name = '', version = '', licence = '']) => ({ name, version, licence }));
const locked = Object.entries(
	lock.packages as Record<string, { version?: string; integrity?: string; dependencies?: object }>,
).filter(([path]) => path !== '');

/** Rows of the table of dependencies: package → why, instead of, size. */
const [, section = ''] = text('CONTRIBUTING.md').split('## Dependencies');
const rows = [
	...section.matchAll(/^\| (?!---|package )(.+?) \| (.*?) \| (.*?) \| (.*?) \|$/gm),
].map(([, names = '', why = '', instead = '', size = '']) => ({ names, why, instead, size }));
const rowOf = (name: string) =>
	rows.find(({ names }) => names.toLowerCase().split(/[ ,]+/).includes(name));

test('users install no package of others, and nothing runs when they do', () => {
	const { scripts } = packageFile as { scripts: Record<string, string> };
	expect(
		['dependencies', 'optionalDependencies', 'peerDependencies'].filter(
			(kind) => kind in packageFile,
		),
	).toEqual([]);
	expect(['preinstall', 'install', 'postinstall'].filter((name) => name in scripts)).toEqual([]);
	// npm runs it in a clone alone.
	expect(scripts['prepare']).toBe('node scripts/prepare.mjs');
});

test('every package that is bundled has its licence, and that allows it', () => {
	expect(bundled.length).toBeGreaterThan(10);
	const allowed = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0)$/;
	expect(bundled.filter(({ licence }) => !allowed.test(licence))).toEqual([]);
	const without = /^(\S+) \S+ \(.+\)\n\n\(no licence file in the package, which is by (.+)\)$/gm;
	const named = [...text('dist/THIRD-PARTY-LICENSES.txt').matchAll(without)];
	expect(named.map(([, name, author]) => [name, author])).toEqual([
		['@nodable/entities', expect.stringContaining('Amit Gupta') as string],
	]);
});

test('every package that is bundled has its line, or comes with one that has', () => {
	const direct = new Set(Object.keys(packageFile.devDependencies));
	const told = bundled.filter(({ name }) => direct.has(name));
	expect(told.filter(({ name }) => rowOf(name) === undefined)).toEqual([]);
	for (const { name } of told) {
		const { why, instead, size } = rowOf(name) ?? {};
		expect(
			[why, instead, size].every((cell) => (cell ?? '').length > 2),
			name,
		).toBe(true);
		expect(size, name).toMatch(/\d kB/);
	}
	const needed = new Set(locked.flatMap(([, one]) => Object.keys(one.dependencies ?? {})));
	expect(bundled.filter(({ name }) => !direct.has(name) && !needed.has(name))).toEqual([]);
});

test('the lock file names every package by version and content, and the bundle has those', () => {
	expect(
		locked
			.filter(([, { version, integrity }]) => !version || !integrity?.startsWith('sha512-'))
			.map(([path]) => path),
	).toEqual([]);
	const versions = locked.map(
		([path, { version }]) => `${path.replace(/.*node_modules\//, '')} ${version}`,
	);
	expect(bundled.filter(({ name, version }) => !versions.includes(`${name} ${version}`))).toEqual(
		[],
	);
});

test('a release is made by a workflow that may do no more, of actions by content', () => {
	const workflow = parse(text('.github/workflows/release.yml')) as {
		permissions: object;
		jobs: Record<string, { permissions: object; steps: { uses?: string; run?: string }[] }>;
	};
	const { publish } = workflow.jobs;
	expect(workflow.permissions).toEqual({});
	expect(publish?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
	const used = publish?.steps.flatMap(({ uses }) => uses ?? []) ?? [];
	expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
	expect(publish?.steps.at(-1)?.run).toBe('npm publish --provenance --access public');
});
