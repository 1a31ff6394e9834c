import { describe, expect, test } from 'vitest';
import { scenarioOf } from '../support/scenario.ts';

const problemOf = (text: string, env: Record<string, string> = {}): string => {
	try {
		scenarioOf(text, { env });
		return '(none)';
	} catch (error) {
		return `${(error as { code?: string }).code}: ${(error as Error).message}`;
	}
};
const steps = (...lines: string[]) =>
	['name: a', 'provider: bayarcash', 'steps:', ...lines.map((line) => `  ${line}`)].join('\n');

describe('a mistake is told with file, line and column', () => {
	test.each([
		['YAML that is none', 'name: a\nsteps: [', /^scenario-invalid: test\.yaml:2:9: not YAML/],
		[
			'JSON that is none',
			'{"name": "a",\n "steps": [}',
			/^scenario-invalid: test\.yaml:2:\d+: not YAML/,
		],
		[
			'a key twice',
			'name: a\nname: b\nsteps: [{ fire: x }]',
			/^scenario-invalid: test\.yaml:2:1: not YAML \(this key stands there twice/,
		],
		['an empty file', '', /^scenario-invalid: test\.yaml:1:1: the file is empty/],
		['a file of comments', '# nothing yet\n', /: the file is empty/],
		[
			'a set-up that runs nothing',
			`${steps('- fire: transaction-success')}\nsetup: { command: "" }`,
			/^scenario-invalid: test\.yaml:5:10: setup\.command must/,
		],
		['no steps', 'name: a', /^scenario-invalid: test\.yaml:1:1: lacks "steps"/],
		['no name', 'steps:\n  - fire: bayarcash/transaction-success', /:1:1: lacks "name"/],
		[
			'steps that are none',
			'name: a\nsteps: []',
			/^scenario-invalid: test\.yaml:2:1: steps must not have fewer than 1/,
		],
		[
			'an unknown key, with a suggestion',
			steps('- fire: transaction-success', '  expct: { status: 200 }'),
			/^scenario-invalid: test\.yaml:5:5: step 1: expct is an unknown key \(did you mean "expect"\?\)/,
		],
		[
			'an unknown key of the scenario',
			'name: a\nprovidr: bayarcash\nsteps: [{ fire: x }]',
			/^scenario-invalid: test\.yaml:2:1: providr is an unknown key \(did you mean "provider"\?\)/,
		],
		[
			'an unknown key of an expectation',
			steps('- fire: transaction-success', '  expect: { statsu: 200 }'),
			/^scenario-invalid: test\.yaml:5:15: step 1: expect\.statsu is an unknown key \(did you mean "status"\?\)/,
		],
		[
			'a wrong type',
			steps('- fire: transaction-success', '  repeat: often'),
			/^scenario-invalid: test\.yaml:5:5: step 1: repeat must be a whole number/,
		],
		[
			'a status that is none',
			steps('- fire: transaction-success', '  expect: { status: 2000 }'),
			/^scenario-invalid: test\.yaml:5:15: step 1: expect\.status does not fit \(200, 2xx, or a list of both\)/,
		],
		[
			'a status of a list that is none',
			steps('- fire: transaction-success', '  expect: { status: [200, abc] }'),
			/^scenario-invalid: test\.yaml:5:29: step 1: expect\.status\.1 does not fit \(200, 2xx, or a list of both\)/,
		],
		[
			'a key inside of one of two forms',
			steps('- fire: transaction-success', '  probe: [{ url: "http://localhost/", chnged: true }]'),
			/^scenario-invalid: test\.yaml:5:41: step 1: probe\.0\.chnged is an unknown key \(did you mean "changed"\?\)/,
		],
		[
			'two kinds at once',
			steps('- fire: transaction-success', '  parallel: [{ fire: transaction-failed }]'),
			/^scenario-invalid: test\.yaml:4:5: step 1: is fire and parallel at once/,
		],
		[
			'a step that fires nothing',
			steps('- name: b'),
			/^scenario-invalid: test\.yaml:4:5: step 1: fires nothing/,
		],
		[
			'a setting of a group',
			steps('- parallel: [{ fire: transaction-success }]', '  set: { amount: 1 }'),
			/^scenario-invalid: test\.yaml:5:5: step 1: set says nothing beside parallel/,
		],
		[
			'an unknown event',
			steps('- fire: transaction-success', '- fire: transaction-sucess'),
			/^event-unknown: test\.yaml:5:5: step 2: bayarcash has no event /,
		],
		[
			'an unknown provider',
			'name: a\nsteps:\n  - fire: bayarcsh/transaction-success',
			/^(provider|event)-unknown: test\.yaml:3:5: step 1: there is no provider /,
		],
		[
			'a step inside of a group',
			steps('- parallel:', '  - fire: transaction-success', '  - steps: [{ fire: nothing-such }]'),
			/^event-unknown: test\.yaml:6:17: step 1\.2\.1: bayarcash has no event /,
		],
		[
			'a duration',
			steps('- fire: transaction-success', '  after: soon'),
			/^duration-invalid: test\.yaml:5:5: step 1: after "soon" is not a duration/,
		],
		[
			'a duration of an expectation',
			steps('- fire: transaction-success', '  expect:', '    within: 2'),
			/:6:7: step 1: expect\.within /,
		],
		[
			'a duration of a group',
			steps(
				'- fire: transaction-success',
				'- steps: [{ fire: transaction-failed }]',
				'  after: soon',
			),
			/^duration-invalid: test\.yaml:6:5: step 2: after /,
		],
		[
			'a pattern',
			steps('- fire: transaction-success', '  expect: { body: { matches: "(" } }'),
			/^scenario-invalid: test\.yaml:5:5: step 1: expect has a pattern that is none/,
		],
		[
			'a probe that does not say how',
			steps('- fire: transaction-success', '  probe: { equals: { state: paid } }'),
			/^scenario-invalid: test\.yaml:5:5: step 1: probe reads nothing/,
		],
		[
			'a probe that expects nothing',
			steps('- fire: transaction-success', '  probe: { url: "http://localhost/" }'),
			/^scenario-invalid: test\.yaml:5:5: step 1: probe expects nothing/,
		],
		[
			'a probe with two ways',
			steps(
				'- fire: transaction-success',
				'  probe: [{ url: "http://x/", command: x, changed: true }]',
			),
			/^scenario-invalid: test\.yaml:5:13: step 1: probe\.0 has a url and a command/,
		],
		[
			'a probe that names no value',
			steps('- fire: transaction-success', '  probe: { url: "http://x/", equals: {} }'),
			/^scenario-invalid: test\.yaml:5:5: step 1: probe expects nothing: its equals names no value/,
		],
		[
			'a probe of no path',
			steps('- fire: transaction-success', '  probe: { url: "http://x/", unchanged: [] }'),
			/^scenario-invalid: test\.yaml:5:32: step 1: probe\.unchanged /,
		],
		[
			'two unknown keys of one part',
			'name: a\nprovder: bayarcash\nsteps: [{ fire: x }]\nstps: 1',
			/^scenario-invalid: test\.yaml:2:1: provder is an unknown key \(did you mean "provider"\?\)/,
		],
		[
			'an id twice',
			steps('- { fire: transaction-success, id: one }', '- { fire: transaction-failed, id: one }'),
			/^scenario-invalid: test\.yaml:5:33: step 2: id "one" is the id of another step/,
		],
		[
			'an expectation about the browser’s page, of a server’s message',
			steps('- fire: transaction-success', '  expect: { ifConfigured: true, status: 200 }'),
			/^scenario-invalid: test\.yaml:5:15: step 1: expect\.ifConfigured is about the page/,
		],
		[
			'an expectation of nothing',
			steps('- fire: transaction-success', '  expect: { body: {} }'),
			/^scenario-invalid: test\.yaml:5:15: step 1: expect\.body /,
		],
		[
			'a typo in a probe’s braces',
			steps(
				'- fire: transaction-success',
				'  probe: { url: "http://x/{refrence}", changed: true }',
			),
			/^scenario-invalid: test\.yaml:5:5: step 1: probe has "\{refrence\}" in its url \(did you mean "\{reference\}"\?\)/,
		],
		[
			'a receiver that callsim has not started',
			steps('- fire: transaction-success', '  receiver: { stoppedFor: 7m }'),
			/^scenario-invalid: test\.yaml:5:5: step 1: receiver stops a receiver that callsim has not started/,
		],
	])('%s', (_name, text, message) => {
		expect(problemOf(text)).toMatch(message);
	});
});

test('all mistakes of a file are told at once, in its order', () => {
	const text = steps(
		'- fire: transaction-success',
		'  expct: 1',
		'  after: 10',
		'- fier: x',
		'  repeat: 0',
	);
	expect(() => scenarioOf(text)).toThrow(
		expect.objectContaining({
			message: expect.stringMatching(/^test\.yaml:5:5: step 1: expct /),
			also: [
				expect.stringMatching(/^test\.yaml:6:5: step 1: after must be a string or 0 \(/),
				expect.stringMatching(/^test\.yaml:7:5: step 2: fier .*"fire"/),
				expect.stringMatching(/^test\.yaml:8:5: step 2: repeat /),
			],
		}),
	);
});

test('a scenario may be JSON, indented with tabs', () => {
	const text = JSON.stringify(
		{ name: 'a', steps: [{ fire: 'bayarcash/transaction-success' }] },
		null,
		'\t',
	);
	expect(scenarioOf(text).fires.map(({ event }) => event.id)).toEqual([
		'bayarcash/transaction-success',
	]);
	expect(problemOf(text.replace('"fire"', '"fier"'))).toMatch(
		/^scenario-invalid: test\.yaml:5:4: step 1: fier is an unknown key/,
	);
});

test('an alias that stands in itself is a mistake in the file, not a file that cannot be read', () => {
	expect(
		problemOf('name: a\nvars: &v { a: *v }\nsteps: [{ fire: bayarcash/transaction-success }]'),
	).toMatch(/^scenario-invalid: test\.yaml/);
});
