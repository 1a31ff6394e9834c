import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { BurstDocument } from '../../src/model/contract/burst.ts';
import { burstReport } from '../../src/report/html/burst-report.ts';
import { inChromium, violations } from '../support/browser.ts';
import { needs } from '../support/tools.ts';

const burst: BurstDocument = {
	v: 1,
	tool: 'callsim',
	version: '1.0.0',
	command: 'burst',
	title: 'burst bayarcash/transaction-success',
	commandLine:
		'callsim burst bayarcash/transaction-success --to :3000/cb <script>hacked=1</script>',
	run: '20260115-103045-00000000',
	events: ['bayarcash/transaction-success'],
	target: 'http://127.0.0.1:3000/cb',
	seed: '7',
	now: '2026-01-15T02:30:45Z',
	startedAt: '2026-01-15T02:30:45Z',
	endedAt: '2026-01-15T02:30:47Z',
	sent: 1_000,
	acknowledged: 990,
	refused: 7,
	failed: 3,
	attempts: 1_000,
	answers: 997,
	notSent: 0,
	challenges: 0,
	endings: { 'status 500': 7, 'body is not "<b>OK</b>"': 3 },
	perSecond: 500,
	latencyMs: { p50: 0.5, p90: 1, p99: 20, max: 200 },
	throughput: { spanMs: 1_000, perSecond: [400, 600] },
	tookMs: 2_000,
	exitCode: 1,
	unacknowledgedFile: '/home/you/shop/callsim-unacknowledged.txt',
};

test('a burst’s page says what it came to, and draws it', () => {
	const page = burstReport(burst, false);
	expect(page).toContain('10 of 1,000 not acknowledged');
	expect(page).toContain('From sending to the end of the answer');
	expect(burstReport(burst, true)).toContain('From when a callback was due');
	// The second span is the fullest, and the first two thirds of it.
	expect(page).toContain('<rect x="0.00%" y="33.33%" width="45.00%" height="66.67%"/>');
	expect(page).toContain('<rect x="50.00%" y="0.00%" width="45.00%" height="100.00%"/>');
	expect(page).toContain('up to 600');
	// What was over within one span had fewer in it than come of that in a second.
	const short = {
		...burst,
		perSecond: 2_355,
		throughput: { spanMs: 100, perSecond: [2_220, 780] },
	};
	expect(burstReport(short, false)).not.toContain('up to');
	// 20 of 200 ms.
	expect(page).toContain('<rect width="10.00%" height="100%"/></svg></dd><dd>20.0 ms</dd>');
	expect(page).not.toContain('<script>hacked');
	expect(page).not.toContain('<b>OK');
	const silent = burstReport({ ...burst, latencyMs: null, answers: 0 }, false);
	expect(silent).not.toContain('Answers a second');
});

describe.skipIf(!needs('chromium'))('in a browser', () => {
	const folder = mkdtempSync(join(tmpdir(), 'callsim-burst-html-'));
	const inBrowser = inChromium();
	afterAll(() => rmSync(folder, { recursive: true }));

	test.each(['light', 'dark'] as const)(
		'it asks nobody for anything, breaks no rule of its own, and axe finds nothing: %s',
		async (colorScheme) => {
			const file = join(folder, `${colorScheme}.html`);
			writeFileSync(file, burstReport(burst, true));
			const isForeign = (url: string) => !/^(file|data):/.test(url);
			const { page, trouble } = await inBrowser(isForeign, { colorScheme });
			await page.goto(pathToFileURL(file).href);
			await page.getByRole('button', { name: 'Theme: auto' }).click();
			await page.getByRole('button', { name: 'Theme: light' }).click();
			await page.getByRole('button', { name: 'Theme: dark' }).click();
			expect(await violations(page)).toEqual([]);
			expect(trouble).toEqual([]);
			expect(await page.evaluate('window.hacked')).toBeUndefined();
		},
	);
});
