import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { parseAssignment } from '../../src/compose/assignment.ts';
import { faultNames, refuseFaultWithoutSignature } from '../../src/compose/faults.ts';
import { refuseContradictions, type Shaping } from '../../src/compose/shaping.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { CallbackEvent, MessageFile } from '../../src/model/provider.ts';

const problemOf = (work: () => void) => {
	try {
		work();
	} catch (error) {
		return { code: (error as Problem).code, ...(error as Problem).in(flagWords) };
	}
	return undefined;
};
const bytes = new Uint8Array();
const one = [parseAssignment('a=1', 'set')];

describe('what is said of a callback', () => {
	const judge = (shaping: Shaping) => problemOf(() => refuseContradictions(shaping));

	test.each<[string, Shaping]>([
		['--ref', { ref: '1' }],
		['--amount', { amount: '1' }],
		['--set', { set: one }],
		['--add', { add: one }],
		['--unset', { unset: ['a'] }],
		['--body', { body: '' }],
		['--fresh', { fresh: true }],
		['--tamper', { tamper: one }],
		['--unsigned', { unsigned: true }],
	])('contradicts itself with raw bytes and %s', (flag, shaping) => {
		expect(judge({ ...shaping, rawBody: bytes })).toEqual({
			code: 'option-conflict',
			message: expect.stringMatching(new RegExp(`^--raw-body and ${flag}\\b`)) as string,
			hint: expect.stringContaining('--body') as string,
		});
		expect(judge(shaping)).toBeUndefined();
	});

	test('contradicts itself with no signature and one of another key', () => {
		expect(judge({ unsigned: true, wrongKey: true })).toEqual({
			code: 'option-conflict',
			message: expect.stringMatching(/--unsigned and --wrong-key/) as string,
			hint: expect.stringMatching(/\w/) as string,
		});
	});

	test.each<Shaping>([
		{},
		{ rawBody: bytes },
		{ rawBody: bytes, set: [], add: [], unset: [], tamper: [], fresh: false, unsigned: false },
		{ rawBody: bytes, wrongKey: true, variants: ['json'] },
		{ unsigned: true, wrongKey: false },
	])('does not with %j', (shaping) => {
		expect(judge(shaping)).toBeUndefined();
	});
});

test('the ways in which a callback is broken on purpose are named', () => {
	expect(faultNames({})).toEqual([]);
	expect(faultNames({ tamper: [], unsigned: false, wrongKey: false })).toEqual([]);
	expect(faultNames({ tamper: one, unsigned: true, wrongKey: true })).toEqual([
		'tamper',
		'unsigned',
		'wrong-key',
	]);
});

describe('a fault', () => {
	const event = { id: 'shop/paid' } as CallbackEvent;
	const message = (more: object) => more as MessageFile;
	const field = message({ signature: { into: { field: 'sign' } } });
	const header = message({ signature: { into: { header: 'x-sign' } } });
	const digest = message({ digest: { username: 'user', password: 'password' } });
	const nothing = message({});
	const judge = (of: MessageFile, shaping: Shaping) =>
		problemOf(() => refuseFaultWithoutSignature(event, of, shaping));

	test.each<[string, string, MessageFile, Shaping, string]>([
		['--unsigned', 'nothing is signed', nothing, { unsigned: true }, '--unsigned'],
		['--wrong-key', 'nothing is signed', nothing, { wrongKey: true }, '--wrong-key'],
		['--tamper', 'nothing is signed', nothing, { tamper: one }, '--set'],
		['--tamper', 'a login is all the proof', digest, { tamper: one }, '--set'],
		[
			'--wrong-key',
			'raw bytes carry no field',
			field,
			{ wrongKey: true, rawBody: bytes },
			'--body',
		],
	])('%s is refused where %s', (flag, _why, of, shaping, hint) => {
		expect(judge(of, shaping)).toEqual({
			code: 'nothing-signed',
			message: expect.stringMatching(new RegExp(`^${flag}: `)) as string,
			hint: expect.stringContaining(hint) as string,
		});
	});

	test.each<[MessageFile, Shaping]>([
		[field, { unsigned: true }],
		[field, { wrongKey: true, tamper: one }],
		[header, { wrongKey: true, rawBody: bytes }],
		[digest, { unsigned: true }],
		[digest, { wrongKey: true, rawBody: bytes }],
		[field, { rawBody: bytes }],
		[nothing, { tamper: [] }],
		[nothing, {}],
	])('that breaks something is none to refuse: %j with %j', (of, shaping) => {
		expect(judge(of, shaping)).toBeUndefined();
	});
});
