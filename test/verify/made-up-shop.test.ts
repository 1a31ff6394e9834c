import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Received } from '../../src/capture/received.ts';
import type { VerdictContext } from '../../src/verify/verdict.ts';
import { verdictOfSeveral } from '../../src/verify/verdict-of-several.ts';
import { verdictOf, verdictOfAny } from '../../src/verify/verify-received.ts';
import { receivedBy, shopContext, shopEvents } from '../support/made-up-shop.ts';

const hmac = (text: string, key = 'my key') => createHmac('sha256', key).update(text).digest('hex');
const paid = { id: 'T7', order: 'A-7', sum: '5.00', state: 'paid', kind: 'payment' };
const signature = hmac('T7|A-7|paid|5.00');
const form = (fields: Readonly<Record<string, string>>) => String(new URLSearchParams(fields));
const genuine = form({ ...paid, sign: signature });
const forged = form({ ...paid, sum: '1.00', sign: signature });
/** The search for mistakes takes its time, and has tests of its own. */
const quick = { unexplained: true };
const judge = (body: string, context: Partial<VerdictContext> = {}, more: Partial<Received> = {}) =>
	verdictOf(receivedBy(body, more), shopContext(context));

describe('a payment', () => {
	test('that is signed as it should be is genuine', async () => {
		expect(await judge(genuine)).toMatchObject({
			genuine: true,
			event: 'shop/payment-paid',
			options: ['form', 'usual'],
			cause: null,
			mistakes: [],
			signature: {
				algorithm: 'hmac-sha256',
				fields: ['id', 'order', 'state', 'sum'],
				canonical: 'T7|A-7|paid|5.00',
				expected: signature,
				received: signature,
			},
		});
	});

	test('is genuine under the option that its signature is made with', async () => {
		const few = form({ ...paid, sign: hmac('T7|5.00') });
		expect(await judge(few)).toMatchObject({ genuine: true, options: ['form', 'few'] });
		// Of so few fields it is said which they are.
		expect((await judge(few)).explanation).toContain('id, sum');
		expect((await judge(genuine)).explanation).toMatch(/fits the values and the key\.$/);
		expect(await judge(few, { ...quick, options: ['form', 'usual'] })).toMatchObject({
			genuine: false,
			options: ['form', 'usual'],
		});
		expect(await judge(few, { options: ['form', 'other'] })).toMatchObject({
			cause: 'unknown-shape',
			event: null,
		});
	});

	test('is explained under the option that explains it', async () => {
		const few = form({ ...paid, sign: hmac('T7|5', 'my key\n') });
		expect(await judge(few)).toMatchObject({
			cause: 'number-reprinted+key-newline',
			options: ['form', 'few'],
		});
	});

	test('with a changed value is not, and no cause is made up', async () => {
		const verdict = await judge(forged);
		expect(verdict).toMatchObject({ genuine: false, cause: null, mistakes: [] });
		expect(verdict.signature?.expected).toBe(hmac('T7|A-7|paid|1.00'));
	});

	test.each([
		['cut', signature.slice(0, 10), 'signature-truncated', '10 of 64'],
		['that is too long', `${signature}00`, 'signature-malformed', '64'],
		['of other signs', 'z'.repeat(64), 'signature-malformed', '64'],
		['in capitals', signature.toUpperCase(), 'signature-upper-case', 'upper-case'],
		['of nothing', '', 'signature-missing', 'sign'],
	])('with a signature %s is told', async (_name, sign, cause, said) => {
		const context = cause === 'signature-upper-case' ? {} : quick;
		const verdict = await judge(form({ ...paid, sign }), context);
		expect(verdict).toMatchObject({ genuine: false, cause });
		expect(verdict.explanation).toContain(said);
	});

	test('without its signature is told, with what is missing', async () => {
		const verdict = await judge(form(paid));
		expect(verdict).toMatchObject({ genuine: false, cause: 'signature-missing' });
		expect(verdict.signature).toMatchObject({ received: null, expected: signature });
		expect(verdict.explanation).toContain('sign');
	});

	test('with a mistake in it is told what was signed', async () => {
		const verdict = await judge(form({ ...paid, sign: hmac('T7A-7paid5.00') }));
		expect(verdict).toMatchObject({ cause: 'no-separator', mistakes: [{ code: 'no-separator' }] });
		expect(verdict.signature?.mistaken).toBe('T7A-7paid5.00');
		const two = await judge(form({ ...paid, sign: hmac('T7A-7paid5.00', 'my key\n') }));
		expect(two.cause).toBe('no-separator+key-newline');
		expect(two.explanation).toContain(', and ');
	});

	test('is not searched for mistakes where nobody asks for them', async () => {
		const sign = hmac('T7A-7paid5.00');
		const body = form({ ...paid, sign });
		expect(await judge(body, { unexplained: true })).toMatchObject({ genuine: false, cause: null });
	});

	test('may have another signature explained in its place', async () => {
		expect(await judge(genuine, { signature: hmac('T7A-7paid5.00') })).toMatchObject({
			genuine: false,
			cause: 'no-separator',
		});
		expect((await judge(forged, { signature: hmac('T7|A-7|paid|1.00') })).genuine).toBe(true);
	});

	test('under the label of another encoding arrives nowhere', async () => {
		const labelled = (body: string) =>
			judge(body, quick, { headers: { 'content-type': 'application/json' } });
		const right = await labelled(genuine);
		expect(right).toMatchObject({ genuine: false, cause: 'wrong-content-type' });
		expect(right.explanation).toMatch(/a form.*application\/json.*genuine/);
		expect(await labelled(form({ ...paid, sign: signature.slice(0, 9) }))).toMatchObject({
			cause: 'wrong-content-type+signature-truncated',
			explanation: expect.stringContaining('9 of 64') as string,
		});
		const json = JSON.stringify({ data: { id: 'T7' } });
		expect((await judge(json)).cause).toBe('unknown-shape');
	});

	test.each([
		['no fields', 'hello', 'unreadable'],
		['a field twice', `${genuine}&sum=1`, 'duplicate-field'],
		['another shape', 'a=1&b=2', 'unknown-shape'],
	])('is not what %s is', async (_name, body, cause) => {
		expect(await judge(body)).toEqual({
			genuine: false,
			event: null,
			options: [],
			cause,
			explanation: expect.stringMatching(/\w.*\.$/) as string,
			signature: null,
			mistakes: [],
			recognised: undefined,
		});
	});
});

