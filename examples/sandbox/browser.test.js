// The payer's part in a real browser: playwright-core, and the Chromium that is there.
import { existsSync } from 'node:fs';
import { sandbox } from 'callback-simulator';
import { chromium } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { shop } from './shop.js';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
let bayarcash;
let server;
let browser;
let page;
let own;

beforeEach(async ({ skip }) => {
	if (!existsSync(executablePath)) skip();
	// Nobody stands still here: the clock runs, and the callback leaves when the payer has chosen.
	bayarcash = await sandbox({ providers: ['bayarcash'], realTime: true });
	const orders = new Map([['ORD-1', { amount: '75.50', state: 'new' }]]);
	const secret = 'sim_bayarcash_secret_0123456789ab';
	server = shop({ api: `${bayarcash.url}/v3/`, secret, orders });
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	own = `http://127.0.0.1:${server.address().port}`;
	browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
	page = await browser.newPage();
});
afterEach(async () => {
	await browser?.close();
	await new Promise((resolve) => (server === undefined ? resolve() : server.close(resolve)));
	await bayarcash?.close();
});

test('a customer buys, pays at the bank, and reads the receipt', async () => {
	await page.goto(own);
	await page.getByRole('button', { name: 'Buy' }).click();
	await page.getByLabel('Bank').selectOption('SBI Bank A – test bank, pays');
	await page.getByRole('button', { name: 'Pay RM 75.50' }).click();
	await page.waitForURL(`${own}/receipt**`);
	expect(await page.locator('body').innerText()).toContain('Your order is paid.');
});

test('a payment that fails can be tried again', async () => {
	await page.goto(own);
	await page.getByRole('button', { name: 'Buy' }).click();
	await page.getByRole('button', { name: 'Let it fail' }).click();
	await page.waitForURL(`${own}/receipt**`);
	expect(await page.locator('body').innerText()).toContain('failed');
	await page.goto(bayarcash.order('ORD-1').page);
	await page.getByRole('button', { name: 'Pay RM 75.50' }).click();
	await page.waitForURL(`${own}/receipt**`);
	expect(await page.locator('body').innerText()).toContain('Your order is paid.');
});
