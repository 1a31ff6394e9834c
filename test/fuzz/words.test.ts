import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { parseCredential } from '../../src/cli/options/credential-flag.ts';
import { parseHeaderFlag } from '../../src/cli/options/header-flag.ts';
import { parseAssignment } from '../../src/compose/assignment.ts';
import { isLocalAddress, withoutBrackets } from '../../src/delivery/address.ts';
import { parseTarget } from '../../src/delivery/target.ts';
import { parseChallenges } from '../../src/digest/challenge.ts';
import { readYaml } from '../../src/documents/yaml-document.ts';
import { parseDuration } from '../../src/model/duration.ts';
import { Problem } from '../../src/model/problem.ts';
import { parseRetry, retryText } from '../../src/model/retry.ts';
import { valueIn } from '../../src/scenario/matching.ts';
import { anyCharacter } from '../support/any-character.ts';
import { fuzzRuns } from '../support/only-problems.ts';

/** Pieces that mean something to one parser or another, and what nobody expects. */
const pieces = fc.constantFrom(
	...[
		'0',
		'1',
		'5',
		'300',
		'999999999999999999999',
		'-',
		'+',
		'.',
		',',
		'x',
		's',
		'ms',
		'm',
		'h',
		' ',
	],
	...[
		'=',
		':=',
		':',
		'/',
		'//',
		'@',
		'[',
		']',
		'{',
		'}',
		'"',
		"'",
		'\\',
		'?',
		'#',
		'%',
		'%2f',
		'%zz',
		'&a ',
		'*a',
	],
	...[
		'http://',
		'https://',
		'localhost',
		'127.0.0.1',
		'0x7f.1',
		'2130706433',
		'[::1]',
		'[::ffff:7f00:1]',
		'b\u00fccher',
	],
	...[
		'Digest ',
		'Basic ',
		'realm=',
		'nonce="',
		'qop="auth"',
		'env:',
		'file:',
		'name',
		'__proto__',
		'constructor',
	],
	...[
		'\r\n',
		'\n',
		'\t',
		'\0',
		'\u001b[31m',
		'\u202e',
		'\ud800',
		'\ufeff',
		'- ',
		'!!str ',
		'|',
		'>',
		'---\n',
		'${',
		'}',
	],
);
const typed = fc.oneof(
	fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
	fc.string({ unit: anyCharacter, maxLength: 40 }),
);

/** Nothing but a problem may come of a wrong text. */
function problemOnly<T>(work: () => T): T | undefined {
	try {
		return work();
	} catch (error) {
		if (error instanceof Problem) return undefined;
		throw error;
	}
}

const parsers: Record<string, (text: string) => void> = {
	'a duration': (text) => {
		const span = problemOnly(() => parseDuration(text));
		if (span !== undefined && !(Number.isSafeInteger(span) && span >= 0))
			throw new Error(`${span}`);
	},
	'a schedule': (text) => {
		const retry = problemOnly(() => parseRetry(text));
		if (retry !== undefined) parseRetry(retryText(retry));
	},
	'a target': (text) => {
		const url = problemOnly(() => parseTarget(text));
		if (url === undefined) return;
		if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
			throw new Error(url.href);
		isLocalAddress(withoutBrackets(url.hostname));
	},
	'an assignment': (text) => void problemOnly(() => parseAssignment(text, 'set')),
	'a header': (text) => {
		const header = problemOnly(() => parseHeaderFlag(text));
		const texts = [header?.name, header?.value].filter((one) => typeof one === 'string');
		if (texts.some((one) => /[\r\n\0]/.test(one))) throw new Error(text);
	},
	'a credential': (text) => void problemOnly(() => parseCredential(text)),
	'a challenge': (text) => void parseChallenges(text),
	'a path': (text) => {
		const value = valueIn({ name: [{ a: 1 }] }, text);
		if (typeof value === 'function' || value === (Object.prototype as unknown))
			throw new Error(text);
	},
	'a YAML file': (text) => void problemOnly(() => readYaml('a.yaml', text, 'scenario-invalid')),
};

let tried = 0;
const counted = (parse: (text: string) => void) => (text: string) => {
	tried++;
	parse(text);
};
afterAll(() => {
	if (process.env['FUZZ'] !== undefined) process.stdout.write(`${tried} inputs tried\n`);
});

test.each(Object.entries(parsers))(
	'%s of any text is read, or refused with a problem',
	(_what, parse) => {
		expect(() => fc.assert(fc.property(typed, counted(parse)), fuzzRuns(1_000))).not.toThrow();
		expect(Object.keys(Object.prototype)).toEqual([]);
	},
);
