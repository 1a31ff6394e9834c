// The type declarations that programs need, and no others: what index.d.ts reaches. They name each
// other as .js files, which every version of TypeScript resolves.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @returns whether the compiler was content */
export function writeTypes(root, dist) {
	const all = join(dist, 'types.tmp');
	const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
	const { status } = spawnSync(
		process.execPath,
		[tsc, '-p', 'tsconfig.types.json', '--outDir', all],
		{
			cwd: root,
			stdio: 'inherit',
		},
	);
	if (status === 0) keep('index.d.ts', all, join(dist, 'types'), new Set());
	rmSync(all, { recursive: true, force: true });
	return status === 0;
}

function keep(file, from, to, seen) {
	if (seen.has(file)) return;
	seen.add(file);
	const text = readFileSync(join(from, file), 'utf8');
	const local = /(from |import\()'(\.[^']*)\.ts'/g;
	for (const [, , path] of text.matchAll(local))
		keep(join(dirname(file), `${path}.d.ts`), from, to, seen);
	mkdirSync(dirname(join(to, file)), { recursive: true });
	writeFileSync(join(to, file), text.replace(local, "$1'$2.js'"));
}
