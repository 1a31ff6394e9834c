// The same with what Node brings along: node --test shop.node.mjs
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { sandbox } from 'callback-simulator';
import { shop } from './shop.js';

let bayarcash;
let server;
let own;

before(async () => {
	bayarcash = await sandbox({ providers: ['bayarcash'] });
	const orders = new Map([['ORD-1', { amount: '75.50', state: 'new' }]]);
	const secret = 'sim_bayarcash_secret_0123456789ab';
	server = shop({ api: `${bayarcash.url}/v3/`, secret, orders }).listen(0, '127.0.0.1');
	await once(server, 'listening');
	own = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
	server.close();
	await bayarcash.close();
});

test('from the cart to the receipt', async () => {
	const body = new URLSearchParams({ order: 'ORD-1' });
	const bought = await fetch(`${own}/buy`, { method: 'POST', redirect: 'manual', body });
	assert.equal(bought.headers.get('location'), bayarcash.order('ORD-1').page);
	await bayarcash.settle('ORD-1', 'success');
	const receipt = await fetch(`${own}/receipt?order_number=ORD-1`);
	assert.match(await receipt.text(), /Your order is paid\./);
});
