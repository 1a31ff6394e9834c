import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { LosslessNumber } from 'lossless-json';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Problem } from '../../src/model/problem.ts';
import type { Value } from '../../src/model/value.ts';
import { filled, filledCommand, filledUrl, namesIn } from '../../src/scenario/fill-names.ts';
import { tried } from '../support/scenario.ts';
import { answering } from '../support/server.ts';

const known = (values: Record<string, Value>) => (name: string) => {
	const value = values[name];
	if (value === undefined) throw new Error(`no ${name}`);
	return value;
};

describe('filled in values', () => {
	test('variables that double one another are a problem, named where it becomes too much', async () => {
		const doubling = (double: (name: string) => string) =>
			Array.from({ length: 60 }, (_, at) => `  v${at + 1}: ${double(`\${vars.v${at}}`)}`).join(
				'\n',
			);
		for (const double of [
			(name: string) => `"${name}${name}"`,
			(name: string) => `["${name}", "${name}"]`,
			(name: string) => `{ a: "${name}", b: "${name}" }`,
		]) {
			const text = `name: a\nvars:\n  v0: ten chars.\n${doubling(double)}\nsteps: [{ fire: bayarcash/transaction-success }]`;
			await expect(tried(text, { to: 'http://127.0.0.1:9' })).rejects.toMatchObject({
				code: 'scenario-invalid',
				message: expect.stringMatching(
					/^test-1\.yaml:(19|2\d):3: vars\.v1\d \$\{vars\.v1\d\} fills in more than 1048576 characters$/,
				) as string,
			});
		}
	});

	test('a step that multiplies what an earlier one sent is a problem of that step', async () => {
		const { url } = await answering(200);
		const again = (at: number) =>
			`{ fire: bayarcash/transaction-success, set: { payer_name: "${'${'}steps.${at}.request.payer_name}${'${'}steps.${at}.request.payer_name}" } }`;
		const steps = Array.from({ length: 30 }, (_, at) =>
			at === 0 ? '{ fire: bayarcash/transaction-success }' : again(at),
		);
		await expect(
			tried(`name: a\nsteps:\n- ${steps.join('\n- ')}`, { to: url }),
		).rejects.toMatchObject({
			code: 'scenario-invalid',
			message: expect.stringMatching(/step \d+: .* more than 1048576 characters/) as string,
		});
	});

	test('a variable may have a name that every object inherits, and is nothing where there is none', async () => {
		const { url, seen } = await answering(200);
		const text = (vars: string) =>
			`name: a\nvars: { ${vars} }\nsteps: [{ fire: bayarcash/transaction-success, set: { payer_name: "\${vars.__proto__.a}" } }]`;
		expect((await tried(text('__proto__: { a: Ali }'), { to: url })).passed).toBe(true);
		expect(seen[0]?.body.toString()).toContain('payer_name=Ali&');
		await expect(tried(text('a: 1'), { to: url })).rejects.toMatchObject({
			code: 'scenario-invalid',
		});
	});

	test('a text that is written out may have any length', () => {
		const long = 'x'.repeat(2_000_000);
		expect(filled(`${long}\${a}`, known({ a: '1' }))).toBe(`${long}1`);
	});

	test('a text that is one placeholder keeps the type of what it stands for', () => {
		const id = new LosslessNumber('12345678901234567890');
		const resolve = known({ id, yes: true, list: [1], none: null });
		expect(filled({ a: '${id}', b: ['${yes}', '${list}'], c: '${none}' }, resolve)).toEqual({
			a: id,
			b: [true, [1]],
			c: null,
		});
	});

	test('within a text numbers stand as they are written, null is empty, objects are JSON', () => {
		const resolve = known({ id: new LosslessNumber('75.50'), none: null, object: { a: 1 } });
		expect(filled('<${id}|${none}|${object}>', resolve)).toBe('<75.50||{"a":1}>');
	});

	test('keys are filled in, and $${ stands for ${', () => {
		expect(filled({ '${a}.x': '$${a} ${a}' }, known({ a: 'k' }))).toEqual({ 'k.x': '${a} k' });
		expect(namesIn({ '${a}.x': '$${b} ${c}' })).toEqual(['a', 'c']);
	});

	test('what is filled in is not filled in again', () => {
		expect(filled('${a}', known({ a: '${b}' }))).toBe('${b}');
		expect(filled('x${a}', known({ a: '${b} $& $1' }))).toBe('x${b} $& $1');
	});
});

