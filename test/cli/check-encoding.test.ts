import { expect, test } from 'vitest';
import { checked } from '../support/checked.ts';
import { openShop } from '../support/shop.ts';
import { bayarcashIsGenuine } from '../support/verifier.ts';
import { virtualClock } from '../support/virtual-clock.ts';

/** Enough rules to see what becomes of the others. */
const few = [
	'--only',
	'genuine-success,json-body,typed-status,checksum-missing,checksum-wrong-type,duplicate,body-truncated,name-unicode',
];

/** A shop that reads JSON alone. */
const jsonShop = (answer: number) =>
	openShop({ types: /^application\/json/i, refusedType: answer });

test.each([401, 415])(
	'a receiver that takes JSON alone (%i to a form) is told so once, and proved in JSON',
	async (status) => {
		const { origin, flags } = await jsonShop(status);
		const { of, ruleOf, code } = await checked(origin, [...flags, ...few], virtualClock());
		expect([of('failed'), code]).toEqual([['json-body'], 1]);
		expect(ruleOf('json-body')).toMatchObject({
			level: 'must',
			reason: expect.stringContaining('json only'),
		});
		expect(of('passed')).toEqual(
			expect.arrayContaining(['genuine-success', 'checksum-missing', 'duplicate', 'name-unicode']),
		);
	},
);

test('a receiver that acknowledges a form and ignores it, and takes JSON, is told so once', async () => {
	const { origin, flags } = await jsonShop(200);
	const { of, ruleOf } = await checked(origin, [...flags, ...few], virtualClock());
	expect(of('failed')).toEqual(['json-body']);
	expect(ruleOf('json-body')?.reason).toBe(
		'the receiver takes json only, and the wire carries form; a genuine success: answered 200, and nothing happened to the order',
	);
});

test('a receiver that acknowledges JSON and ignores it has one failure, which is no must', async () => {
	const { origin, flags } = await openShop({ types: /^application\/x-www/i, refusedType: 200 });
	const { of, ruleOf, code } = await checked(origin, [...flags, ...few], virtualClock());
	expect([of('failed'), code]).toEqual([['json-body'], 0]);
	expect(ruleOf('json-body')?.level).toBe('should');
	expect(ruleOf('typed-status')?.verdict).toBe('skipped');
});

test('everything is proved in the encoding that was chosen, and the wire is asked about all the same', async () => {
	const { origin, flags } = await jsonShop(415);
	const { of, ruleOf } = await checked(
		origin,
		[...flags, ...few, '--encoding', 'json'],
		virtualClock(),
	);
	expect(of('failed')).toEqual(['json-body']);
	expect(ruleOf('genuine-success')?.verdict).toBe('passed');
});

test('where the encoding that was chosen is not taken, nothing is proved, and what is taken is told', async () => {
	const { origin, flags } = await jsonShop(415);
	const { of, ruleOf, code } = await checked(origin, [...flags, '--encoding', 'form']);
	expect([of('failed'), of('passed'), code]).toEqual([['genuine-success'], [], 1]);
	expect(ruleOf('genuine-success')?.reason).toContain('takes json, and not form');
});

test('the encoding that was chosen is that of every callback where both are taken', async () => {
	const { origin, flags } = await openShop({ types: /json|form/ });
	const only = ['--only', 'genuine-success,duplicate,checksum-missing', '--encoding', 'json'];
	const { of, rules } = await checked(origin, [...flags, ...only]);
	expect(of('passed')).toHaveLength(3);
	for (const { reproduce } of rules) expect(reproduce).toContain('--encoding json');
});

test('a mistake of a receiver that takes JSON alone is found in JSON, and sent again as JSON', async () => {
	const { origin, flags } = await openShop({
		types: /^application\/json/i,
		verify: (fields) => fields['checksum'] === undefined || bayarcashIsGenuine(fields),
	});
	const { of, ruleOf } = await checked(origin, [...flags, '--only', 'checksum-missing,json-body']);
	expect(of('failed').toSorted()).toEqual(['checksum-missing', 'json-body']);
	expect(ruleOf('checksum-missing')?.reproduce).toContain('--encoding json');
});

/** Rules that send JSON, with that about JSON itself. */
const inJson = 'json-body,typed-status,direct-debit,direct-debit-legacy,mandate-approval';

test.each([
	[415, 'warned'],
	[401, 'warned'],
	[500, 'failed'],
])('a receiver that answers %i to all JSON is told so once', async (status, verdict) => {
	const { origin, flags } = await openShop({ refusedType: status });
	const { of, ruleOf } = await checked(origin, [...flags, '--only', inJson]);
	expect([...of('failed'), ...of('warned')]).toEqual(['json-body']);
	expect(ruleOf('json-body')?.verdict).toBe(verdict);
	expect(of('inconclusive')).toEqual(['direct-debit', 'direct-debit-legacy', 'mandate-approval']);
	expect(ruleOf('direct-debit')?.reason).toContain(`everything is answered ${status}`);
});

test('direct debit that is refused beside payments that are taken in JSON is told as such', async () => {
	const { origin, flags } = await openShop({
		types: /json|form/,
		verify: (fields) => fields['mandate_id'] === undefined && bayarcashIsGenuine(fields),
	});
	const { of } = await checked(origin, [...flags, '--only', inJson]);
	expect(of('warned')).toContain('direct-debit');
});

test('direct debit that is refused in JSON is told where nobody asked about JSON', async () => {
	const { origin, flags } = await openShop();
	const { of } = await checked(origin, [...flags, '--only', 'direct-debit']);
	expect(of('warned')).toEqual(['direct-debit']);
});
