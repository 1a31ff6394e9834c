import { get, request as send } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { KeptArrivals } from '../../src/inspect/kept-arrivals.ts';
import { pageRefusal } from '../../src/inspect/own-page-only.ts';
import type { Arrival } from '../../src/report/arrival.ts';
import { deliveryOf, run } from '../support/deliver.ts';
import { withPage } from '../support/page.ts';
import { callsim } from '../support/run-cli.ts';
import { serve } from '../support/server.ts';

const refusal = (headers: Record<string, string>, method = 'GET') =>
	pageRefusal({ method, headers: { host: '127.0.0.1:4748', ...headers } }, 4748);

describe('who may look at the page', () => {
	test.each([
		['a foreign name', { host: 'evil.test:4748' }],
		['a foreign name without a port', { host: 'evil.test' }],
		['another port', { host: 'localhost:80' }],
		['a name that ends like ours', { host: 'evil.localhost:4748' }],
		['a tunnel', { host: 'abc.ngrok.app' }],
		['a foreign origin', { origin: 'https://evil.test' }],
		['the receiver of the developer', { origin: 'http://localhost:3000' }],
		['an unknown origin', { origin: 'null' }],
		['another site', { 'sec-fetch-site': 'cross-site' }],
		['another port of this machine', { 'sec-fetch-site': 'same-site' }],
	])('not %s', (_name, headers) => {
		expect(refusal(headers)).toMatch(/\((Host|Origin|Sec-Fetch-Site)\)$/);
	});

	test('the page itself, and who types its address', () => {
		const own = { origin: 'http://127.0.0.1:4748', 'sec-fetch-site': 'same-origin' };
		expect(refusal({})).toBeUndefined();
		expect(refusal({ 'sec-fetch-site': 'none' })).toBeUndefined();
		expect(refusal(own, 'POST')).toBeUndefined();
		expect(refusal({ host: 'localhost:4748' })).toBeUndefined();
		expect(refusal({ host: '[::1]:4748' })).toBeUndefined();
	});

	test('nobody but the page sends', () => {
		expect(refusal({}, 'POST')).toContain('only the page itself');
		expect(refusal({ 'sec-fetch-site': 'none' }, 'POST')).toContain('(Sec-Fetch-Site)');
	});
});

describe('listen --page', () => {
	const asked = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
		new Promise<{ status: number | undefined; headers: Record<string, unknown>; text: string }>(
			(resolve, reject) => {
				const sent = send(url, { method, headers }, (answer) => {
					let text = '';
					answer.setEncoding('utf8').on('data', (part) => {
						text += part;
					});
					answer.once('end', () =>
						resolve({ status: answer.statusCode, headers: answer.headers, text }),
					);
				});
				sent.once('error', reject).end();
			},
		);

	test('shows what arrived, under a policy that lets nothing else run', async () => {
		const { url, page } = await withPage(['bayarcash']);
		await run([await deliveryOf('bayarcash/transaction-success', url, { wrongKey: true }, 'none')]);
		await page.told(1);
		const { text, headers } = await asked(page.url);
		expect(text).toContain('#1 bayarcash/transaction-success');
		expect(text).toContain('with callsim&#39;s --wrong-key');
		expect(text).not.toMatch(/<script>|<style|style="|onclick/);
		expect(headers).toMatchObject({
			'content-security-policy': expect.stringContaining("default-src 'none'") as string,
			'x-content-type-options': 'nosniff',
			'cross-origin-resource-policy': 'same-origin',
			'cache-control': 'no-store',
		});
	});

	test('answers a foreign name with nothing of what arrived, on every path', async () => {
		const { url, page } = await withPage([]);
		await fetch(url, { method: 'POST', body: 'a=1' });
		await page.told(1);
		for (const path of ['/', '/arrivals', '/inspector.js'])
			for (const headers of [{ host: 'evil.test' }, { 'sec-fetch-site': 'cross-site' }])
				expect(await asked(`${page.url}${path}`, headers)).toMatchObject({
					status: 403,
					text: expect.not.stringContaining('#1') as string,
				});
		expect(await asked(`${page.url}/again/1`, {}, 'POST')).toMatchObject({ status: 403 });
		expect(await asked(`${page.url}/toString`)).toMatchObject({ status: 404 });
		expect(await asked(page.url, {}, 'DELETE')).toMatchObject({ status: 405 });
	});

	test('tells what comes while it is open', async () => {
		const { url, page } = await withPage([]);
		const events = new Promise<string>((resolve, reject) => {
			const asking = get(`${page.url}/arrivals`, (answer) => {
				expect(answer.headers['content-type']).toBe('text/event-stream');
				let text = '';
				answer.on('data', (part) => {
					text += String(part);
					if (text.includes('iak/pulsa-success')) resolve(text);
				});
				void deliveryOf('iak/pulsa-success', url, {}, 'none').then((item) => run([item]));
			});
			asking.once('error', reject);
			onTestFinished(() => void asking.destroy());
		});
		expect(await events).toMatch(/^data: \{"run":"[\w-]+"\}\n\ndata: \{"id":"a-1","markup":"/);
	});

	test('sends again what it keeps: the same bytes, through the same hands', async () => {
		const to = await serve((_seen, response) => void response.writeHead(202).end('thanks'));
		const { url, page } = await withPage(['--forward-to', to.url]);
		await run([await deliveryOf('bayarcash/transaction-success', url, {}, 'none')]);
		await page.told(1);
		const own = { origin: page.url };
		expect(await asked(`${page.url}/again/1`, own, 'POST')).toMatchObject({
			status: 200,
			text: 'Sent again, answered 202.\n',
		});
		await page.told(2);
		expect((await asked(page.url)).text).toContain('the same as #1');
		expect(to.seen).toHaveLength(2);
		expect(to.seen[1]?.body).toEqual(to.seen[0]?.body);
		expect(await asked(`${page.url}/again/99`, own, 'POST')).toMatchObject({ status: 404 });
	});

	test('shows nothing of the user’s keys', async () => {
		const key = 'own-key-0815-4711';
		const { url, page } = await withPage(['bayarcash', '--credential', `secret_key=${key}`]);
		await fetch(url, { method: 'POST', headers: { 'x-note': key }, body: `record_type=${key}` });
		await page.told(1);
		const { text } = await asked(page.url);
		expect(text).toContain('[secret:secret_key]');
		expect(text).not.toContain(key);
	});

	test('a port that is taken is a problem', async () => {
		const { page } = await withPage([]);
		const { port } = new URL(page.url);
		expect(await callsim(['listen', '--port', '0', '--page-port', port])).toMatchObject({
			code: 2,
			stdout: '',
			stderr: expect.stringContaining('--page-port 0') as string,
		});
	});
});

test('what is kept is bounded in number and bytes, the latest stay', () => {
	const kept = new KeptArrivals();
	const arrival = (number: number, size: number) =>
		({
			number,
			received: { body: new Uint8Array(size) },
			forwarded: undefined,
		}) as unknown as Arrival;
	for (let number = 1; number <= 600; number++) kept.add(arrival(number, 0));
	expect(kept.all().map(({ number }) => number)).toEqual(
		Array.from({ length: 500 }, (_, at) => at + 101),
	);
	for (let number = 601; number <= 700; number++) kept.add(arrival(number, 1024 * 1024));
	expect(kept.all().length).toBeLessThan(20);
	expect(kept.all().at(-1)?.number).toBe(700);
	kept.add(arrival(701, 64 * 1024 * 1024));
	expect(kept.all().map(({ number }) => number)).toEqual([701]);
});
