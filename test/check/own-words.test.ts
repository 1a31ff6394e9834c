import { expect, test } from 'vitest';
import { inOwnWords } from '../../src/check/own-words.ts';
import { rules } from '../../src/check/rules/index.ts';
import type { RuleRecord } from '../../src/model/rule-record.ts';

const iak = { signature: 'field', signatureName: 'sign' } as const;
const bayarcash = { signature: 'field', signatureName: 'checksum' } as const;
const unsigned = { signature: 'none', signatureName: undefined } as const;

const record: RuleRecord = {
	...{ rule: 'checksum-missing', level: 'must', verdict: 'failed', source: null, why: '' },
	title: 'A callback without its checksum is refused',
	hint: 'Refuse with 401 when the checksum is absent; see checksum-wrong-key.',
	reason: 'no checksum: answered 401 "checksum failed"',
	reproduce: 'callsim fire iak/pulsa-success --unsigned',
	evidence: [
		{
			...{ case: 'no checksum', verdict: 'failed', reason: 'no checksum: answered 401' },
			...{ sent: undefined, answer: undefined, before: undefined, after: undefined },
			log: 'checksum mismatch',
		},
	],
};

test('a rule speaks of what the provider calls it', () => {
	const told = inOwnWords(record, iak);
	expect(told).toMatchObject({
		rule: 'checksum-missing',
		title: 'A callback without its `sign` is refused',
		hint: 'Refuse with 401 when the `sign` is absent; see checksum-wrong-key.',
	});
	expect(inOwnWords(record, unsigned).title).toBe('A callback without its signature is refused');
	expect(inOwnWords(record, bayarcash)).toEqual(record);
});

test('what the receiver wrote stays as it wrote it', () => {
	const { reason, evidence } = inOwnWords(record, iak);
	expect(reason).toBe('no `sign`: answered 401 "checksum failed"');
	expect(evidence[0]).toMatchObject({ case: 'no `sign`', log: 'checksum mismatch' });
});

test.each(rules.map(({ id, title, hint, why }) => [id, title, hint, why]))(
	'%s is told to a shop of IAK without a word of Bayarcash',
	(id, title, hint, why) => {
		const told = inOwnWords({ ...record, rule: id, title, hint, why }, iak);
		expect(`${told.title}\n${told.hint}\n${told.why}`).not.toMatch(/(?<!-)\bchecksum\b(?!-)/);
	},
);

test.each([
	[iak, '`sign`'],
	[bayarcash, 'checksum'],
	[{ signature: 'header', signatureName: 'X-Signature' } as const, '`X-Signature`'],
	[{ signature: 'digest', signatureName: undefined } as const, 'Digest answer'],
	[unsigned, 'signature'],
])('what %j signs with is a %s, in what happened to others too', (proof, word) => {
	const why = 'One shop believes any checksum.';
	expect(inOwnWords({ ...record, why }, proof).why).toBe(`One shop believes any ${word}.`);
});
