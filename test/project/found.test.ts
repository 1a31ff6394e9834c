import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { readProject } from '../../src/project/read-project.ts';
import { folderWith } from '../support/scenario-cli.ts';

const found = async (cwd: string, config?: string) => {
	const { path, file, folder, value } = await readProject(cwd, config);
	return { path, file, folder, speed: value.speed };
};

describe('the project file', () => {
	test('is the nearest one upward', async () => {
		const { path } = folderWith({
			'callsim.yaml': 'speed: 1',
			'a/callsim.yml': 'speed: 2',
			'a/b/c/x': '',
		});
		expect(await found(join(path, 'a/b/c'))).toEqual({
			path: join(path, 'a/callsim.yml'),
			file: '../../callsim.yml',
			folder: join(path, 'a'),
			speed: 2,
		});
		expect(await found(path)).toMatchObject({ file: 'callsim.yaml', speed: 1 });
	});

	test('is looked for as far as the root of the repository, and not beyond', async () => {
		const { path } = folderWith({ 'callsim.yaml': 'speed: 1', 'inner/src/x': '' });
		mkdirSync(join(path, 'inner/.git'));
		expect(await found(join(path, 'inner/src'))).toMatchObject({
			path: undefined,
			speed: undefined,
		});
	});

	test('stands beside the root as well, also where .git is a file', async () => {
		const { path } = folderWith({
			'callsim.yaml': 'speed: 1',
			'inner/callsim.json': '{"speed": 3}',
			'inner/.git': 'gitdir: x',
			'inner/src/x': '',
		});
		expect(await found(join(path, 'inner/src'))).toMatchObject({
			path: join(path, 'inner/callsim.json'),
			speed: 3,
		});
	});

	test('of one folder is the first of .yaml, .yml, .json', async () => {
		const { path } = folderWith({
			'callsim.json': '{"speed": 3}',
			'callsim.yml': 'speed: 2',
			'callsim.yaml': 'speed: 1',
		});
		expect(await found(path)).toMatchObject({ speed: 1 });
	});

	test('is the one that was named, from where it was named', async () => {
		const { path } = folderWith({ 'callsim.yaml': 'speed: 1', 'ci/other.yaml': 'speed: 9' });
		expect(await found(path, 'ci/other.yaml')).toEqual({
			path: join(path, 'ci/other.yaml'),
			file: 'ci/other.yaml',
			folder: join(path, 'ci'),
			speed: 9,
		});
	});

	test('that was named and is not there, or is a folder, is a problem', async () => {
		const { path } = folderWith({ 'x/y': '' });
		await expect(found(path, 'none.yaml')).rejects.toMatchObject({
			code: 'file-unreadable',
			message: expect.stringContaining('"none.yaml" (ENOENT)') as string,
		});
		await expect(found(path, 'x')).rejects.toMatchObject({ code: 'file-unreadable' });
	});

	test('a folder of its name is none', async () => {
		const { path } = folderWith({ 'callsim.yaml/x': '', 'callsim.yml': 'speed: 2' });
		expect(await found(path)).toMatchObject({ speed: 2 });
	});
});

describe('a project file that belongs to somebody else', () => {
	/** Outside of every repository; who owns it is told by asking as another user. */
	const outside = (): string => {
		const path = mkdtempSync(join(tmpdir(), 'callsim-test-'));
		onTestFinished(() => rmSync(path, { recursive: true }));
		writeFileSync(join(path, 'callsim.yaml'), 'speed: 1');
		mkdirSync(join(path, 'deep'));
		return path;
	};
	const asSomebodyElse = () =>
		vi.spyOn(process, 'getuid').mockReturnValue((process.getuid?.() ?? 0) + 1);

	test('is not taken outside a repository, as from /tmp', async () => {
		const path = outside();
		expect(await found(join(path, 'deep'))).toMatchObject({
			path: join(path, 'callsim.yaml'),
			speed: 1,
		});
		asSomebodyElse();
		expect(await found(join(path, 'deep'))).toMatchObject({ path: undefined, speed: undefined });
		expect(await found(path)).toMatchObject({ path: undefined, speed: undefined });
	});

	test('is taken where it is named, and in a repository, which somebody may have checked out for all', async () => {
		const path = outside();
		const repository = folderWith({ 'callsim.yaml': 'speed: 2' });
		asSomebodyElse();
		expect(await found(path, 'callsim.yaml')).toMatchObject({ speed: 1 });
		expect(await found(repository.path)).toMatchObject({ speed: 2 });
	});
});
