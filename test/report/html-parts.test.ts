import { describe, expect, test } from 'vitest';
import { commandLineOf } from '../../src/cli/command-line.ts';
import { commandWords } from '../../src/report/html/command-words.ts';
import { whatChanged } from '../../src/report/html/differences.ts';
import { lineDiff } from '../../src/report/html/line-diff.ts';
import { linked } from '../../src/report/html/linked.ts';
import { specialOf } from '../../src/report/html/special.ts';
import type { Case, Suite } from '../../src/report/run-report.ts';

const step = (name: string, more: string): Case => ({
	...{ name, verdict: 'passed', kind: '', message: '', details: [], tookMs: 0 },
	...{ deliveries: [], evidence: [] },
	reproduce: `callsim fire bayarcash/transaction-success --to http://a/cb --fresh --seed ${name.length * 7} ${more}`,
});
const suiteOf = (...cases: Case[]): Suite => ({ name: 's', startedAt: 0, tookMs: 0, cases });
const specials = (...cases: Case[]) => {
	const suite = suiteOf(...cases);
	return cases.map((judged) => specialOf({ judged, suite }));
};
const event = 'bayarcash/transaction-success';

describe('steps that fire the same event', () => {
	test('are told apart by what is special about each', () => {
		expect(
			specials(
				step(`1 ${event}`, '--wrong-key --retry none'),
				step(`2 ${event}`, ''),
				step(`3 ${event}`, "--set payer_name='Mohd Ali' --retry none"),
				step(`4 ${event}`, '--duplicate 3'),
			),
		).toEqual([
			'--wrong-key --retry none',
			'',
			'--set payer_name=Mohd Ali --retry none',
			'--duplicate 3',
		]);
	});

	test('share what all of them have', () => {
		expect(
			specials(step(`1 ${event}`, '--retry none'), step(`2 ${event}`, '--retry none --unsigned')),
		).toEqual(['', '--unsigned']);
	});

	test('say nothing where their names tell them apart', () => {
		expect(specials(step('1 first', '--unsigned'), step('2 second', ''))).toEqual(['', '']);
	});
});

describe('before and after', () => {
	const changed = (before: string, after: string) => whatChanged(before, after).markup;

	test('are one text in which what went and what came is marked', () => {
		const [before, after] = [
			'{"id":1,"status":"pending","items":[1,2]}',
			'{"id":1,"status":"paid","items":[1,2],"n":0}',
		];
		const text = changed(before, after);
		expect(text).toContain('<del>-   &quot;status&quot;: &quot;pending&quot;,\n</del>');
		expect(text).toContain('<ins>+   &quot;status&quot;: &quot;paid&quot;,\n</ins>');
		expect(text).toContain('<ins>+   &quot;n&quot;: 0\n</ins>');
		expect(text.match(/<del>/g)).toHaveLength(1);
		expect(text).toContain('    &quot;id&quot;: 1');
	});

	test('that are the same have no mark, and nothing that was there before is all new', () => {
		expect(changed('{"a":1}', '{"a":1}')).not.toMatch(/<(del|ins)>/);
		expect(changed('', 'x')).toBe('<ins>+ x\n</ins>');
		expect(changed('x', '')).toBe('<del>- x\n</del>');
	});

	test('that are hostile are text', () => {
		expect(changed('<b>', '<i onload=x>')).toBe(
			'<del>- &lt;b&gt;\n</del><ins>+ &lt;i onload=x&gt;\n</ins>',
		);
	});

	test('lose no line of either, however long they are', () => {
		for (const [before, after] of [
			['abcabba', 'cbabac'],
			['', 'xyz'],
			['kitten', 'sitting'],
			['x'.repeat(1_200), 'y'.repeat(1_200)],
		] as const) {
			const lines = lineDiff([...before], [...after]);
			const of = (side: string) =>
				lines
					.flatMap(([where, line]) => (where === side || where === 'both' ? [line] : []))
					.join('');
			expect(of('before')).toBe(before);
			expect(of('after')).toBe(after);
		}
		expect(
			lineDiff([...'abcabba'], [...'cbabac']).filter(([where]) => where === 'both'),
		).toHaveLength(4);
	});
});

describe('a source', () => {
	test('is a link where it is an address, and text around it stays', () => {
		expect(linked('see https://docs.example.com/a?b=1&c=2.').markup).toBe(
			'see <a href="https://docs.example.com/a?b=1&amp;c=2" rel="noreferrer noopener" target="_blank">https://docs.example.com/a?b=1&amp;c=2</a>.',
		);
	});

	test.each([
		'javascript:alert(1)',
		'data:text/html,x',
		'//evil.test',
		'none',
		'file:///etc/passwd',
	])('%s is none', (text) => {
		expect(linked(text).markup).not.toContain('<a');
	});

	test('cannot leave its attribute', () => {
		expect(linked('https://a.test/"onmouseover="x').markup).not.toMatch(/onmouseover="x"? /);
		expect(linked(`https://a.test/'><script>`).markup).not.toContain('<script>');
	});
});

test('a command line is told with its flags, but for what it was not given', () => {
	expect(
		commandLineOf('run bayarcash', {
			...{
				color: true,
				pager: true,
				journal: true,
				input: false,
				report: ['html=x'],
				json: true,
				bail: true,
			},
			...{ to: 'http://localhost:3000/cb', waitFor: '5s', set: ['payer_name=Mohd Ali', 'a=1'] },
		}),
	).toBe(
		"callsim run bayarcash --no-input --bail --to http://localhost:3000/cb --wait-for 5s --set 'payer_name=Mohd Ali' --set a=1",
	);
});

test('each word of a command line stays whole, quoted blanks with it, and is text', () => {
	const { markup } = commandWords(
		"callsim run --set 'name=Mohd Ali' --to http://a.test/?a=1&b=<b>",
	);
	expect(markup.match(/(?<=<span class="word">).*?(?=<\/span>)/g)).toEqual([
		...['callsim', 'run', '--set', '&#39;name=Mohd Ali&#39;', '--to'],
		'http://a.test/?a=1&amp;b=&lt;b&gt;',
	]);
	expect(markup.replace(/<[^>]*>/g, '').trim()).toContain('run --set &#39;name');
});
