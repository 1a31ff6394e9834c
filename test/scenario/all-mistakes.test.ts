import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readYaml } from '../../src/documents/yaml-document.ts';
import { callsim } from '../support/run-cli.ts';

/** Every mistake that `run` tells: its place, and the beginning of its words. */
async function told(text: string, ...flags: string[]): Promise<string[]> {
	const cwd = mkdtempSync(join(tmpdir(), 'callsim-mistakes-'));
	writeFileSync(join(cwd, 'a.yaml'), text);
	const { code, stdout, stderr } = await callsim(['run', 'a.yaml', '--to', ':9', ...flags], {
		cwd,
	});
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	return stderr
		.split('\n')
		.filter((line) => /^(error| {2}also:)/.test(line))
		.map((line) => line.replace(/^.*? a\.yaml:/, ''));
}

const many = `name: many
retry: 3x
steps:
  - fire: bayarcsh/transaction-success
    timeout: soon
  - fire: bayarcash/success
  - fire: bayarcash/transaction-success
    set: { amout: 12 }
    expect: { body: "\${nope}" }
  - fire: bayarcash/transaction-success
    expct: { status: 200 }
    after: later
  - parallel:
      - fire: iak/pulsa-success
        amount: 12,50
`;

test('mistakes of every kind are told at once, from top to bottom, each with what was meant', async () => {
	expect(await told(many)).toEqual([
		'2:1: retry "3x" says no pause',
		'4:5: step 1: there is no provider "bayarcsh" (did you mean "bayarcash/transaction-success"?)',
		'5:5: step 1: timeout "soon" is not a duration (write a number and a unit: 500ms, 30s, 2m, 1h)',
		'6:5: step 2: bayarcash has no event "success" (did you mean "bayarcash/transaction-success"?)',
		expect.stringMatching(
			/^7:5: step 3: set: .* has no field "amout" \(did you mean "amount"\?\)$/,
		),
		expect.stringMatching(/^9:5: step 3: expect has "\$\{nope\}", which is no name/),
		'11:5: step 4: expct is an unknown key (did you mean "expect"?)',
		expect.stringMatching(/^12:5: step 4: after "later" is not a duration/),
		expect.stringMatching(/^14:9: step 5\.1: amount "12,50" is not a number/),
	]);
});

test('a misspelt provider of the whole is told once, where it stands, and first', async () => {
	const steps = '  - fire: transaction-success\n    after: soon\n  - fire: transaction-failed\n';
	expect(await told(`name: a\nprovider: bayarcsh\nsteps:\n${steps}  - fire: iak/pulsa\n`)).toEqual([
		'2:1: there is no provider "bayarcsh"',
		expect.stringMatching(/^5:5: step 1: after "soon" is not a duration/),
		expect.stringMatching(/^7:5: step 3: iak has no event "pulsa"/),
	]);
});

test.each([
	[
		'steps:\n  - fire: [\n',
		'3:1: not YAML (a bracket is not closed: ] is missing above this line)',
	],
	[
		'steps:\n  - { fire: a\n',
		'3:1: not YAML (a bracket is not closed: } is missing above this line)',
	],
	['steps:\n  - fire: a\n   set: b\n', '3:1: not YAML (this line is indented more or less'],
])('%j is told in words: %s', async (text, words) => {
	expect((await told(text))[0]?.slice(0, words.length)).toBe(words);
});

test('what is said of the whole is told once, and not for each step', async () => {
	const steps = '  - fire: bayarcash/transaction-success\n'.repeat(3);
	expect(await told(`name: a\nsteps:\n${steps}`, '--set', 'amout=1')).toHaveLength(1);
	expect(await told(`name: a\nretry: 3x\nsteps:\n${steps}`)).toEqual([
		'2:1: retry "3x" says no pause',
	]);
});

test('an unknown event hides no other mistake and makes none up', async () => {
	const text = `name: a
steps:
  - id: first
    fire: bayarcash/nothing
  - fire: bayarcash/transaction-success
    ref: "\${steps.first.request.order_number}"
  - fire: bayarcash/transaction-success
    ref: "\${steps.1.request.order_number}"
`;
	expect(await told(text)).toEqual([expect.stringMatching(/^4:5: step 1: .* "nothing"/)]);
});

test.each([
	['name: "x\nsteps: []', 'a double quote that is opened is not closed'],
	["name: 'x", 'a single quote that is opened is not closed'],
	['a:\n\t- b: 1', 'indented with a tab'],
	['a:\n  b: 1\n c: 2', 'indented more or less'],
	['a: 1\na: 2', 'this key stands there twice'],
	['a: b: c', 'two colons'],
	['a: 1\nb', 'a line without a colon'],
	['a: @b', 'needs quotes'],
	['a: "C:\\q"', 'a backslash begins an escape'],
	['a: 1\n---\nb: 1', 'more than one document'],
])('%j is told in the words of who wrote it', (text, words) => {
	expect(() => readYaml('a.yaml', text, 'scenario-invalid')).toThrow(words);
});