describe('a signed field', () => {
	const without = (name: string) =>
		Object.fromEntries(Object.entries(paid).filter(([field]) => field !== name));

	test('that came under another name is told, with proof where its value fits', async () => {
		const named = (fields: Record<string, string>) =>
			judge(form({ ...without('order'), ...fields, sign: signature }), quick);
		for (const name of ['orderNo', 'ORDER', 'or_der', 'invoice']) {
			const verdict = await named({ [name]: 'A-7' });
			expect(verdict).toMatchObject({ genuine: false, cause: 'field-renamed', mistakes: [] });
			expect(verdict.explanation).toMatch(new RegExp(`order came as ${name}\\b.*fits`));
			expect(verdict.signature?.received).toBe(signature);
		}
		const unproved = await named({ ORDER: 'A-2' });
		expect(unproved.cause).toBe('field-renamed');
		expect(unproved.explanation).not.toContain('fits');
		expect((await named({ ordr: 'A-2' })).explanation).toContain('order came as ordr');
		// Its own name in another spelling is nearer than any other name.
		const spelled = await named({ orders: 'x', 'OR-DER': 'A-2' });
		expect(spelled.explanation).toContain('order came as OR-DER');
		expect((await named({ invoice: 'A-2' })).cause).toBe('field-absent');
	});

	test('two that came under other names are told together', async () => {
		const { order: _order, sum: _sum, ...rest } = paid;
		const renamed = form({ ...rest, ORDER: 'A-7', Sum: '5.00', sign: signature });
		expect((await judge(renamed, quick)).explanation).toMatch(
			/order came as ORDER, sum came as Sum.*fits/,
		);
		const one = form({ ...rest, ORDER: 'A-7', sign: signature });
		expect(await judge(one, quick)).toMatchObject({
			cause: 'field-absent',
			explanation: expect.stringMatching(/no order, no sum.*they were/) as string,
		});
	});

	test('that is not there at all is told, also where all that came was signed', async () => {
		const left = await judge(form({ ...without('sum'), sign: signature }), quick);
		expect(left).toMatchObject({ genuine: false, cause: 'field-absent', mistakes: [] });
		expect(left.explanation).toMatch(/no sum.*sign covers.*it was/);
		const all = hmac(['T7', 'payment', 'A-7', 'paid'].join('|'));
		expect((await judge(form({ ...without('sum'), sign: all }))).cause).toBe('field-absent');
		const other = hmac('T7|A-7|paid|', 'my key\n');
		expect((await judge(form({ ...without('sum'), sign: other }))).cause).toBe('key-newline');
	});
});

