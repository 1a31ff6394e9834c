import { describe, expect, test } from 'vitest';
import { deepest, isTooDeep } from '../../src/model/depth.ts';
import { bodyOf, composed, type TextShaping } from '../support/catalogue.ts';

const id = 'bayarcash/transaction-success';
const lists = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const tags = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
const json: TextShaping = { encoding: 'json' };

describe('XML that no provider sends is a problem', () => {
	test.each([
		['a name of JavaScript’s', '<a><__proto__>1</__proto__></a>'],
		['another', '<a><constructor>1</constructor></a>'],
		['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
		[
			'entities that multiply',
			'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a><x>&c;</x></a>',
		],
		['an empty document type', '<!doctype a><a><b>1</b></a>'],
		['120 nested elements', tags(120)],
		['3,000 nested elements', tags(3_000)],
		['an element that is not closed', '<a><b>1</a>'],
		['nothing but a sign', '<'],
		['a comment without end', '<!-- <a>'],
	])('%s', async (_what, body) => {
		await expect(composed(id, { body })).rejects.toMatchObject({
			name: 'Problem',
			code: 'body-invalid',
		});
	});

	test.each([
		[
			'attributes and instructions',
			'<?xml version="1.0"?><?x y?><a b="1">\n<amount c="d">5.00</amount></a>',
			'5.00',
		],
		['CDATA', '<a><amount><![CDATA[<5>]]></amount></a>', '<5>'],
		['entities of XML’s own', '<a><amount>&lt;5&gt;</amount></a>', '<5>'],
	])('%s are read', async (_what, body, amount) => {
		const { amount: sent } = JSON.parse(bodyOf(await composed(id, { ...json, body }))) as {
			amount: string;
		};
		expect(sent).toBe(amount);
	});
});

describe('what is nested deeper than anything that is sent is a problem', () => {
	test.each([
		{ add: [`x:=${lists(3_000)}`] },
		{ add: [`x:=${objects(3_000)}`] },
		{ add: [`x:=${objects(100_000)}`] },
		{ add: [`${'a.'.repeat(3_000)}a=1`] },
		{ set: [`payer_name:=${objects(3_000)}`] },
		{ tamper: [`payer_name:=${lists(3_000)}`] },
		{ body: objects(3_000) },
		{ body: lists(100_000) },
		{ body: `amount=1&x${'[a]'.repeat(3_000)}=1` },
	] satisfies TextShaping[])('shaping %#', async (shaping) => {
		const problem = await composed(id, { ...json, ...shaping }).catch((error: unknown) => error);
		expect(problem).toMatchObject({
			name: 'Problem',
			message: expect.stringMatching(/deeper than 100 levels/) as string,
		});
		expect((problem as Error).message.length).toBeLessThan(400);
	});

	test('and what is just within it is sent as it is', async () => {
		const body = bodyOf(await composed(id, { ...json, add: [`x:=${objects(deepest)}`] }));
		expect(body).toContain(`"x":${objects(deepest)}`);
	});

	test('a value that holds itself is too deep, and telling so ends', () => {
		const cycle: Record<string, unknown> = {};
		cycle['a'] = cycle;
		cycle['b'] = [cycle, cycle];
		expect(isTooDeep(cycle)).toBe(true);
	});
});

describe('names that every object inherits are names like any other', () => {
	test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s', async (name) => {
		await expect(composed(id, { set: [`${name}=1`] })).rejects.toMatchObject({
			code: 'path-unknown',
		});
		await expect(composed(id, { unset: [name] })).rejects.toMatchObject({ code: 'path-unknown' });
		expect(bodyOf(await composed(id, { ...json, add: [`${name}=1`] }))).toContain(`"${name}":"1"`);
		expect(bodyOf(await composed(id, { ...json, add: [`${name}.x=1`] }))).toContain(
			`"${name}":{"x":"1"}`,
		);
		expect(
			bodyOf(await composed(id, { ...json, body: `{"amount":"1","${name}":{"x":1}}` })),
		).toContain(`"${name}":{"x":1}`);
		expect(bodyOf(await composed(id, { ...json, body: `amount=1&${name}[x]=1` }))).toContain(
			`"${name}":{"x":"1"}`,
		);
	});

	test('an object that says it is a number is an object', async () => {
		const value = '{"isLosslessNumber":true,"value":"5","toString":5}';
		expect(bodyOf(await composed(id, { ...json, add: [`x:=${value}`] }))).toContain(`"x":${value}`);
	});
});

test('the fields of a form are as they came: the last value, in the first place, of ten thousand too', async () => {
	const body = 'amount=1&x[a]=1&amount=2&x[b]=2&y=1&y[a]=2&z[a]=1&z=2';
	const sent = JSON.parse(bodyOf(await composed(id, { ...json, body }))) as Record<string, unknown>;
	expect(sent).toMatchObject({ amount: '2', x: { a: '1', b: '2' }, y: { a: '2' }, z: '2' });
	const many = Array.from({ length: 10_000 }, (_, at) => `f${at}=${at}`).join('&');
	expect(bodyOf(await composed(id, { body: `amount=1&${many}` }))).toContain('&f9999=9999');
});
