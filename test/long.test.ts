import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import long from '../vitest.long.config.ts';

const cwd = fileURLToPath(new URL('..', import.meta.url));

test('every file of which npm test has a part is named by test:long', () => {
	const inPart = globSync('test/**/*.test.ts', { cwd }).filter((file) =>
		/from '.*\/(long|only-problems)\.ts'/.test(readFileSync(`${cwd}/${file}`, 'utf8')),
	);
	const named = globSync(long.test?.include ?? [], { cwd });
	expect(inPart.length).toBeGreaterThan(5);
	expect(inPart.filter((file) => !named.includes(file))).toEqual([]);
});
