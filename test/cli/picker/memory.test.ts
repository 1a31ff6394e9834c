import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Memory, memoryIn, memoryText, remembered } from '../../../src/cli/picker/memory.ts';
import { projectFolder, readMemory, writeMemory } from '../../../src/cli/picker/memory-file.ts';

const memory: Memory = {
	...{ provider: 'bayarcash', kind: 'event', id: 'bayarcash/transaction-success' },
	...{ targets: ['http://localhost:4000/cb'], options: ['json'] },
};
const plain = (text: string) => text;

async function folder(): Promise<string> {
	const made = await mkdtemp(join(tmpdir(), 'callsim-memory-'));
	onTestFinished(() => rm(made, { recursive: true }));
	return made;
}

test('what was chosen is there again, for its owner alone', async () => {
	const state = await folder();
	writeMemory(state, '/work/shop', memory);
	expect(readMemory(state, '/work/shop')).toEqual(memory);
	const [file = ''] = await readdir(join(state, 'picker'));
	expect((await stat(join(state, 'picker', file))).mode & 0o777).toBe(0o600);
});

test('another project has choices of its own', async () => {
	const state = await folder();
	writeMemory(state, '/work/shop', memory);
	writeMemory(state, '/work/other', { ...memory, options: [] });
	expect(readMemory(state, '/work/shop')?.options).toEqual(['json']);
	expect(readMemory(state, '/work/third')).toBeUndefined();
	expect(memoryIn(memoryText(memory, '/work/shop'), '/work/other')).toBeUndefined();
});

test.each([
	['', 'empty'],
	['{', 'torn'],
	['[]', 'a list'],
	['null', 'nothing'],
	['{"v":2,"project":"/p"}', 'of another version'],
	['{"v":1,"project":"/p","provider":"bayarcash"}', 'a part'],
	['{"v":1,"project":"/p","provider":"x","kind":"event","id":"y/z"}', 'of two providers'],
	['{"v":1,"project":"/p","provider":"x","kind":"event","id":"x/\\u001b[2J"}', 'with codes in it'],
	['{"v":1,"project":"/p","provider":5,"kind":"event","id":"x/y"}', 'of other types'],
])('a file that is broken is as good as none: %s (%s)', (text) => {
	expect(memoryIn(text, '/p')).toBeUndefined();
});

test('what is no target in it is left out', () => {
	const said = { v: 1, project: '/p', ...memory };
	const targets = ['http://localhost:1/a', 5, 'ftp://x/', 'http://localhost:1/?token=x', 'no'];
	expect(memoryIn(JSON.stringify({ ...said, targets, options: [1, 'a b', 'json'] }), '/p')).toEqual(
		{
			...memory,
			targets: ['http://localhost:1/a'],
			options: ['json'],
		},
	);
});

test.each([
	['http://localhost:4000/cb?token=hush', 'a query'],
	['http://localhost:4000/sk_live_hush', 'a key of theirs in the path'],
])('a target with %s is not kept (%s)', (target) => {
	const mask = (text: string) => text.replaceAll('sk_live_hush', '…');
	const { targets: _, ...last } = memory;
	expect(remembered(memory, last, new URL(target), mask).targets).toEqual(memory.targets);
});

test('the target that was used last is the first, and few are kept', () => {
	const { targets: _, ...last } = memory;
	let kept: Memory = memory;
	for (const port of [1, 2, 3, 4, 5, 6, 5])
		kept = remembered(kept, last, new URL(`http://localhost:${port}/cb`), plain);
	expect(kept.targets.map((href) => new URL(href).port)).toEqual(['5', '6', '4', '3', '2']);
});

test.each(['a link', 'a folder', 'a file that is too long'])(
	'%s in its place is not read',
	async (what) => {
		const state = await folder();
		writeMemory(state, '/p', memory);
		const [name = ''] = await readdir(join(state, 'picker'));
		const file = join(state, 'picker', name);
		if (what === 'a link') {
			await rm(file);
			await writeFile(join(state, 'other'), memoryText(memory, '/p'));
			await symlink(join(state, 'other'), file);
		} else if (what === 'a folder') {
			await rm(file);
			await mkdir(file);
		} else await writeFile(file, `${memoryText(memory, '/p')}${' '.repeat(20_000)}`);
		expect(readMemory(state, '/p')).toBeUndefined();
	},
);

test('where nothing can be kept, nothing is, and nobody hears of it', async () => {
	const state = await folder();
	await writeFile(join(state, 'picker'), 'a file where the folder should be');
	writeMemory(state, '/p', memory);
	writeMemory(undefined, '/p', memory);
	await chmod(state, 0o700);
	expect(readMemory(state, '/p')).toBeUndefined();
	expect(readMemory(undefined, '/p')).toBeUndefined();
});

test('a project is its file, its repository, or the folder one stands in', async () => {
	const root = await folder();
	await mkdir(join(root, '.git'));
	await mkdir(join(root, 'a', 'b'), { recursive: true });
	expect(projectFolder(join(root, 'a', 'callsim.yaml'), root)).toBe(join(root, 'a'));
	expect(projectFolder(undefined, join(root, 'a', 'b'))).toBe(root);
});
