import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { htmlReport } from '../../src/report/html/html-report.ts';
import type { RunReport } from '../../src/report/run-report.ts';
import { printable } from '../../src/report/safe/escape.ts';
import { inChromium, violations } from '../support/browser.ts';
import {
	hostileRun,
	hostileText,
	manyDeliveries,
	sampleCheck,
	sampleFire,
	sampleRun,
} from '../support/sample-report.ts';
import { needs } from '../support/tools.ts';

describe.skipIf(!needs('chromium'))('the HTML report in a browser', () => {
	const folder = mkdtempSync(join(tmpdir(), 'callsim-html-'));
	const inBrowser = inChromium();
	afterAll(() => rmSync(folder, { recursive: true }));

	/** The page, and whatever a page at rest should not do: requests, complaints, breaches of its own policy. */
	async function opened(report: RunReport, options?: BrowserContextOptions, hash = '') {
		const file = join(folder, `${report.title.length}-${report.deliveries.length}.html`);
		writeFileSync(file, htmlReport(report));
		const url = pathToFileURL(file).href;
		const isForeign = (asked: string) => asked.split('#')[0] !== url && !asked.startsWith('data:');
		const { page, trouble } = await inBrowser(isForeign, options);
		await page.route('**', (route) =>
			isForeign(route.request().url()) ? route.abort() : route.continue(),
		);
		await page.goto(`${url}${hash}`);
		return { page, trouble, url };
	}

	test.each([
		['a run', sampleRun()],
		['fire', sampleFire()],
		['a check', sampleCheck()],
		['hostile text', hostileRun()],
	])('asks nobody for anything and breaks no rule of its own: %s', async (_, report) => {
		const { page, trouble } = await opened(report);
		await unfoldAll(page);
		expect(trouble).toEqual([]);
	});

	test('shows hostile text as text, and runs none of it', async () => {
		const { page } = await opened(hostileRun());
		await unfoldAll(page);
		const text = await page.locator('body').innerText();
		expect(text.split(printable(hostileText)).length).toBeGreaterThan(20);
		expect(await page.locator('.exchange').allInnerTexts()).toContainEqual(
			expect.stringContaining(printable(hostileText)),
		);
		expect(await page.evaluate('window.hacked')).toBeUndefined();
		expect(await page.locator('img, iframe, object, embed, form, base').count()).toBe(0);
		expect(await page.locator('script').count()).toBe(3);
		expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
	});

	describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
		test.each([
			['a run', sampleRun()],
			['a check', sampleCheck()],
			['fire', sampleFire()],
		])(
			'has no accessibility violation that axe knows, everything unfolded: %s',
			async (_, report) => {
				const { page } = await opened(report);
				await page.emulateMedia({ colorScheme });
				await unfoldAll(page);
				expect(await violations(page)).toEqual([]);
			},
		);
	});

	test('can be filtered without a mouse: "/" goes to the field, Escape clears it', async () => {
		const { page } = await opened(sampleRun());
		await page.keyboard.press('/');
		await page.keyboard.type('forged');
		await page.locator('#d-1').waitFor({ state: 'hidden' });
		expect(await page.locator('.delivery:visible').count()).toBe(2);
		expect(await page.locator('.chart li:visible').count()).toBe(2);
		expect(await page.locator('.cards > li:visible').count()).toBe(1);
		expect(await page.getByRole('status').first().innerText()).toBe(
			'2 of 9 deliveries, 2 of 11 steps',
		);
		await page.keyboard.press('Escape');
		await page.locator('#d-1').waitFor({ state: 'visible' });
		expect(await page.locator('.delivery:visible').count()).toBe(9);
		expect(await page.getByRole('status').first().innerText()).toBe('');
	});

	test('shows what came to one verdict, and says where nothing did', async () => {
		const { page } = await opened(sampleRun());
		await page.getByRole('button', { name: 'Warned' }).click();
		expect(await page.locator('.delivery:visible').allInnerTexts()).toEqual([
			expect.stringContaining('#7'),
		]);
		expect(await page.locator('.cases > li:visible').count()).toBe(1);
		expect(await page.locator('.suite:visible').count()).toBe(1);
		expect(await page.getByText('No failure matches the filter.').isVisible()).toBe(true);
		await page.getByRole('button', { name: 'All' }).click();
		expect(await page.locator('.delivery:visible').count()).toBe(9);
	});

	test('filters the timeline by delivery, also where scenarios ran side by side', async () => {
		const run = sampleRun();
		const { page } = await opened({
			...run,
			deliveries: [...run.deliveries].sort((a, b) => (b.step ?? 0) - (a.step ?? 0)),
		});
		await page.getByRole('searchbox').fill('iak/');
		await page.locator('#d-1').waitFor({ state: 'hidden' });
		expect(await page.locator('.chart li:visible').allInnerTexts()).toEqual([
			expect.stringContaining('#7'),
		]);
	});

	test('lets Tab reach a delivery, and Enter unfold its attempts', async () => {
		const { page } = await opened(sampleRun());
		const isThere = () =>
			page.evaluate("document.activeElement === document.querySelector('#d-6 > summary')");
		for (let presses = 0; presses < 150 && !(await isThere()); presses++)
			await page.keyboard.press('Tab');
		expect(await isThere()).toBe(true);
		await page.keyboard.press('Enter');
		await page.locator('#d-6 .exchange').last().waitFor();
		expect(await page.locator('#d-6 .attempts > li').count()).toBe(5);
		expect(await page.locator('#d-6 .attempts').innerText()).toContain(
			'connection refused (ECONNREFUSED)',
		);
	});

	test('shows a form decoded, JSON indented with its numbers as sent, and what was sent beside them', async () => {
		const { page } = await opened(sampleRun());
		await unfoldAll(page);
		expect(await page.locator('#d-1 .fields').first().innerText()).toContain(
			'mohd.ali@example.com',
		);
		expect(await page.locator('#d-7 .body pre').first().innerText()).toContain('"price": 60.00');
		expect(await page.locator('#d-7').innerText()).toContain(
			'{"data":{"ref_id":"R-1","price":60.00',
		);
		expect(await page.locator('#d-7').innerText()).toContain('[secret:token]');
	});

	test('says of a body that it is no text, and that it was cut', async () => {
		const { page } = await opened(hostileRun());
		await unfoldAll(page);
		const text = await page.locator('#d-2').innerText();
		expect(text).toContain('cut: the first 6 bytes were kept, no UTF-8 text');
		expect(text).toContain('ff 00 01 02 fe 3c');
	});

	test('opens the row that its address names', async () => {
		const { page } = await opened(sampleRun(), undefined, '#d-6');
		await page.locator('#d-6 .exchange').last().waitFor();
		expect(await page.evaluate('document.activeElement.parentElement.id')).toBe('d-6');
	});

	test('leads from a mark of the timeline to its delivery, out of a filter too', async () => {
		const { page } = await opened(sampleRun());
		await page.locator('.chart li[data-d="6"] a').click();
		await page.locator('#d-6 .exchange').last().waitFor();
		await page.keyboard.press('/');
		await page.keyboard.type('forged');
		await page.locator('#d-1').waitFor({ state: 'hidden' });
		await page.evaluate("location.hash = '#d-1'");
		await page.locator('#d-1 .exchange').last().waitFor();
		expect(await page.locator('#d-1').isVisible()).toBe(true);
	});

	test.each([
		['a run', sampleRun()],
		['a check', sampleCheck()],
		['a check that has passed', allPassed(sampleCheck())],
	])('needs two unfolds for any request, and no more: %s', async (_, report) => {
		const { page } = await opened(report);
		await unfoldOnce(page);
		await unfoldOnce(page);
		const exchanges = page.locator('.exchange');
		expect(await exchanges.count()).toBeGreaterThan(0);
		expect(await page.locator('.slot > details:not([open])').count()).toBe(0);
		expect(await page.locator('.exchange:visible').count()).toBe(await exchanges.count());
	});

	test('copies the command lines', async () => {
		const { page } = await opened(sampleRun(), {
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		await page.getByRole('button', { name: 'Copy' }).first().click();
		await page.getByRole('button', { name: 'Copied' }).waitFor();
		const text = await page.evaluate('navigator.clipboard.readText()');
		expect(text).toBe(sampleRun().suites[1]?.cases[0]?.reproduce);
	});

	test('changes its theme, even where the browser refuses to store it', async () => {
		const { page, trouble, url } = await opened(sampleRun(), { colorScheme: 'light' });
		await page.addInitScript(
			"Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })",
		);
		await page.goto(url);
		const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
		const light = await paper();
		await page.getByRole('button', { name: 'Theme: auto' }).click();
		await page.getByRole('button', { name: 'Theme: light' }).click();
		await page.getByRole('button', { name: 'Theme: dark' }).waitFor();
		expect(await paper()).not.toBe(light);
		expect(trouble).toEqual([]);
	});

	test('tells what failed without a script', async () => {
		const { page } = await opened(sampleRun(), { javaScriptEnabled: false });
		for (const message of failuresOf(sampleRun()))
			expect(await page.getByText(message).first().isVisible()).toBe(true);
		expect(await page.locator('.delivery > summary:visible').count()).toBe(9);
		expect(await page.getByRole('searchbox').isVisible()).toBe(false);
		await page.locator('#d-6 > summary').click();
		expect(await page.locator('#d-6 .attempts').innerText()).toContain(
			'+20 min connection refused',
		);
	});

	test('prints what failed unfolded, without bars and buttons', async () => {
		const { page } = await opened(sampleRun(), { javaScriptEnabled: false, colorScheme: 'dark' });
		await page.emulateMedia({ media: 'print' });
		for (const message of failuresOf(sampleRun()))
			expect(await page.getByText(message).first().isVisible()).toBe(true);
		for (const command of await page.locator('.again pre').all())
			expect(await command.isVisible()).toBe(true);
		expect(await page.locator('.toolbar').isVisible()).toBe(false);
		expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
			'rgb(255, 255, 255)',
		);
	});

	test('unfolds what failed for paper, and folds it again afterwards', async () => {
		const { page } = await opened(sampleRun());
		await page.evaluate("dispatchEvent(new Event('beforeprint'))");
		expect(await page.locator('#d-6 .exchange').count()).toBe(5);
		expect(await page.locator('.card:not([open])').count()).toBe(0);
		await page.evaluate("dispatchEvent(new Event('afterprint'))");
		expect(await page.locator('.card[open]').count()).toBe(1);
	});

	test('lays out 500 of 2,000 deliveries, and what one carried only where it is unfolded', async () => {
		const { page, trouble } = await opened(manyDeliveries(2_000));
		// The others come with the button below them.
		expect(await page.locator('.card').count()).toBe(500);
		expect(await page.locator('.exchange').count()).toBe(0);
		expect(await page.evaluate(unfoldFirst)).toBe(5);
		expect(await page.locator('.exchange').count()).toBe(5);
		expect(trouble).toEqual([]);
	});
});

