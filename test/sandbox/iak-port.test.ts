import { fire } from 'callback-simulator';
import { expect, test } from 'vitest';
import { sign, username } from '../support/iak-shop.ts';
import { type Answer, call } from '../support/open-sandbox.ts';
import { serve } from '../support/server.ts';

type Fire = Parameters<typeof fire>[1];

/** A shop that believes only check-status, which it asks while it is told. */
async function asking(path: '/api/check-status' | '/v1/legacy/index', ref_id: string) {
	const answers: Answer[] = [];
	let api = '';
	const { url } = await serve(async (_, response) => {
		const commands = path === '/v1/legacy/index' && { commands: 'inquiry' };
		const fields = { username, ref_id, sign: sign(ref_id), ...commands };
		answers.push(await call('POST', `${api}${path}`, fields));
		response.end('OK');
	});
	const onSandbox = (told: string) => {
		api = told;
	};
	const fired = async (event: string, more: Omit<Fire, 'to'> = {}) => {
		await fire([event], { sandboxPort: 0, onSandbox, retry: 'none', to: url, ...more });
		return answers.at(-1)?.json.data;
	};
	return { fired };
}

test('a top-up can be asked for before its callback has been answered, on V1 and V2', async () => {
	const v2 = await asking('/api/check-status', 'INV-7');
	const said = { set: { ref_id: 'INV-7' }, amount: '75500' };
	expect(await v2.fired('iak/pln-success', { variant: ['v2'], ...said })).toEqual({
		...{ ref_id: 'INV-7', status: 1, product_code: 'hpln20000', customer_id: '12345678901' },
		...{ price: 75500, message: 'SUCCESS', balance: 996974249, tr_id: 3488, rc: '00' },
		sn: '0123-4567-8901-2345-6789/PT INDOBEST ARTHA KREASI/R1 /000001300/66.2',
	});
	const v1 = await asking('/v1/legacy/index', 'order001');
	expect(await v1.fired('iak/game-success')).toMatchObject({
		...{ code: 'hsteam12000', hp: '0817777215', status: 1, rc: '00', pin: '123456789' },
	});
	expect(await v1.fired('iak/game-failed')).toMatchObject({ status: 2, rc: '07', price: 16500 });
	expect(await v1.fired('iak/process', { set: { ref_id: 'order001' } })).toMatchObject({
		...{ status: 0, rc: '39', message: 'PROCESS' },
	});
});

test.each([
	['tampered', { tamper: { price: '1' } }],
	['unsigned', { unsigned: true }],
	['signed with another key', { wrongKey: true }],
])('a callback that is %s changes nothing there', async (_, broken) => {
	const { fired } = await asking('/api/check-status', 'order002');
	expect(await fired('iak/pulsa-success', broken)).toMatchObject({ rc: '06' });
});
