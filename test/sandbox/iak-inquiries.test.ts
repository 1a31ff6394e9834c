import { describe, expect, test } from 'vitest';
import { lastNote, openIak } from '../support/iak-shop.ts';

const pln = {
	meter_no: '548933889287',
	subscriber_id: '12345678901',
	name: 'Sintya Oktaviani',
	segment_power: 'R1 /000001300',
	message: 'SUCCESS',
	rc: '00',
};

describe('what is asked before a top-up', () => {
	test('a PLN meter: the documented one has a name, every other is refused', async () => {
		const { box, ask } = await openIak();
		const v2 = (customer_id: string) => ask('/api/inquiry-pln', customer_id, { customer_id });
		const v1 = (hp: string) => ask('/v1/legacy/index', hp, { commands: 'inquiry_pln', hp });
		expect((await v2('12345678901')).json).toEqual({
			data: { status: '1', customer_id: '12345678901', ...pln },
		});
		expect((await v1('12345678901')).json).toEqual({
			data: { status: 1, hp: '12345678901', ...pln },
		});
		const wrong = { message: 'INCORRECT DESTINATION NUMBER', rc: '14' };
		expect((await v2('12345678902')).json.data).toEqual({ status: '2', ...wrong });
		expect((await v1('1')).json.data).toEqual({ status: 2, ...wrong });
		expect(lastNote(box)).toContain('12345678901 alone');
	});

	test('an OVO wallet', async () => {
		const { ask } = await openIak();
		const asked = (customer_id: string) => ask('/api/inquiry-ovo', customer_id, { customer_id });
		expect((await asked('082179374708')).json.data).toEqual({
			...{ status: '1', customer_id: '082179374708', name: 'OVO shXXXy' },
			...{ message: 'SUCCESS', rc: '00' },
		});
		expect((await asked('0817777215')).json.data).toMatchObject({ status: '2', rc: '14' });
	});

	test.each([
		['0817777215', 'XL'],
		['+62817777215', 'XL'],
		['081234567890', 'TELKOMSEL'],
		['085155555555', 'by.U'],
		['0851234567', 'TELKOMSEL'],
		['0856000000', 'INDOSAT'],
		['0838000000', 'AXIS'],
		['0888000000', 'SMARTFREN'],
		['0895000000', 'THREE'],
		['0800000000', undefined],
	])('the operator of %s is %s', async (customer_id, operator) => {
		const { ask } = await openIak();
		const { json } = await ask('/api/check-operator', 'op', { customer_id });
		expect(json.data).toMatchObject(
			operator === undefined ? { rc: '14' } : { operator, message: 'SUCCESS', rc: '00' },
		);
	});

	test.each([
		['103', '156378300|8483', { username: 'budi', status: 1, message: 'SUCCESS', rc: '00' }],
		['103', '156378300', { status: 2, message: 'INCORECT DESTINATION NUMBER', rc: '14' }],
		['104', '156378300|8483', { status: 2, message: 'CODE NOT FOUND', rc: '20' }],
	])('a player of game %s: %s', async (game_code, customer, answer) => {
		const { ask } = await openIak();
		const v2 = await ask('/api/inquiry-game', game_code, { game_code, customer_id: customer });
		const v1 = await ask('/v1/legacy/index', game_code, {
			...{ commands: 'check-game-id', game_code, hp: customer },
		});
		expect([v2.json.data, v1.json.data]).toEqual([answer, answer]);
	});

	test('the servers of a game', async () => {
		const { ask } = await openIak();
		const v2 = (game_code: string) => ask('/api/inquiry-game-server', game_code, { game_code });
		const success = { status: 1, message: 'SUCCESS', rc: '00' };
		expect((await v2('103')).json.data).toEqual({ servers: [], ...success });
		expect((await v2('142')).json.data).toEqual({
			servers: [
				{ name: 'Test 1', value: '90001' },
				{ name: 'Test 2', value: '90002' },
			],
			...success,
		});
		const v1 = await ask('/v1/legacy/index', '100', {
			...{ commands: 'game-server-list', game_code: '100' },
		});
		expect([v1.status, v1.json.data.message]).toEqual([400, 'CODE NOT FOUND']);
	});

	test.each([
		['103', '00', '[userid]|[zoneid]'],
		['135', '00', '[userid]'],
		['140', '00', '[rolename]|[userid]|[zoneid]'],
		['127', '00', '[userid]|[serverId]'],
		['142', '00', '[rolename]|[serverId]'],
		['104', '143', undefined],
		['1234', '20', undefined],
		['claim', '20', undefined],
		['constructor', '20', undefined],
	])('how a player of game %s is written: rc %s, %s', async (game_code, rc, formatGameId) => {
		const { ask } = await openIak();
		for (const answer of [
			await ask('/api/game/format', game_code, { game_code }),
			await ask('/v1/legacy/index', game_code, { commands: 'game-format-id', game_code }),
		]) {
			expect(answer.json.data.rc).toBe(rc);
			expect(answer.json.data.formatGameId).toBe(formatGameId);
		}
	});

	test.each([
		['/api/inquiry-pln', '821b482f34cfc74a57b67d357aad147f', { customer_id: '12345678901' }],
		['/api/inquiry-ovo', '80775ac995bbc79ff2f6d132aa204a79', { customer_id: '082179374708' }],
		['/api/check-operator', 'c277d618843abb8c807566d835bc6c71', { customer_id: '0817777215' }],
		['/api/game/format', '9ee018f69217659f8e5879eb37a494c2', { game_code: '103' }],
		['/api/inquiry-game-server', '9ee018f69217659f8e5879eb37a494c2', { game_code: 103 }],
	])('%s is signed as documented: %s', async (path, signed, fields) => {
		const { ask } = await openIak();
		expect((await ask(path, '', { sign: signed, ...fields })).json.data.rc).toBe('00');
		const { json } = await ask(path, 'bl', fields);
		expect(json.data).toEqual({ status: 2, message: 'WRONG AUTHENTICATION', rc: '204' });
	});

	test('the mail of an eSIM, for a top-up that is known', async () => {
		const { ask, buy } = await openIak();
		const { tr_id } = (await buy('order001')).json.data;
		const asked = (id: unknown) =>
			ask('/api/esim/notification/activation', String(id), { tr_id: id });
		expect((await asked(tr_id)).json.data.rc).toBe('00');
		expect((await asked('1')).json.data.rc).toBe('06');
	});
});
