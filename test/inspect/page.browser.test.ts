import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { inChromium, violations } from '../support/browser.ts';
import { deliveryOf, run } from '../support/deliver.ts';
import { withPage } from '../support/page.ts';
import { serve } from '../support/server.ts';
import { needs } from '../support/tools.ts';

const hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\u202e';

describe.skipIf(!needs('chromium'))('the page of listen in a browser', () => {
	const inBrowser = inChromium();

	/** The page, and whatever it should not do: complaints, breaches of its policy, foreign requests. */
	async function opened(args: readonly string[] = [], options?: BrowserContextOptions) {
		const listener = await withPage(args);
		const isForeign = (asked: string) => !asked.startsWith(listener.page.url);
		const { page, trouble } = await inBrowser(isForeign, options);
		await page.goto(listener.page.url);
		await page.getByText('live', { exact: true }).waitFor();
		const fire = async (id: string, shaping = {}) =>
			run([await deliveryOf(id, listener.url, shaping, 'none')]);
		const row = (number: number) => page.locator(`#a-${number}`);
		return { ...listener, tab: page, trouble, fire, row };
	}

	test('adds what arrives, the newest first, and unfolds it with its fields and its signature', async () => {
		const { tab, fire, row, trouble } = await opened(['bayarcash']);
		expect(await tab.getByText('Nothing here yet.').isVisible()).toBe(true);
		await fire('bayarcash/transaction-success');
		await fire('bayarcash/transaction-success', { wrongKey: true });
		await row(2).waitFor();
		expect(await tab.getByText('Nothing here yet.').isVisible()).toBe(false);
		expect(await tab.locator('#arrivals > li').allInnerTexts()).toEqual([
			expect.stringMatching(/Not genuine[\s\S]*#2 /),
			expect.stringMatching(/Genuine[\s\S]*#1 /),
		]);
		await row(2).locator('summary').first().click();
		const text = await row(2).innerText();
		expect(text).toContain("with callsim's --wrong-key");
		expect(text).toMatch(/payer_email\s+mohd\.ali@example\.com/);
		expect(text).toMatch(/Text to be signed\s+60\.00\|MYR\|/);
		expect(text).toMatch(/content-type\s+application\/x-www-form-urlencoded/);
		expect(trouble).toEqual([]);
	});

	test('shows hostile text as text, and runs none of it', async () => {
		const to = await serve((_seen, response) => void response.writeHead(500).end(hostile));
		const { tab, url, row, trouble } = await opened(['--forward-to', to.url]);
		const form = new URLSearchParams({ [hostile]: hostile, record_type: hostile });
		await fetch(`${url}?${form}`, { method: 'POST', headers: { 'x-it': '<b>x</b>' }, body: form });
		await fetch(url, { method: 'POST', body: hostile });
		await row(2).waitFor();
		await tab.reload();
		await row(2).waitFor();
		for (const summary of await tab.locator('#arrivals summary').all())
			await summary.click({ force: true });
		expect(await tab.locator('#arrivals').innerText()).toContain(
			'<script>window.hacked=1</script>',
		);
		expect(await tab.evaluate('window.hacked')).toBeUndefined();
		expect(await tab.locator('#arrivals :is(img, script, iframe, b b)').count()).toBe(0);
		expect(trouble).toEqual([]);
	});

	test('can be used with the keyboard alone: search, unfold, send again', async () => {
		const to = await serve((_seen, response) => void response.writeHead(202).end('thanks'));
		const { tab, fire, row, trouble } = await opened(['--forward-to', to.url]);
		await fire('iak/pulsa-success');
		await fire('bayarcash/transaction-success');
		await row(2).waitFor();
		await tab.keyboard.press('/');
		await tab.keyboard.type('pulsa');
		await row(2).waitFor({ state: 'hidden' });
		expect(await tab.locator('.matches').innerText()).toBe('1 of 2 arrivals');
		const isAt = (selector: string) =>
			tab.evaluate(`document.activeElement === document.querySelector('${selector}')`);
		for (let presses = 0; presses < 20 && !(await isAt('#a-1 summary')); presses++)
			await tab.keyboard.press('Tab');
		await tab.keyboard.press('Enter');
		await tab.keyboard.press('Tab');
		expect(await isAt('#a-1 [data-again]')).toBe(true);
		await tab.keyboard.press('Enter');
		await row(3).waitFor();
		expect(await row(3).innerText()).toContain('the same as #1');
		await tab.getByText('Sent again, answered 202.').first().waitFor();
		expect(to.seen).toHaveLength(3);
		await tab.keyboard.press('Escape');
		await row(2).waitFor();
		expect(trouble).toEqual([]);
	});

	test('shows what came to one verdict', async () => {
		const { tab, fire, row } = await opened([]);
		await fire('iak/pulsa-success');
		await fire('iak/pulsa-success', { tamper: ['status=2'], wrongKey: true });
		await row(2).waitFor();
		await tab.getByRole('button', { name: 'Not genuine' }).click();
		expect(await tab.locator('#arrivals > li:visible').count()).toBe(1);
		await tab.getByRole('button', { name: 'All' }).click();
		expect(await tab.locator('#arrivals > li:visible').count()).toBe(2);
	});

	test.each([
		[390, 'light'],
		[390, 'dark'],
		[1280, 'light'],
		[1280, 'dark'],
	] as const)(
		'at %i px in %s nothing stands out, and axe finds nothing',
		async (width, colorScheme) => {
			const behind = await serve(
				(_seen, response) => void response.writeHead(500).end('<h1>x</h1>'),
			);
			const { tab, fire, row, url } = await opened(['--forward-to', behind.url], {
				viewport: { width, height: 900 },
				colorScheme,
				bypassCSP: true,
			});
			await fire('bayarcash/transaction-success');
			await fire('bayarcash/transaction-success', { wrongKey: true });
			await fire('transfez/transaction-completed', { variants: ['hmac'] });
			await fetch(`${url}/${'long'.repeat(200)}`, { method: 'POST', body: 'x'.repeat(5_000) });
			await row(4).waitFor();
			await tab
				.locator('details')
				.evaluateAll('(nodes) => nodes.forEach((node) => { node.open = true; })');
			expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(width);
			expect(await violations(tab)).toEqual([]);
		},
	);

	test('a foreign page can neither read it nor send with it', async () => {
		const { page, fire, row, url } = await opened([]);
		await fire('iak/pulsa-success');
		await row(1).waitFor();
		const foreign = await serve((_seen, response) => {
			response.writeHead(200, { 'content-type': 'text/html' }).end('<title>evil</title>');
		});
		const { page: tab } = await inBrowser(() => false, {});
		await tab.goto(foreign.url);
		const tried = await tab.evaluate(
			`Promise.all([
				fetch('${page.url}/').then((answer) => answer.text(), () => 'refused'),
				fetch('${page.url}/again/1', { method: 'POST', mode: 'no-cors' }).then(() => 'sent', () => 'refused'),
				new Promise((done) => { const it = new EventSource('${page.url}/arrivals'); it.onmessage = () => done('read'); it.onerror = () => done('refused'); }),
			])`,
		);
		expect(tried).toEqual(['refused', expect.any(String), 'refused']);
		expect(await page.told(1)).toHaveLength(2);
		await tab.evaluate(
			`fetch('${url}', { method: 'POST', mode: 'no-cors', body: 'a=1', headers: { 'content-type': 'text/plain' } }).catch(() => undefined)`,
		);
		// A page of this machine may send to the receiver: only foreign sites may not.
		expect(await page.told(2)).toHaveLength(3);
	});
});
