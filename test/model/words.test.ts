import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { Problem } from '../../src/model/problem.ts';
import { fileWords, inWords, named, programWords } from '../../src/model/words.ts';

describe('a setting is called as its reader calls it', () => {
	test.each([
		['retry', 'none', '--retry none', 'retry: none', "retry: 'none'"],
		['timeout', '5000', '--timeout 5000', 'timeout: 5000', 'timeoutMs: 5000'],
		['allowRemote', 'true', '--allow-remote', 'allowRemote: true', 'allowRemote: true'],
		['set', 'a:="1"', `--set 'a:="1"'`, `set: ['a:="1"']`, `set: ['a:="1"']`],
		['variants', 'json', '--variant json', 'variant: json', "variant: 'json'"],
		['headers', undefined, '--header', 'header', 'headers'],
		['wrongKey', undefined, '--wrong-key', 'wrongKey', 'wrongKey'],
		['the URL', undefined, 'the URL', 'the URL', 'the URL'],
	])('%s %s', (setting, value, flag, file, program) => {
		expect([flagWords, fileWords, programWords].map((say) => say(setting, value))).toEqual([
			flag,
			file,
			program,
		]);
	});

	test('a problem has a program’s words, and any other on request', () => {
		const problem = new Problem('usage', (say) => `${say('retry')} is wrong`, {
			hint: (say) => say('retry', 'none'),
		});
		expect([problem.message, problem.hint]).toEqual(['retry is wrong', "retry: 'none'"]);
		expect(problem.in(flagWords)).toEqual({ message: '--retry is wrong', hint: '--retry none' });
	});

	test('a text that is put together first gets its names at the end', () => {
		const text = `use ${named('probeUrl')} or ${named('orders', 'A=B')}`;
		expect(inWords(text, flagWords)).toBe('use --probe-url or --orders A=B');
		expect(inWords(text, programWords)).toBe("use probe or orders: 'A=B'");
	});
});
