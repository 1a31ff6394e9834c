import { expect, test } from 'vitest';
import { checked } from '../support/checked.ts';
import { openShop } from '../support/shop.ts';

const only = ['--only', 'genuine-success,duplicate,extra-fields,pre-transaction,genuine-failure'];

/** A shop that keeps orders of several channels apart. */
const ofChannels = () =>
	openShop({
		before: (fields, response) => {
			if (fields['payment_channel'] !== undefined) return false;
			response.writeHead(422).end('no channel');
			return true;
		},
	});

test('a receiver that needs a field which is not documented is proved with it', async () => {
	const { origin, flags } = await ofChannels();
	const without = await checked(origin, [...flags, ...only]);
	expect(without.of('failed')).toContain('genuine-success');
	const { of, rules } = await checked(origin, [...flags, ...only, '--add', 'payment_channel=5']);
	expect(of('passed')).toHaveLength(5);
	for (const { reproduce } of rules) expect(reproduce).toContain('--add payment_channel=');
});

test('what an event has of itself is not added to it', async () => {
	const { origin, flags } = await openShop();
	const add = ['--add', 'payer_email=a@example.com', '--add', 'amount=1.00'];
	const { of, code } = await checked(origin, [...flags, ...only, ...add]);
	expect([of('failed'), code]).toEqual([[], 0]);
});
