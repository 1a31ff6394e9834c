import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readProviders } from '../../src/catalogue/read-folder.ts';
import { nearestName } from '../../src/model/suggest.ts';
import { fixtures } from '../support/catalogue.ts';

/** A copy of KHOINS in which one file was changed. */
function broken(file: string, change: (text: string) => string): string {
	const root = mkdtempSync(join(tmpdir(), 'callsim-fixtures-'));
	cpSync(join(fixtures, 'khoins'), join(root, 'khoins'), { recursive: true });
	const path = join(root, 'khoins', file);
	writeFileSync(path, change(readFileSync(path, 'utf8')));
	return root;
}

const lineOf = (file: string, part: string) =>
	readFileSync(join(fixtures, 'khoins', file), 'utf8')
		.slice(0, readFileSync(join(fixtures, 'khoins', file), 'utf8').indexOf(part))
		.split('\n').length;

describe('a mistake in a fixture is named with file, line and field', () => {
	test.each([
		[
			'provider.json',
			'"method": "POST"',
			'"method": "PSOT"',
			'messages.transaction.method must be one of POST, GET, PUT',
		],
		['provider.json', '"text": [', '"texts": [', 'messages.transaction.texts is an unknown key'],
		['provider.json', '"zone": "+07:00"', '"zone": "WIB"', 'zone must match pattern'],
		[
			'provider.json',
			'["documented", "transaction"]',
			'["documentd", "transaction"]',
			'claims.fields says "documentd"',
		],
		[
			'provider.json',
			'["documented", "transaction"]',
			'["documented", "nowhere"]',
			'claims.fields names the source "nowhere"',
		],
		[
			'provider.json',
			'["documented", "transaction"]',
			'["documented", null]',
			'claims.fields is documented but names no source',
		],
		[
			'provider.json',
			'"reference": "refid"',
			'"reference": "refld"',
			'roles.reference names "refld", which is no field',
		],
		[
			'provider.json',
			'"retry": "none"',
			'"retry": "3x60"',
			'retry "3x60" says no unit of its pause',
		],
		[
			'provider.json',
			'"message.trxid": "${refid}"',
			'"message.trxid": "${reffid}"',
			'derive.message.trxid has "${reffid}", which is neither',
		],
		['provider.json', '${digits:5}', '${digits:x}', 'fresh.id has "${digits:x}": say how many'],
		[
			'provider.json',
			'${now:yyMMddHHmmss}',
			'${now:YYMMdd}',
			'fresh.refid has "${now:YYMMdd}": a time is written with',
		],
		[
			'provider.json',
			'"serial": "sn"',
			'"serial": "s"',
			'roles.serial names "s", which is no field',
		],
		[
			'provider.json',
			'"serial": "sn"',
			'"names": ["refid", "s"]',
			'roles.names names "s", which is no field',
		],
		[
			'provider.json',
			'"text": ["message"],',
			'"text": ["message"], "unlisted": { "refid": "x" },',
			'unlisted.refid is',
		],
		[
			'provider.json',
			'"reference": "memberid",',
			'"reference": "memberid", "serial": "trxidd",',
			'roles.serial names "trxidd", which is no field',
		],
		[
			'provider.json',
			'["transaction-malformed"]',
			'["malformed"]',
			'unreadable.0 names "malformed", which is no event',
		],
		[
			'provider.json',
			'{ "message.status": "Proses" }',
			'{ "status": "Proses" }',
			'status is not under "outcomeFields"',
		],
		[
			'transaction-failed.json',
			'"refid": "abc-123"',
			'"refidd": "abc-123"',
			'values.refidd is not under "fields"',
		],
		[
			'transaction-success.json',
			'${price|dots}',
			'${price|dotz}',
			'derive.message.message uses "|dotz"',
		],
		[
			'transaction-failed.json',
			'"message": "transaction"',
			'"message": "transction"',
			'message names "transction"',
		],
		['transaction-success.json', '"short"', '"shrt"', 'options.shrt is no option'],
		// Names that every object inherits, and keys whose value no schema would see.
		[
			'transaction-failed.json',
			'"message": "transaction"',
			'"message": "constructor"',
			'message names "constructor"',
		],
		[
			'transaction-failed.json',
			'"message": "transaction"',
			'"message": "__proto__"',
			'message names "__proto__"',
		],
		[
			'provider.json',
			'["documented", "transaction"]',
			'["documented", "toString"]',
			'claims.fields names the source "toString"',
		],
		[
			'provider.json',
			'"messages": {',
			'"messages": { "$ref": "x",',
			'messages.$ref is no name that may stand here',
		],
		[
			'provider.json',
			'"messages": {',
			'"messages": { "__proto__": {},',
			'messages.__proto__ is no name that may',
		],
		[
			'provider.json',
			'"credentials": {',
			'"credentials": { "__proto__": 5',
			'credentials.__proto__ is no name that may',
		],
	])('%s: %s', (file, before, after, expected) => {
		const root = broken(file, (text) => text.replace(before, after));
		expect(() => readProviders(root)).toThrow(
			expect.objectContaining({
				code: 'fixture-invalid',
				message: expect.stringMatching(
					new RegExp(
						`${file}:${lineOf(file, before)}:\\d+: .*${expected.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`,
					),
				) as string,
			}),
		);
	});

	test('a key of two lines is refused like any other, not read past the schema', () => {
		const root = broken('provider.json', (text) =>
			text.replace('"derive": {', '"derive": { "a\\nb": 5,'),
		);
		expect(() => readProviders(root)).toThrow(expect.objectContaining({ code: 'fixture-invalid' }));
	});

	test.each([
		['closed', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
		['and not', '['.repeat(20_000)],
	])('what is nested without end is a problem, %s', (_what, value) => {
		const root = broken('transaction-failed.json', (text) =>
			text.replace('"values": {', `"values": { "a": ${value},`),
		);
		expect(() => readProviders(root)).toThrow(
			expect.objectContaining({
				code: 'fixture-invalid',
				message: expect.stringContaining('transaction-failed.json') as string,
			}),
		);
	});

	test('what is no JSON is named with the place where it stops being JSON', () => {
		const root = broken('transaction-failed.json', (text) => text.replace('"clock":', '"clock"'));
		expect(() => readProviders(root)).toThrow(
			expect.objectContaining({
				message: expect.stringMatching(
					/transaction-failed\.json:\d+:\d+: not JSON \(colon expected\)/,
				) as string,
			}),
		);
	});

	test('a folder without a provider is a problem', () => {
		expect(() => readProviders(mkdtempSync(join(tmpdir(), 'callsim-empty-')))).toThrow(
			expect.objectContaining({ code: 'file-unreadable' }),
		);
		expect(() => readProviders('/does/not/exist')).toThrow(
			expect.objectContaining({ code: 'file-unreadable' }),
		);
	});
});

test('the nearest name is one that could be meant, or none', () => {
	const names = ['bayarcash', 'iak', 'khoins', 'transfez'];
	expect(nearestName('bayarcsh', names)).toBe('bayarcash');
	expect(nearestName('IAK', names)).toBe('iak');
	expect(nearestName('fier', ['after', 'fire'])).toBe('fire');
	expect(nearestName('stripe-webhooks', names)).toBeUndefined();
	expect(nearestName('x', [])).toBeUndefined();
});

test('samples hold nobody’s data: only invented names, reserved domains and the documents’ own numbers', () => {
	const allowed = /^(mohd\.ali@example\.com|siti\+test@example\.com|ahmad@example\.com)$/;
	const numbers = new Set([
		'0817777215',
		'089612345678',
		'081234567890',
		'1172993826',
		'111112222233333',
		'033112228108',
		'000001300',
	]);
	for (const { provider } of readProviders(fixtures)) {
		for (const file of [
			'provider.json',
			'vectors.json',
			...Object.keys(readProviders(join(fixtures, provider.id))[0]?.events ?? {}).map(
				(name) => `${name}.json`,
			),
		]) {
			const text = readFileSync(join(fixtures, provider.id, file), 'utf8');
			for (const [mail] of text.matchAll(/[\w.+-]+@[\w-]+\.[\w.]+/g)) expect(mail).toMatch(allowed);
			for (const [number] of text.matchAll(/(?<![\w-])(?:0|62|60)8?\d{8,12}(?!\w)/g))
				expect(numbers).toContain(number);
		}
	}
});