/** In the page, since looking for a row from outside takes longer than the page needs to open it. */
const unfoldFirst = `new Promise((done) => {
	const row = document.getElementById('d-1');
	row.scrollIntoView();
	row.querySelector('summary').click();
	const look = () => {
		const drawn = row.querySelectorAll('.exchange').length;
		if (drawn > 0) done(drawn);
		else requestAnimationFrame(look);
	};
	look();
})`;

/** Until nothing is left to unfold: what is drawn on the way may be folded itself. */
async function unfoldAll(page: Page): Promise<void> {
	const closed = page.locator('details:not([open])');
	while ((await closed.count()) > 0) {
		await page.evaluate(
			"new Promise((done) => { for (const one of document.querySelectorAll('details:not([open])')) one.open = true; requestAnimationFrame(() => setTimeout(done)); })",
		);
	}
}

const allPassed = (report: RunReport): RunReport => ({
	...report,
	suites: report.suites.map((suite) => ({
		...suite,
		cases: suite.cases.map((one) => ({ ...one, verdict: 'passed' as const })),
	})),
});

/** Whatever can be unfolded now, by a click each. */
async function unfoldOnce(page: Page): Promise<void> {
	await page.evaluate(
		"new Promise((done) => { const closed = [...document.querySelectorAll('details:not([open])')].filter((one) => !one.parentElement.closest('details:not([open])')); for (const one of closed) one.open = true; requestAnimationFrame(() => setTimeout(done)); })",
	);
}

function failuresOf({ suites }: RunReport): string[] {
	return suites
		.flatMap(({ cases }) => cases)
		.filter(({ verdict }) => verdict === 'failed' || verdict === 'error')
		.map(({ message }) => message);
}
