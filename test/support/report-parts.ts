import fc from 'fast-check';
import type { Outcome } from '../../src/model/outcome.ts';
import type { RunReport } from '../../src/report/run-report.ts';
import { anyCharacter } from './any-character.ts';
import { answered, bytes, delivery, judged, sampleRun, sent } from './sample-report.ts';

/** What breaks out of one format or another. */
const fragments = [
	...[
		']]>',
		'<!--',
		'-->',
		'<![CDATA[',
		'&',
		'&amp;',
		'&#0;',
		'"',
		"'",
		'<script>alert(1)</script>',
		'</failure>',
	],
	...[
		'\0',
		'\u001b[2J',
		'\u001b]0;x\u0007',
		'\u009b',
		'\r',
		'\n',
		'\r\n',
		'\t',
		'\u0085',
		'\u2028',
		'\u2029',
		'\u202e',
	],
	...[
		'\u2066',
		'\u200b',
		'\ufeff',
		'\ud800',
		'\udc00',
		'\ufffe',
		'\uffff',
		'\ufdd0',
		'\u{1fffe}',
		'\u{e0001}',
		'😀',
	],
	...[
		'::error::',
		'\n::error::x',
		'::stop-commands::t',
		'##[error]x',
		'%0A',
		'%25',
		'%0D%0A',
		',line=1',
		'a=b',
		'::',
	],
	...[
		'\nok 1',
		'\nnot ok 1',
		'\nBail out!',
		'\n1..1',
		'\nTAP version 14',
		'\npragma +strict',
		'\n    ok 1',
		'\\',
		'\\#',
	],
	...[
		' # SKIP x',
		' # TODO',
		'#',
		'{',
		' {',
		'}',
		'\n---',
		'\n  ---',
		'\n  ...',
		'\n...',
		'---',
		': ',
		'- ',
		'!!js/x',
	],
	...[
		'`',
		'```',
		'\n```\n',
		'~~~',
		'|',
		'\\|',
		'![x](http://x/y.png)',
		'[x](javascript:0)',
		'http://x.example',
		'@everyone',
	],
	...[
		'www.x.example',
		'a@b.example',
		'#12',
		'*x*',
		'__x__',
		'~~x~~',
		'<b>',
		'</details>',
		'</code>',
		'&lt;',
		':tada:',
		' ',
	],
	...['true', '1e3', '__proto__', 'constructor', '0x10', '007', '= =', '$&', '$1'],
];

/** For properties over `hostile`: each of the above alone comes first. */
export const worstFirst: { examples: [string][]; numRuns: number } = {
	examples: fragments.map((text) => [text]),
	numRuns: 300,
};

/** Any text, and with preference text that means something to a reader of reports. */
export const hostile = fc.oneof(
	fc
		.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'grapheme', maxLength: 5 })), {
			maxLength: 8,
		})
		.map((parts) => parts.join('')),
	fc.string({ unit: anyCharacter, maxLength: 30 }),
	fc
		.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
		.map((units) => String.fromCharCode(...units)),
);

/** How a text is promised to come out of a report, worked out here a second time; line breaks and tabs stay. */
export function spelled(text: string): string {
	return [...text.replace(/\r\n/g, '\n')]
		.map((character) => (mayStay(character) ? character : escapeOf(character)))
		.join('')
		.replace(/##\[/g, '##\\x5b');
}

export function spelledLine(text: string): string {
	return spelled(text).replace(/\n/g, '\\n').replace(/\t/g, '\\t');
}

function mayStay(character: string): boolean {
	const code = character.codePointAt(0) ?? 0;
	if (character === '\n' || character === '\t') return true;
	const isCharacter = code % 0x10000 < 0xfffe && (code < 0xfdd0 || code > 0xfdef);
	return isCharacter && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(character);
}

function escapeOf(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const hex = code.toString(16);
	if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
	return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/** A report with this text in every place where somebody else has a say: three cases, the second skipped, the third a warning. */
export function saying(text: string): RunReport {
	const said = {
		kind: text,
		message: text,
		expected: text,
		got: text,
		details: [text, text],
		reproduce: text,
	};
	const placed = { ...said, file: text, line: 3 };
	const evidence = {
		case: text,
		verdict: 'failed' as const,
		reason: text,
		before: text,
		after: text,
	};
	const request = sent(text, text);
	const answer: Outcome = answered(500, text, text);
	const cases = [
		judged(text, [1], {
			...placed,
			verdict: 'failed',
			evidence: [{ ...evidence, sent: request, answer }],
		}),
		judged(text, [], { ...said, verdict: 'skipped' }),
		judged(text, [], { ...placed, verdict: 'warned' }),
	];
	const suite = { name: text, file: text, line: 1, startedAt: 0, tookMs: 1.5, cases };
	const broken: Outcome = { kind: 'broken', cause: 'reset', detail: text, tookMs: 2 };
	const one = delivery(1, [answer, broken], {
		event: text,
		target: text,
		options: [text],
		request,
	});
	return { ...sampleRun(), title: text, run: text, suites: [suite], deliveries: [one] };
}

/** `count` failed cases that have a lot to say. */
export function talkative(count: number, text: string): RunReport {
	const said = {
		kind: 'status',
		message: text,
		expected: text,
		got: text,
		details: [text],
		reproduce: text,
	} as const;
	const cases = Array.from({ length: count }, (_, at) =>
		judged(`step ${at + 1}`, [], { ...said, verdict: 'failed' }),
	);
	return {
		...sampleRun(),
		suites: [{ name: 'long', startedAt: 0, tookMs: 1, cases }],
		deliveries: [],
	};
}

export function broken(report: RunReport, message = 'the scenario cannot be read'): RunReport {
	return { ...report, broken: { kind: 'problem', message }, exitCode: 2 };
}

/** A body that is no text. */
export const binary = Uint8Array.of(0xff, 0x00, 0xfe, ...bytes('ok'));
