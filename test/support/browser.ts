import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

const quiet = [
	...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
	...['--disable-background-networking', '--disable-component-update'],
];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Whatever a page at rest should not do, as it comes: complaints, breaches of its policy, foreign requests. */
export interface Opened {
	readonly page: Page;
	readonly trouble: string[];
}

/**
 * Chromium for the tests of a file. All tests that want nothing of their own have one page, since another costs more than
 * most of them do in it; it is empty when a test begins.
 */
export function inChromium() {
	let browser: Browser;
	let shared: Page | undefined;
	beforeAll(async () => {
		browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: quiet });
	});
	afterAll(() => browser.close());

	/** @param isForeign of an address that the page asks for */
	return async function opened(
		isForeign: (url: string) => boolean,
		options?: BrowserContextOptions,
	): Promise<Opened> {
		const page = options === undefined ? await sharedPage() : await ownPage(options);
		const trouble: string[] = [];
		page.on('console', (message) => trouble.push(`console: ${message.text()}`));
		page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
		page.on('request', (asked) => {
			if (isForeign(asked.url())) trouble.push(`request: ${asked.url()}`);
		});
		return { page, trouble };
	};

	async function sharedPage(): Promise<Page> {
		shared ??= await (await browser.newContext()).newPage();
		const page = shared;
		onTestFinished(async () => {
			page.removeAllListeners();
			await page.unrouteAll();
			await page.emulateMedia({ colorScheme: null, media: null });
			await page.goto('about:blank');
		});
		return page;
	}

	async function ownPage(options: BrowserContextOptions): Promise<Page> {
		const context = await browser.newContext(options);
		onTestFinished(() => context.close());
		return context.newPage();
	}
}

/** What axe finds on a page: the rule, and the elements that break it. */
export async function violations(page: Page): Promise<unknown> {
	await page.evaluate(axe);
	return page.evaluate(
		'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))',
	);
}
