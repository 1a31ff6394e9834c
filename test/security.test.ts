import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from './support/markdown.ts';

/** A file of tests, and the titles of those in it that hold the promise. */
type Proof = readonly [file: string, ...titles: string[]];

/** Promise of docs/security.md, by its first words → where it is held. */
const proofs: Readonly<Record<string, readonly Proof[]>> = {
	'Nothing goes anywhere but the target.': [
		[
			'delivery/guard.test.ts',
			'one remote address among local ones refuses the name',
			'a name that turns remote in the middle of a schedule ends the delivery there',
			'a private address is fired at, a public one is not',
			'a line of a burst that is dialled anew is judged anew, by the address that it then leads to',
		],
		['delivery/address.test.ts', 'a mapped address is judged as the address it maps'],
		['delivery/remote-beforehand.test.ts', 'where a run will send, judged before it does'],
		['delivery/connection.test.ts', 'a connection to %s is not even opened'],
		['cli/fire.test.ts', 'proxy variables are ignored'],
		['faults/table.test.ts', '$name comes to $wanted on the way of $way.name, and nothing stays'],
	],
	'Nothing is sent again in silence.': [
		['faults/table.test.ts', '$name comes to $wanted on the way of $way.name, and nothing stays'],
		[
			'faults/between-attempts.test.ts',
			'an answer before the body was read is the answer to $name, with one request',
			'a connection closed before the body was read is one attempt of $name, whatever is still seen',
		],
		[
			'burst/burst.test.ts',
			'a connection that is closed just before it is used again makes no second request',
		],
	],
	'Your keys stay yours.': [
		[
			'cli/every-command-secrets.test.ts',
			'nothing that any command writes, anywhere, holds a secret of the user’s',
		],
		[
			'cli/picker/secrets.test.ts',
			'no screen of the picker and nothing that it keeps holds a key, whatever the receiver repeats',
		],
		[
			'cli/secrets.test.ts',
			'is not printed by fire, nor in a report',
			'is not printed by run, of headers of scenarios as well',
			'is not printed by check',
			'programs are told none of it either',
		],
		['cli/run-secrets.test.ts', 'that the receiver tells %s are in no report and no output'],
		[
			'cli/fire.test.ts',
			"a user's own key is printed nowhere, even where the receiver prints it",
			'a Digest answer under own credentials is masked, one under the simulator’s is not',
		],
		['report/mask.test.ts', 'in any text, encoded in any two ways, leaves nothing behind'],
	],
	'What others wrote is text.': [
		['cli/own-text.test.ts', '%s moves no cursor and makes no line'],
		[
			'report/github.test.ts',
			'stay the commands they are and say what they should, whatever a receiver answered',
			'lets no text make markup, links, mentions, images or HTML, and shows it as it is, or spelled out',
		],
		['report/junit.test.ts', 'any text leaves the file well formed'],
		[
			'report/har.test.ts',
			'keeps to the schema and to what was said, whatever a receiver answered',
		],
		['report/html-parts.test.ts', 'that are hostile are text', 'cannot leave its attribute'],
	],
	'Input is bounded.': [
		['documents/yaml-bounds.test.ts', 'what is larger than anybody writes is a problem:'],
		[
			'delivery/connection.test.ts',
			'on which only ever "wait" is said is given up, but not too early',
		],
		['delivery/decode-body.test.ts', 'fits its limit exactly, or is cut at it'],
		[
			'receiver/limits.test.ts',
			'a head that never ends is cut off',
			'a body that never ends is cut off',
		],
		['faults/table.test.ts', '$name comes to $wanted on the way of $way.name, and nothing stays'],
		['fuzz/words.test.ts', '%s of any text is read, or refused with a problem'],
	],
	'No code of an input runs': [
		['scenario/filling.test.ts', '%s, the shell takes every character literally'],
		[
			'cli/setup-names.test.ts',
			'the URL of a set-up has names, and what they stand for is not filled in again',
		],
	],
	'What it started it stops': [
		[
			'cli/exec-leaves-nothing.test.ts',
			'in sessions of its own is stopped, too',
			'is told by number where it cannot be stopped',
			'ends with callsim, however that ends',
		],
		['cli/run-signals.test.ts', 'after %s nothing is left running, and the reports are written'],
	],
	'Nobody’s package runs at installation.': [
		[
			'supply-chain.test.ts',
			'users install no package of others, and nothing runs when they do',
			'every package that is bundled has its licence, and that allows it',
		],
	],
};

/** Titles of the tests, and groups of them, that a file runs: none of those that are left out. */
function titlesIn(source: string): string[] {
	const said =
		/(?<left>\.(?:skip|todo|fails))?\(\s*(?<quote>['"`])(?<title>(?:(?!\k<quote>).)+)\k<quote>\s*,/g;
	return [...source.replace(/^\s*\/\/.*$/gm, '').matchAll(said)].flatMap(({ groups }) =>
		groups?.['left'] === undefined ? [groups?.['title'] ?? ''] : [],
	);
}

const [, promised = ''] =
	/## What it promises\n([\s\S]*?)\n## /.exec(
		readFileSync(new URL('docs/security.md', root), 'utf8'),
	) ?? [];

test('every promise of docs/security.md is held by a test, and none is held that is not made', () => {
	const promises = [...promised.matchAll(/^- \*\*(.+?)\*\*/gm)].map(([, text = '']) =>
		text.replaceAll("'", '’'),
	);
	expect(promises).toEqual(Object.keys(proofs));
	for (const [file, ...titles] of Object.values(proofs).flat()) {
		const source = readFileSync(new URL(`test/${file}`, root), 'utf8');
		expect(titlesIn(source), file).toEqual(expect.arrayContaining(titles));
	}
});

test.each([
	["test('it holds', () => {", ['it holds']],
	['test.each([1, 2])(\n\t"it’s %s",\n\t() => {', ['it’s %s']],
	["describe.skipIf(!needs('tmux'))('it holds', () => {", ['it holds']],
	["test.skip('it held', () => {", []],
	["test.todo('it will hold', () => {", []],
	["\t// test('it held', () => {", []],
])('of %j it is %j that is run', (source, titles) => {
	expect(titlesIn(source)).toEqual(titles);
});
