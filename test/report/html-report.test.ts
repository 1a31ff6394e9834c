import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisFor } from '../../src/report/html/axis.ts';
import { mostOfBodyIn } from '../../src/report/html/body-budget.ts';
import { bodyView } from '../../src/report/html/body-view.ts';
import { sideBySide } from '../../src/report/html/differences.ts';
import { htmlReport } from '../../src/report/html/html-report.ts';
import { indentedJson } from '../../src/report/html/indented-json.ts';
import { embedded, html } from '../../src/report/html/markup.ts';
import type { RunReport } from '../../src/report/run-report.ts';
import { anyCharacter } from '../support/any-character.ts';
import {
	answered,
	bytes,
	delivery,
	hostileRun,
	manyDeliveries,
	sampleCheck,
	sampleFire,
	sampleRun,
} from '../support/sample-report.ts';

const minute = 60_000;
const unlabelled = (text: string): string => text.replace(/^(?:why|fix|source|also): /, '');
const visible = (text: string): string => html`${text}`.markup;

describe('the HTML report', () => {
	test.each([
		['run', sampleRun()],
		['fire', sampleFire()],
		['check', sampleCheck()],
		['many', manyDeliveries(60)],
	] as const)(
		'tells every failure of %s: its name, its message, how to do it again',
		(_, report) => {
			const page = htmlReport(report);
			const failed = report.suites.flatMap(({ cases }) =>
				cases.filter(({ verdict }) => verdict === 'failed' || verdict === 'error'),
			);
			expect(failed.length).toBeGreaterThan(0);
			for (const { name, message, reproduce, details } of failed)
				for (const text of [name, message, reproduce ?? '', ...details.map(unlabelled)])
					expect(page).toContain(visible(text));
		},
	);

	test('says the verdict in one sentence, and what the exit code means', () => {
		expect(htmlReport(sampleRun())).toContain('3 of 6 scenarios failed');
		expect(htmlReport(sampleFire())).toContain('1 of 2 deliveries failed');
		expect(htmlReport(sampleCheck())).toContain('1 of 6 rules failed');
		expect(htmlReport(sampleRun())).toContain('1, the receiver failed');
		expect(htmlReport(passingRun())).toContain('The scenario passed');
		expect(htmlReport(passingRun())).toContain('Nothing failed');
		expect(htmlReport({ ...passingRun(), suites: [], deliveries: [] })).toContain(
			'Nothing was judged',
		);
	});

	test('says that the run broke off, and why', () => {
		const broken = { kind: 'interrupted', message: 'stopped by SIGINT' } as const;
		const page = htmlReport({ ...passingRun(), broken, exitCode: 130 });
		expect(page).toContain('The run was interrupted');
		expect(page).toContain('stopped by SIGINT');
	});

	test('is the same document for the same run', () => {
		expect(htmlReport(sampleRun())).toBe(htmlReport(sampleRun()));
	});

	test('shows of a header what may be shown', () => {
		const page = htmlReport(sampleRun());
		expect(page).toContain('[secret:token]');
		expect(page).not.toContain('hunter2');
	});

	test('lets no hostile text leave its place', () => {
		const page = htmlReport(hostileRun());
		expect(page.match(/<script/g)).toHaveLength(3);
		expect(page).not.toMatch(/<img|<\/script>[^\n<]*window\.hacked/);
		expect(page).not.toMatch(/href="(?!#|data:image\/svg)/);
		expect(page).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/u);
	});

	test('needs nothing from anywhere', () => {
		expect(htmlReport(sampleRun())).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
	});
});

describe('markup', () => {
	test('escapes whatever is put into it, as text and as an attribute', () => {
		fc.assert(
			fc.property(fc.string({ unit: anyCharacter }), (text) => {
				expect(html`${text}`.markup).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
			}),
		);
	});

	test('embeds data that no parser of HTML can misread, and that comes back as it was', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const { markup } = embedded('data', [['key', { text: `<!--</script>${text}` }]]);
				const [, line = ''] = /^<script[^>]*>key ([^<>&]*)<\/script>$/.exec(markup) ?? [];
				expect(JSON.parse(line).text).toContain('<!--</script>');
			}),
		);
	});
});

