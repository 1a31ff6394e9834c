import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from './support/markdown.ts';

/** Promise of docs/security.md, by its first words → where it is held. */
const proofs: Readonly<Record<string, readonly string[]>> = {
	'Nothing goes anywhere but the target.': [
		'delivery/guard.test.ts',
		'delivery/address.test.ts',
		'delivery/remote-beforehand.test.ts',
		'faults/table.test.ts',
		'cli/fire.test.ts',
	],
	'Nothing is sent again in silence.': [
		'faults/table.test.ts',
		'faults/between-attempts.test.ts',
		'burst/burst.test.ts',
	],
	'Your keys stay yours.': [
		'cli/every-command-secrets.test.ts',
		'cli/picker/secrets.test.ts',
		'cli/secrets.test.ts',
		'cli/run-secrets.test.ts',
		'report/mask.test.ts',
	],
	'What others wrote is text.': [
		'cli/own-text.test.ts',
		'report/github.test.ts',
		'report/junit.test.ts',
		'report/har.test.ts',
		'report/html-parts.test.ts',
	],
	'Input is bounded.': [
		'documents/yaml-bounds.test.ts',
		'delivery/connection.test.ts',
		'delivery/decode-body.test.ts',
		'receiver/limits.test.ts',
		'faults/table.test.ts',
		'fuzz/words.test.ts',
	],
	'No code of an input runs': ['scenario/filling.test.ts', 'cli/setup-names.test.ts'],
	'What it started it stops': ['cli/exec-leaves-nothing.test.ts', 'cli/run-signals.test.ts'],
	'Nobody’s package runs at installation.': ['supply-chain.test.ts'],
};

const [, promised = ''] =
	/## What it promises\n([\s\S]*?)\n## /.exec(
		readFileSync(new URL('docs/security.md', root), 'utf8'),
	) ?? [];

test('every promise of docs/security.md is held by a test, and none is held that is not made', () => {
	const promises = [...promised.matchAll(/^- \*\*(.+?)\*\*/gm)].map(([, text = '']) =>
		text.replaceAll("'", '’'),
	);
	expect(promises).toEqual(Object.keys(proofs));
	const missing = Object.values(proofs)
		.flat()
		.filter((file) => !existsSync(new URL(`test/${file}`, root)));
	expect(missing).toEqual([]);
});