describe('a payout', () => {
	const body = JSON.stringify({ id: 'P1', to: { bank: 'MBB' }, state: 'sent' });
	const headers = {
		'x-user': 'my user',
		'x-app': 'app my user',
		'x-time': '17',
		'x-sign': hmac('my userP117'),
	};
	const withHeaders = (change: object) =>
		judge(body, quick, { headers: { ...headers, ...change } });

	test('signed with headers is genuine, over the time that they carry', async () => {
		const verdict = await withHeaders({});
		expect(verdict).toMatchObject({ genuine: true, options: ['headers'], cause: null });
		expect(verdict.signature?.canonical).toBe('[secret:user]P117');
		expect(await withHeaders({ 'x-time': '18' })).toMatchObject({ genuine: false });
		expect(verdict.explanation).toMatch(/X-Sign.* covers id, time and/);
	});

	test('in the name of somebody else is told, though its signature fits', async () => {
		expect(await withHeaders({ 'x-user': 'you' })).toMatchObject({
			genuine: false,
			cause: 'wrong-username',
			explanation: expect.stringMatching(/X-Sign fits.*X-User.*user/) as string,
		});
	});

	test('without its signature, or with a part of its headers, is no unsigned one', async () => {
		const { 'x-sign': _sign, ...rest } = headers;
		expect(await judge(body, {}, { headers: rest })).toMatchObject({
			cause: 'signature-missing',
			explanation: expect.stringContaining('X-Sign') as string,
		});
	});

	test('that nothing signs is genuine by its shape, and anybody could have sent it', async () => {
		const verdict = await judge(body);
		expect(verdict).toMatchObject({ genuine: true, options: ['none'], signature: null });
		expect(verdict.explanation).toContain('anybody');
	});
});

describe('of several requests', () => {
	const several = (...readings: Received[]) => verdictOfSeveral(readings, shopContext(quick));
	const other = receivedBy('{"hello":"world"}');

	test('the first callback that is not genuine is told, and which it is', async () => {
		const all = [other, receivedBy(genuine), receivedBy(forged), receivedBy(form(paid))];
		const { verdict, note } = await several(...all);
		expect(verdict).toMatchObject({ genuine: false, cause: null });
		expect(note).toMatch(/^4 .* number 3\b/);
	});

	test('all genuine are genuine, and what else was there is no callback', async () => {
		const two = await several(other, receivedBy(genuine), receivedBy(genuine));
		expect(two).toMatchObject({
			verdict: { genuine: true },
			note: expect.stringMatching(/^3.* 2 /),
		});
		const one = await several(other, receivedBy(genuine));
		expect(one).toMatchObject({
			verdict: { genuine: true },
			note: expect.stringMatching(/^2.* one /),
		});
	});

	test('one alone needs no note', async () => {
		expect(await several(receivedBy(genuine))).toMatchObject({ note: undefined });
		expect(await several(receivedBy(forged))).toMatchObject({
			verdict: { genuine: false },
			note: undefined,
		});
		expect((await several(other, other)).note).toBeUndefined();
	});

	test('one in two readings is one', async () => {
		const reading = { ...receivedBy(genuine), isOtherReading: true } as const;
		expect(await several(receivedBy(forged), reading)).toMatchObject({
			verdict: { genuine: true },
			note: undefined,
		});
		expect(await several(reading)).toMatchObject({ verdict: { genuine: false, event: null } });
	});

	test('fields of the provider’s in another shape are a callback, too', async () => {
		const bent = receivedBy('id=T7&order=A-7&x=1&y=2&z=3&sign=ff');
		expect((await several(receivedBy(genuine), bent)).note).toMatch(/number 2/);
	});

	test('none at all is nothing to read', async () => {
		expect(await several()).toMatchObject({ verdict: { cause: 'unreadable' }, note: undefined });
	});
});

test('of several readings a genuine one wins, then one that has a shape', async () => {
	const any = (...bodies: string[]) =>
		verdictOfAny(
			bodies.map((body) => receivedBy(body)),
			shopContext(quick),
		);
	expect(await any('a=1', forged, genuine)).toMatchObject({ genuine: true });
	expect(await any('a=1', forged)).toMatchObject({ genuine: false, event: 'shop/payment-paid' });
	expect(await any('hello', 'a=1')).toMatchObject({ cause: 'unreadable' });
	expect(await any()).toMatchObject({ cause: 'unreadable', event: null });
});

test('a kind of signature that cannot be checked here is said to be one', async () => {
	const [event] = shopEvents;
	const rsa = { ...event?.message.signature, algorithm: 'rsa-sha256' };
	const { choices: _choices, ...message } = { ...event?.message, signature: rsa };
	const events = [{ ...event, message }] as never;
	expect(await judge(genuine, { events })).toMatchObject({
		genuine: false,
		cause: 'not-supported',
		signature: null,
	});
});

test('a message that is signed as a rule is not genuine without, whatever an old page shows', async () => {
	const [event] = shopEvents;
	const unsigned = { choices: { page: { signed: {}, unsigned: { signature: null } } } };
	const events = [{ ...event, message: { ...event?.message, ...unsigned } }] as never;
	const verdict = await judge(form(paid), { events, options: ['unsigned'] });
	expect(verdict).toMatchObject({ genuine: false, cause: 'signature-missing', signature: null });
	expect(verdict.explanation).toContain('sign');
});