describe('JSON, indented', () => {
	test('says the same', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())),
				(value) => {
					const text = JSON.stringify(value);
					expect(JSON.parse(indentedJson(text) ?? '')).toEqual(JSON.parse(text));
				},
			),
		);
	});

	test('keeps numbers and repeated names as they were sent', () => {
		expect(indentedJson('{"a":60.00,"a":12345678901234567890,"b":[],"c":[1]}')).toBe(
			'{\n  "a": 60.00,\n  "a": 12345678901234567890,\n  "b": [],\n  "c": [\n    1\n  ]\n}',
		);
	});

	test('is not tried on what is no JSON, nor on a tower of brackets', () => {
		expect(indentedJson('{"a":')).toBeUndefined();
		expect(indentedJson('60.00')).toBeUndefined();
		expect(indentedJson(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)).toBeUndefined();
	});
});

test('two states are told apart line by line, and a comma is no difference', () => {
	const [left, right] = sideBySide('{"a":1,"b":2}', '{"a":1,"b":3,"c":4}').map(
		({ markup }) => markup,
	);
	expect(left).toBe('{\n  &quot;a&quot;: 1,\n<mark>  &quot;b&quot;: 2</mark>\n}');
	expect(right).toBe(
		'{\n  &quot;a&quot;: 1,\n<mark>  &quot;b&quot;: 3,</mark>\n<mark>  &quot;c&quot;: 4</mark>\n}',
	);
});

describe('a body', () => {
	test('of a form is decoded beside what was sent', () => {
		expect(bodyView(bytes('a=1+2&a=%C3%A9&c'), 'application/x-www-form-urlencoded', 99)).toEqual({
			note: '16 bytes',
			text: 'a=1+2&a=%C3%A9&c',
			fields: [
				['a', '1 2'],
				['a', 'é'],
				['c', ''],
			],
		});
	});

	test('that is no text is shown in hex and base64', () => {
		const view = bodyView(Uint8Array.of(0xff, 0x41), 'image/png', 99);
		expect(view).toMatchObject({ note: '2 bytes, no UTF-8 text', base64: '/0E=' });
		expect(view.hex).toMatch(/^0000 {2}ff 41 +\.A$/);
	});

	test('that was cut says so, whoever cut it', () => {
		expect(bodyView(bytes('abc'), '', 2)).toEqual({
			note: '3 bytes; the first 2 bytes are shown, --json has more',
			text: 'ab',
		});
		expect(bodyView(bytes('abc'), '', 9, true).note).toBe('cut: the first 3 bytes were kept');
		expect(bodyView(undefined, '', 9).note).toBe('empty');
	});

	test('is shown whole until there are so many that the page could not be opened', () => {
		const page = answered(500, 'x'.repeat(64 * 1024));
		const five = Array.from({ length: 5 }, () => page);
		const of = (count: number): RunReport => ({
			...sampleRun(),
			deliveries: Array.from({ length: count }, (_, at) => delivery(at, five)),
		});
		expect(mostOfBodyIn(of(1))).toBe(64 * 1024);
		expect(mostOfBodyIn(of(2_000))).toBeLessThan(2_048);
	});
});

describe('the axis of provider time', () => {
	test('names the moments of an even schedule', () => {
		const axis = axisFor([[0, 5, 10].map((count) => count * minute)]);
		expect(axis.ticks).toEqual([0, 5 * minute, 10 * minute]);
		expect(axis.ticks.map(axis.at)).toEqual([0, 50, 100]);
		expect(axis.isLogarithmic).toBe(false);
	});

	test('makes sense where nothing was tried twice', () => {
		const axis = axisFor([[0], [0]]);
		expect(axis.ticks).toEqual([0]);
		expect(axis.at(0)).toBe(0);
		expect(axisFor([]).ticks).toEqual([0]);
	});

	test('keeps minutes apart in a schedule of days', () => {
		const axis = axisFor([[0, minute, 11 * minute, 71 * minute, 25 * 60 * minute]]);
		expect(axis.isLogarithmic).toBe(true);
		expect(axis.at(minute)).toBeGreaterThan(5);
		expect(axis.at(axis.span)).toBe(100);
	});

	test('never has more names than fit', () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 0, max: 400 * 86_400_000 }), { minLength: 1 }),
				(row) => {
					const axis = axisFor([[...row].sort((a, b) => a - b)]);
					expect(axis.ticks.length).toBeLessThanOrEqual(10);
					expect(axis.ticks.every((tick) => axis.at(tick) >= 0 && axis.at(tick) <= 100)).toBe(true);
				},
			),
		);
	});
});

function passingRun(): RunReport {
	const run = sampleRun();
	return {
		...run,
		exitCode: 0,
		suites: run.suites.slice(0, 1),
		deliveries: run.deliveries.slice(0, 1),
	};
}
