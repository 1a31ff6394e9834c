import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { carriesField, carriesRole, hasChoice, hasOption } from '../../src/compose/carries.ts';
import { credentialNames, credentialsUsed } from '../../src/compose/credentials-used.ts';
import { formatTime, offsetMinutes } from '../../src/compose/format-time.ts';
import { missingFieldWarnings } from '../../src/compose/missing-fields.ts';
import { requestUrl } from '../../src/compose/url.ts';
import type { CallbackEvent, MessageFile } from '../../src/model/provider.ts';
import { Secret } from '../../src/model/secret.ts';
import { told } from '../../src/model/words.ts';

const message = (more: object) => more as unknown as MessageFile;

describe('the credentials that a request rests on', () => {
	const listed = message({
		signature: { over: { fields: ['a'] }, key: 'key', into: { field: 'sign' } },
		headers: { 'x-user': '${cred.user}', 'x-key': '${cred.key}' },
	});
	const text = message({
		signature: { over: '${cred.user}${cred.key}${a}', into: { header: 'x-sign' } },
	});
	const digest = message({ digest: { username: 'user', password: 'password' } });

	test.each<[string, MessageFile, object, string[]]>([
		['of a list', listed, {}, ['key', 'user']],
		['of a text', text, {}, ['user', 'key']],
		['of a login', digest, {}, ['user', 'password']],
		['of a login that is not used', digest, { unsigned: true }, []],
		['of headers alone, unsigned', listed, { unsigned: true }, ['user', 'key']],
		['of raw bytes under a field', listed, { rawBody: new Uint8Array() }, ['user', 'key']],
		['of raw bytes under a header', text, { rawBody: new Uint8Array() }, ['user', 'key']],
		['of nothing', message({}), {}, []],
	])('%s', (_name, of, shaping, names) => {
		expect(credentialNames(of, shaping)).toEqual(names);
	});

	test('are whose the first of them is', () => {
		const credentials = (name: string) =>
			new Secret(name, 'x', name === 'key' ? 'own' : 'simulator');
		expect(credentialsUsed(listed, {}, credentials)).toBe('own');
		expect(credentialsUsed(text, {}, credentials)).toBe('simulator');
		expect(credentialsUsed(message({}), {}, credentials)).toBe('none');
	});
});

test('signed fields that a body lacks are told, with how many there are', () => {
	const signed = message({ signature: { over: { fields: ['a', 'b.c', 'd'] } } });
	const warnings = (values: object, of = signed) =>
		missingFieldWarnings(of, values as never).map((text) => told(text, flagWords));
	expect(warnings({ a: null, b: { c: 1 }, d: '' })).toEqual([]);
	expect(warnings({ a: 1, b: {} })).toEqual([expect.stringMatching(/^--body .*2 of 3.*b\.c, d$/)]);
	expect(warnings({}, message({}))).toEqual([]);
	expect(warnings({}, message({ signature: { over: '${a}' } }))).toEqual([]);
});

describe('an event', () => {
	const event = {
		id: 'shop/paid',
		provider: { sources: {} },
		message: {
			fields: ['order', 'sum', 'late'],
			roles: { reference: 'order', amount: 'pin', state: 'nowhere' },
			choices: { encoding: { form: {}, json: {} }, auth: { none: {} } },
			derive: { sum: '${unsent}' },
			claims: {},
		},
		file: {
			values: { order: 'A', sum: '1', unsent: '1', idle: '1' },
			vars: { pin: '1' },
			claims: {},
		},
	} as unknown as CallbackEvent;

	test('carries a field where it sends it, or makes others of it', () => {
		expect(carriesField(event, 'order')).toBe(true);
		expect(carriesField(event, 'pin')).toBe(true);
		expect(carriesField(event, 'unsent')).toBe(true);
		expect(carriesField(event, 'idle')).toBe(false);
		expect(carriesField(event, 'late')).toBe(false);
		expect(carriesField(event, 'constructor')).toBe(false);
	});

	test('carries a role where its field, or its variable, is there', () => {
		expect(carriesRole(event, 'reference')).toBe(true);
		expect(carriesRole(event, 'amount')).toBe(true);
		const without = (roles: object) =>
			({ ...event, message: { ...event.message, roles } }) as CallbackEvent;
		expect(carriesRole(without({}), 'reference')).toBe(false);
		expect(carriesRole(without({ reference: 'late' }), 'reference')).toBe(false);
	});

	test('has the options of its choices', () => {
		expect([hasOption(event, 'json'), hasOption(event, 'xml')]).toEqual([true, false]);
		expect(hasChoice(event, 'encoding', 'json')).toBe(true);
		expect(hasChoice(event, 'encoding', 'xml')).toBe(false);
		expect(hasChoice(event, 'constructor', 'json')).toBe(false);
	});
});

test.each([
	['http://a/b', '?', 'http://a/b?q=1'],
	['http://a/b?x=1', '?', 'http://a/b?x=1?q=1'],
	['http://a/b?x=1', '&', 'http://a/b?x=1&q=1'],
	['http://a/b', '&', 'http://a/b?q=1'],
	['http://a/b?', '&', 'http://a/b?q=1'],
	['http://a/b#top', '&', 'http://a/b?q=1'],
] as const)('%s takes a query behind %s as %s', (target, append, url) => {
	expect(requestUrl(new URL(target), 'q=1', append).href).toBe(url);
});

describe('a time', () => {
	test.each([
		['+08:00', 480],
		['-03:30', -210],
		['Z', 0],
		['+00:00', 0],
		['x+08:00', 0],
		['+08:00x', 0],
	])('in the zone %s is %i minutes from UTC', (zone, minutes) => {
		expect(offsetMinutes(zone)).toBe(minutes);
	});

	// date -u -d @1768473045
	test.each([
		['yyyy-MM-dd HH:mm:ss.SSS', '+08:00', '2026-01-15 18:30:45.067'],
		['yyMMdd', '-12:00', '260114'],
		['unix', '+08:00', '1768473045'],
		['iso', '+00:00', '2026-01-15T10:30:45.067Z'],
		['iso', '+07:00', '2026-01-15T17:30:45.067+07:00'],
		['at d', '+07:00', 'at d'],
	])('as %s in %s is %s', (format, zone, text) => {
		expect(formatTime(format, Date.parse('2026-01-15T10:30:45.067Z'), zone)).toBe(text);
	});
});
