import type { SandboxOptions } from 'callback-simulator';
import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { inChromium, violations } from '../support/browser.ts';
import { call, formOf, intentFields, openSandbox } from '../support/open-sandbox.ts';
import { needs } from '../support/tools.ts';

describe.skipIf(!needs('chromium'))('pages of the sandbox', () => {
	const inBrowser = inChromium();

	/** A payment that waits, and a page; with what the page should not do: complaints, other origins. */
	async function paying(
		api: 'v3' | 'v2' = 'v3',
		more: Readonly<Record<string, unknown>> = {},
		options: SandboxOptions = {},
		view?: BrowserContextOptions,
	) {
		const { box, shop, seen: all } = await openSandbox(options);
		/** What the shop was asked; the browser's own wish for an icon is left out. */
		const seen = () => all.filter(({ url }) => !url.includes('favicon'));
		const base = api === 'v3' ? 'v3' : 'api/v2';
		const fields = intentFields({ callback_url: `${shop}?server`, return_url: shop, ...more });
		const { json } = await call('POST', `${box.url}/${base}/payment-intents`, fields);
		const own = [box.url, new URL(shop).origin, 'null'];
		const isForeign = (asked: string) => !own.includes(new URL(asked).origin);
		const { page, trouble } = await inBrowser(isForeign, view);
		return { box, shop, seen, page, trouble, url: String(json.url) };
	}

	test('v3: the page opens with a pre-transaction, ends with the callback and a GET of the shop', async () => {
		const { box, seen, page, trouble, url } = await paying();
		await page.goto(url);
		expect(seen().map((one) => formOf(one)['record_type'])).toEqual(['pre_transaction']);
		expect(await page.getByText('RM 60.00').first().isVisible()).toBe(true);
		await page.getByLabel('Bank').selectOption('Maybank2U');
		await page.getByRole('button', { name: 'Pay RM 60.00' }).click();
		await page.waitForURL(/callback\?transaction_id=/);
		const query = new URL(page.url()).searchParams;
		expect(query.get('status')).toBe('3');
		expect(formOf(seen()[1] ?? { body: Buffer.from('') })).toMatchObject({
			record_type: 'transaction',
			payer_bank_name: 'Maybank2U',
			transaction_id: query.get('transaction_id'),
		});
		expect(box.order('ORD-0060').state).toBe('paid');
		expect(trouble).toEqual([]);
		await page.goto(url);
		expect(await page.getByRole('heading').innerText()).toBe('This payment is paid');
	});

	test('v2: the browser comes back by a POST of its own', async () => {
		const { seen, page, trouble, url } = await paying('v2');
		await page.goto(url);
		await page.getByRole('button', { name: 'Pay RM 60.00' }).click();
		await page.waitForURL(/callback$/);
		const types = seen().map((one) => formOf(one)['record_type']);
		expect(types).toEqual(['pre_transaction', 'transaction', 'transaction_receipt']);
		expect(trouble).toEqual([]);
	});

	test.each([
		['SBI Bank A', '3'],
		['SBI Bank B', '2'],
		['SBI Bank C', '2'],
	])('%s, with the keyboard alone, ends as %s', async (bank, status) => {
		const { seen, page, url } = await paying();
		await page.goto(url);
		await page.getByLabel('Bank').focus();
		await page.keyboard.type(bank);
		for (let press = 0; press < 2; press++) await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.waitForURL(/transaction_id=/);
		expect(formOf(seen()[1] ?? { body: Buffer.from('') })['status']).toBe(status);
	});

	test('with a delay the browser is back before the callback', async () => {
		const { box, seen, page, url } = await paying('v3', {}, { delayMs: 5_000 });
		await page.goto(url);
		await page.getByRole('button', { name: 'Cancel' }).click();
		await page.waitForURL(/status=4/);
		expect(seen().map(({ url }) => url.includes('server'))).toEqual([true, false]);
		await box.advance('5s');
		expect(formOf(seen()[2] ?? { body: Buffer.from('') })['status']).toBe('4');
	});

	test('closed without returning, the shop hears of it by the callback alone; closed without paying, of nothing', async () => {
		const { seen, page, url } = await paying();
		await page.goto(url);
		await page.getByRole('button', { name: 'Close without paying' }).click();
		await page.getByText('The page is closed').waitFor();
		expect(seen()).toHaveLength(1);
		await page.goto(url);
		await page.getByRole('checkbox').check();
		await page.getByRole('button', { name: 'Pay RM 60.00' }).click();
		await page.getByText('the callback tells it').waitFor();
		expect(seen().map(({ url }) => url)).toEqual(['/callback?server', '/callback?server']);
	});

	test('shows what others wrote as text', async () => {
		const hostile = '<img src=x onerror=alert(1)>';
		const { page, trouble, url, box } = await paying('v3', {
			payer_name: hostile,
			order_number: '"><b>x',
		});
		await page.goto(url);
		expect(await page.getByText(hostile).count()).toBe(1);
		await page.goto(`${box.url}/_callsim/`);
		expect(await page.getByText('"><b>x').count()).toBeGreaterThan(0);
		expect(trouble).toEqual([]);
	});

	test('the page of orders decides, shows every attempt, sends again and follows by itself', async () => {
		const { box, seen, page, trouble } = await paying();
		await page.goto(`${box.url}/_callsim/`);
		await page.getByRole('button', { name: 'failed', exact: true }).click();
		await page.getByText('attempt 1: 200').first().waitFor();
		expect(seen()).toHaveLength(2);
		await page.getByRole('button', { name: 'Send again' }).last().click();
		await page.getByText('(#2 again)').waitFor();
		expect(seen()[2]?.body).toEqual(seen()[1]?.body);
		await page.getByLabel('Change after signing').last().fill('amount=1.00');
		await page.keyboard.press('Enter');
		await page.getByText('Broken on purpose: amount=1.00').waitFor();
		expect(String(seen()[3]?.body)).toContain('amount=1.00');
		await call('POST', `${box.url}/v3/payment-intents`, intentFields({ order_number: 'ORD-0061' }));
		await page.getByRole('link', { name: /ORD-0061/ }).waitFor();
		await page.getByRole('link', { name: /ORD-0061/ }).click();
		await page.getByRole('heading', { name: 'ORD-0061' }).waitFor();
		expect(trouble).toEqual([]);
	});

	test('a form that is refused shows the page again with the reason; loaded again, the page is as ever', async () => {
		const { box, page, trouble } = await paying('v3', {}, { providers: ['bayarcash', 'iak'] });
		await page.goto(`${box.url}/_callsim/?order=${box.order('ORD-0060').id}`);
		await page.getByLabel(/Deposit with iak/).fill('1.000');
		await page.getByRole('button', { name: 'Set' }).click();
		await page.getByRole('alert').waitFor();
		expect(await page.getByRole('alert').innerText()).toContain('whole rupiah, digits alone');
		expect(await page.getByRole('heading', { name: 'ORD-0060' }).isVisible()).toBe(true);
		expect(await violations(page)).toEqual([]);
		await page.reload();
		expect(await page.getByRole('alert').count()).toBe(0);
		await page.getByLabel('Let pass').fill('soon');
		await page.getByRole('button', { name: 'Go on' }).click();
		expect(await page.getByRole('alert').innerText()).toContain('soon');
		// The browser's own line for an answer that is no success.
		expect(trouble.filter((line) => !line.includes('the server responded with'))).toEqual([]);
	});

	test('an order that is gone is a sentence on the page', async () => {
		const { box, page } = await paying();
		await page.goto(`${box.url}/_callsim/?order=gone`);
		expect(await page.getByRole('alert').innerText()).toMatch(
			/^there is no order "gone"; the newest is ORD-/,
		);
		expect(await page.getByRole('link', { name: /ORD-0060/ }).isVisible()).toBe(true);
	});

	test('on a phone an order leads to its life, and deciding comes back to it', async () => {
		const view = { viewport: { width: 390, height: 700 } };
		const { box, page } = await paying('v3', {}, {}, view);
		for (let number = 1; number <= 12; number++)
			await call(
				'POST',
				`${box.url}/v3/payment-intents`,
				intentFields({ order_number: `ORD-${number}` }),
			);
		await page.goto(`${box.url}/_callsim/`);
		const life = page.locator('#life');
		const isSeen = async () => {
			const box = await life.boundingBox();
			return box !== null && box.y >= 0 && box.y < 350;
		};
		expect(await isSeen()).toBe(false);
		await page.getByRole('link', { name: /ORD-0060/ }).click();
		await page.getByRole('heading', { name: 'ORD-0060' }).waitFor();
		expect(await isSeen()).toBe(true);
		await page.getByRole('button', { name: 'failed', exact: true }).click();
		await page.getByText('attempt 1: 200').first().waitFor();
		expect(await isSeen()).toBe(true);
	});

	test('the folds show headers and status, and what was broken on purpose', async () => {
		const { box, page } = await paying();
		await box.settle('ORD-0060', 'success');
		await call('POST', `${box.url}/_callsim/deliveries/ORD-0060/resend`, { tamper: 'amount=1.00' });
		await page.goto(`${box.url}/_callsim/`);
		expect(await page.getByText('Broken on purpose: amount=1.00').isVisible()).toBe(true);
		await page.getByText('What was sent').last().click();
		expect(await page.locator('#request-3 pre').innerText()).toMatch(
			/^POST http.*\n(.*\n)*content-type: application\/x-www-form-urlencoded\n(.*\n)*\n.*amount=1\.00/i,
		);
		await page.getByText('What the shop answered').last().click();
		expect(await page.locator('#answer-3 pre').innerText()).toMatch(/^200\n\nanswer/);
	});

	test('forgetting everything is asked about', async () => {
		const { box, page } = await paying();
		await page.goto(`${box.url}/_callsim/`);
		const forget = page.getByRole('button', { name: 'Forget everything' });
		expect(await forget.isVisible()).toBe(false);
		await page.getByText('Forget everything …').click();
		await forget.click();
		await page.getByText('None yet').waitFor();
		expect(box.orders()).toEqual([]);
	});

	test.each([
		['light', 390],
		['dark', 390],
		['light', 1280],
		['dark', 1280],
	] as const)(
		'%s, %i px: no violation that axe knows, and nothing to scroll sideways',
		async (colorScheme, width) => {
			const view = { colorScheme, viewport: { width, height: 800 } };
			const { box, page, url } = await paying('v3', {}, {}, view);
			const narrow = () =>
				page.evaluate(
					'document.documentElement.scrollWidth <= document.documentElement.clientWidth',
				);
			await page.goto(url);
			expect([await violations(page), await narrow()]).toEqual([[], true]);
			await box.settle('ORD-0060', 'failed');
			await page.goto(`${box.url}/_callsim/`);
			for (const summary of await page.locator('summary').all()) await summary.click();
			expect([await violations(page), await narrow()]).toEqual([[], true]);
			await box.settle('ORD-0060', 'success');
			await page.goto(url);
			expect([await violations(page), await narrow()]).toEqual([[], true]);
		},
	);
});
