import { describe, expect, test } from 'vitest';
import { checkProject } from '../../src/project/check-project.ts';
import { parsedProject } from '../../src/project/parse-project.ts';
import { catalogue } from '../support/catalogue.ts';

const problemOf = (text: string): string => {
	try {
		checkProject(
			parsedProject(text, { file: 'callsim.yaml', folder: '/p', path: '/p/callsim.yaml' }),
			catalogue,
		);
		return '(none)';
	} catch (error) {
		const { code, message, hint } = error as { code?: string; message: string; hint?: string };
		return `${code}: ${message} → ${hint}`;
	}
};

describe('a mistake in the project file is told with file, line and column', () => {
	test.each([
		['YAML that is none', 'targets: [', /^config-invalid: callsim\.yaml:1:11: not YAML/],
		[
			'a command that is blank',
			'probe: { command: " " }',
			/^config-invalid: callsim\.yaml:1:10: probe\.command must/,
		],
		['a list', '- a', /^config-invalid: callsim\.yaml:1:1: must be an object/],
		[
			'an unknown key',
			'speed: 5\ntarget:\n  bayarcash: x',
			/^config-invalid: callsim\.yaml:2:1: target is an unknown key \(did you mean "targets"\?\)/,
		],
		[
			'a wrong type',
			'speed: fast',
			/^config-invalid: callsim\.yaml:1:1: speed must be a number or max \(how much faster/,
		],
		[
			'a timeout that is none',
			'timeout: soon',
			/^config-invalid: callsim\.yaml:1:1: timeout is wrong: timeout "soon" is not a duration/,
		],
		['a timeout without a unit', 'timeout: 5', /^config-invalid: callsim\.yaml:1:1: timeout /],
		[
			'a schedule that is none',
			'schedule: often',
			/^config-invalid: callsim\.yaml:1:1: schedule is wrong: /,
		],
		[
			'an unknown provider',
			'targets:\n  bayarcsh: :3000',
			/^config-invalid: callsim\.yaml:2:3: targets\.bayarcsh is no provider or event → Did you mean "bayarcash"\?/,
		],
		[
			'an unknown event',
			'targets:\n  bayarcash/transaction-succes: :3000',
			/^config-invalid: callsim\.yaml:2:3: .* is no provider or event → Did you mean "bayarcash\/transaction-success"\?/,
		],
		[
			'a URL that is none',
			'targets:\n  bayarcash: ftp://x',
			/^config-invalid: callsim\.yaml:2:3: targets\.bayarcash is wrong: the URL "ftp:\/\/x" is ftp/,
		],
		[
			'a return target that is none',
			'returnTargets:\n  bayarcash: "http://u:p@x/"',
			/^config-invalid: callsim\.yaml:2:3: returnTargets\.bayarcash is wrong/,
		],
		[
			'an unknown credential',
			'credentials:\n  bayarcash:\n    secretkey: env:X',
			/^config-invalid: callsim\.yaml:3:5: credentials\.bayarcash\.secretkey is no credential of bayarcash → Did you mean "secret_key"\?/,
		],
		[
			'credentials of an unknown provider',
			'credentials:\n  bayrcash: { secret_key: env:X }',
			/^config-invalid: callsim\.yaml:2:3: credentials\.bayrcash is no provider/,
		],
		[
			'a key itself',
			'credentials:\n  bayarcash:\n    secret_key: abc-4711',
			/^config-invalid: callsim\.yaml:3:5: credentials\.bayarcash\.secret_key is the value itself; project files are committed and keys must not be → Write secret_key: env:BAYARCASH_SECRET_KEY, .* or file:PATH\.$/,
		],
		[
			'a reference to nothing',
			'credentials:\n  bayarcash:\n    secret_key: "env:"',
			/^config-invalid: callsim\.yaml:3:5: /,
		],
		[
			'a header that is a key',
			'headers:\n  x-a: 1.2.3\n  authorization: Bearer abc-4711',
			/^config-invalid: callsim\.yaml:3:3: headers\.authorization is a credential in the clear/,
		],
		[
			'a header that is none',
			'headers:\n  "x a": y',
			/^config-invalid: callsim\.yaml:2:3: headers\.x a /,
		],
		[
			'a header that the request makes itself',
			'headers:\n  content-length: "5"',
			/^config-invalid: callsim\.yaml:2:3: headers\.content-length /,
		],
		[
			'a value of an unknown field',
			'values:\n  bayarcash:\n    amuont: 5',
			/^config-invalid: callsim\.yaml:3:5: values\.bayarcash\.amuont is no field of bayarcash → Did you mean "amount"\?/,
		],
		[
			'a field of another event',
			'values:\n  bayarcash/pre-transaction:\n    amount: 5',
			/^config-invalid: callsim\.yaml:3:5: values\.bayarcash\/pre-transaction\.amount is no field of bayarcash\/pre-transaction/,
		],
		[
			'a command that is none',
			'setup: { command: "" }',
			/^config-invalid: callsim\.yaml:1:10: setup\.command must/,
		],
		[
			'a probe with two ways',
			'probe: { url: "http://x/", command: x }',
			/^config-invalid: callsim\.yaml:1:\d+: probe/,
		],
		['a probe with none', 'probe: {}', /^config-invalid: callsim\.yaml:1:\d+: probe/],
		[
			'a probe that leads nowhere',
			'probe: { url: "ftp://x/{reference}" }',
			/^config-invalid: callsim\.yaml:1:\d+: probe/,
		],
	])('%s', (_name, text, message) => {
		expect(problemOf(text)).toMatch(message);
	});

	test('a key that was written down is not repeated', () => {
		expect(problemOf('credentials:\n  bayarcash:\n    secret_key: abc-4711')).not.toContain('4711');
		expect(problemOf('headers:\n  cookie: abc-4711')).not.toContain('4711');
	});
});

test.each(['', '# nothing yet\n', '---\n', '{}'])(
	'a file that says nothing is none of a mistake: %j',
	(text) => {
		expect(problemOf(text)).toBe('(none)');
	},
);

test('everything that may be said', () => {
	const text = `
$schema: x
targets: { bayarcash: ":3000/cb", bayarcash/receipt-success: "3000/r", iak: "http://localhost:3000/iak" }
returnTargets: { bayarcash: "http://localhost:3000/return" }
credentials: { bayarcash: { secret_key: "env:KEY" }, iak: { username: "file:./u", api_key: "env:B" } }
headers: { x-forwarded-for: 203.0.113.7, authorization: "env:AUTH" }
timeout: 0
speed: max
schedule: 2m,10m,30m
values: { bayarcash: { amount: 75.50, payer_name: null }, bayarcash/dd-transaction-success: { mandate_id: m1 } }
scenarios: [scenarios, more/*.yaml]
providers: ./providers
probe: { url: "http://localhost:3000/orders/{reference}" }
setup: { command: "make {reference}" }
`;
	// Folders and files are read when they are needed.
	expect(problemOf(text)).toBe('(none)');
});