describe('filled in URLs', () => {
	test('values are percent-encoded, except a whole beginning', () => {
		const resolve = known({ base: 'http://x:1/a?b', id: 'a/b c&d=é?#' });
		expect(filledUrl('${base}/o/${id}?q=${id}', resolve)).toBe(
			'http://x:1/a?b/o/a%2Fb%20c%26d%3D%C3%A9%3F%23?q=a%2Fb%20c%26d%3D%C3%A9%3F%23',
		);
	});

	test('half a character does not break it', () => {
		expect(() => filledUrl('http://x/${a}', known({ a: '\ud800' }))).not.toThrow();
	});
});

const printed = (command: string) => execFileSync('sh', ['-c', command], { encoding: 'utf8' });

describe('filled in commands', () => {
	const nasty = [
		'a b',
		"it's",
		'"',
		'\\',
		'$(touch pwned)',
		'`touch pwned`',
		'$HOME',
		'; touch pwned',
		'!x',
		'*',
		'\n',
		'#',
		'~',
		'',
		'-n',
	];

	test.each([
		['bare', 'printf %s ${x}'],
		['in single quotes', "printf %s '${x}'"],
		['in double quotes', 'printf %s "${x}"'],
		['within a word', 'printf %s pre\'${x}\'post"${x}"mid${x}'],
		['after an escaped quote', 'printf %s \\"${x}'],
		['after an escaped quote in quotes', 'printf %s "\\"${x}"'],
		['in double quotes behind an apostrophe', 'printf %s "don\'t ${x}"'],
	])('%s, the shell takes every character literally', (_where, template) => {
		for (const value of nasty) {
			const command = filledCommand(template, known({ x: value }));
			const safe = template.replaceAll('${x}', 'X');
			expect(printed(command)).toBe(printed(safe).replaceAll('X', () => value));
		}
	});

	test('behind quotes that only some shells know it is refused, because the others end them elsewhere', () => {
		expect(() => filledCommand("printf %s $'a\\'b ${x}'", known({ x: ';touch pwned;' }))).toThrow(
			Problem,
		);
	});

	test('a hash within a word or a text begins no comment', () => {
		for (const template of ['printf %s a#${x}', 'printf %s "#${x}"', "printf %s '#${x}'"])
			expect(printed(filledCommand(template, known({ x: "it's" }))).endsWith("#it's")).toBe(true);
	});

	test('any text, wherever it stands', () => {
		const text = fc.string({
			unit: fc.constantFrom(...'a \'"\\$`(){}!#&;|<>*?~\n\t=') as fc.Arbitrary<string>,
			maxLength: 8,
		});
		fc.assert(
			fc.property(text, (value) => {
				const command = filledCommand("printf '%s\\0' ${x} '${x}' \"${x}\"", known({ x: value }));
				expect(printed(command)).toBe(`${value}\0${value}\0${value}\0`);
			}),
			{ numRuns: 40 },
		);
	});

	test.each([
		['in a substitution in double quotes', 'printf %s "$(printf %s "${x}")"'],
		['in a bare substitution', 'printf %s "$(printf %s ${x})"'],
		['in backticks', 'printf %s "`printf %s "${x}"`"'],
		['behind a comment with an apostrophe', "# don't be fooled\nprintf %s ${x}"],
		[
			'behind a here-document with an apostrophe',
			"cat > /dev/null <<END\ndon't\nEND\nprintf %s ${x}",
		],
		['in a parameter expansion', 'printf %s "${y:-"${x}"}"'],
	])(
		'%s a value is taken literally, or the command is refused; nothing of it is executed',
		(_where, template) => {
			const folder = mkdtempSync(join(tmpdir(), 'callsim-shell-'));
			onTestFinished(() => rmSync(folder, { recursive: true }));
			const marker = join(folder, 'executed');
			for (const value of [
				`$(touch ${marker})`,
				`\`touch ${marker}\``,
				`'$(touch ${marker})'`,
				`;touch ${marker};`,
			]) {
				const output = outputOf(template, value);
				expect(existsSync(marker), `${template} executed ${value}`).toBe(false);
				expect([value, 'refused']).toContain(output);
			}
		},
	);
});

function outputOf(template: string, value: string): string {
	let command: string;
	try {
		command = filledCommand(template, (name) => (name === 'x' ? value : `\${${name}}`));
	} catch {
		return 'refused';
	}
	return execFileSync('sh', ['-c', command], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
}
