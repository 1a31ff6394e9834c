import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { scratch } from '../../support/scratch.ts';
import { answering, type Seen, serve } from '../../support/server.ts';
import { inTmux, type Terminal } from '../../support/tmux.ts';
import { needs } from '../../support/tools.ts';

/** The usual callback of the first provider, sent by an Enter a question. */
async function sent(url: string, more = '--retry none'): Promise<Terminal> {
	const terminal = await inTmux(`--to ${url} ${more}`, { rows: 60 });
	await terminal.shows('Provider');
	await terminal.press('Enter', 'Enter', 'Enter');
	return terminal;
}

const inOneLine = (screen: string) => screen.replace(/\s+/g, ' ');

async function quit(terminal: Terminal): Promise<number> {
	await terminal.press('q');
	return (await terminal.ended()).code;
}

/** As Laravel answers a POST without a token. */
const expired = '<!doctype html><title>Page Expired</title><div>419</div><div>Page Expired</div>';

describe.skipIf(!needs('tmux'))('what goes wrong ends in words that say what to do', () => {
	test('the CSRF page of a framework', async () => {
		const { url } = await serve((_seen, response) => {
			response.writeHead(419, { 'content-type': 'text/html' }).end(expired);
		});
		const terminal = await sent(url);
		const screen = inOneLine(await terminal.shows('Next'));
		expect(screen).toContain("hint: 419 is Laravel's CSRF check: except this route in");
		// Its key was not looked at: nobody is sent to theirs before the route is open.
		expect(screen).not.toContain('yours goes into');
		expect(screen).not.toContain('with your own key');
		expect(screen).toMatch(/Next.{0,20}a again/);
		expect(await quit(terminal)).toBe(1);
	});

	test('a key of their own, which is asked for and leads to a success', async () => {
		const { url, seen } = await answering(401, 200);
		const terminal = await sent(url);
		const refused = inOneLine(await terminal.shows('Next'));
		expect(refused).toContain('yours goes into CALLSIM_BAYARCASH_SECRET_KEY');
		// What helps is the first, and Enter takes it.
		expect(refused).toMatch(/Next.{0,20}k with your own key/);
		await terminal.press('Enter');
		await terminal.shows('not shown, not kept');
		await terminal.type('hush-hush');
		await terminal.press('Enter');
		expect(await terminal.shows(/✓ acknowledged[\s\S]+Next/)).not.toContain('hush-hush');
		expect(await quit(terminal)).toBe(0);
		const [one, two] = seen.map(({ body }) => new URLSearchParams(body.toString()));
		expect(two?.get('order_number')).toBe(one?.get('order_number'));
		expect(two?.get('checksum')).not.toBe(one?.get('checksum'));
	});

	test('a receiver that goes down before it is sent again', async () => {
		const server: Server = createServer((_request, response) => void response.end('OK'));
		onTestFinished(() => void server.close());
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
		const terminal = await sent(`http://${host}/cb`);
		await terminal.shows('Next');
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		await terminal.press('a');
		const screen = inOneLine(await terminal.shows(/ECONNREFUSED[\s\S]+Next/));
		expect(screen).toContain(`hint: Nothing listens on ${host}: start the receiver`);
		expect(await quit(terminal)).toBe(3);
	});

	test('an order that the shop does not know, and one that it does', async () => {
		const orderOf = ({ body }: Seen) => new URLSearchParams(body.toString()).get('order_number');
		const { url, seen } = await serve((one, response) => {
			const isKnown = orderOf(one) === 'INV-7';
			response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
			response.end(isKnown ? '{}' : '{"error":"order not found"}');
		});
		const terminal = await sent(url);
		const screen = inOneLine(await terminal.shows('Next'));
		expect(screen).toContain('hint: It does not know this order');
		expect(screen).toMatch(/Next.{0,20}o another order a new one, or one that your shop knows/);
		expect(screen).not.toContain('with your own key');
		await terminal.press('o');
		await terminal.shows('? Order');
		await terminal.type('INV-7');
		await terminal.shows('the reference, as typed');
		await terminal.press('Enter');
		await terminal.shows(/✓ acknowledged[\s\S]+Next/);
		expect(await quit(terminal)).toBe(0);
		expect(seen).toHaveLength(2);
	});

	test('an order that a flag names gives way to one that is picked later', async () => {
		const { url, seen } = await answering(200);
		const terminal = await sent(url, '--ref INV-1');
		await terminal.shows('Next');
		await terminal.press('o');
		await terminal.shows('? Order');
		await terminal.type('INV-2');
		await terminal.press('Enter');
		await terminal.shows(/INV-2 ·[\s\S]+Next/);
		await terminal.press('n');
		await terminal.shows(/INV-2 ·[\s\S]+INV-2 ·[\s\S]+Next/);
		expect(await quit(terminal)).toBe(0);
		const orders = seen.map(({ body }) => new URLSearchParams(body.toString()).get('order_number'));
		expect(orders).toEqual(['INV-1', 'INV-2', 'INV-2']);
	});

	test('Ctrl-C between two attempts says how it goes on, where that is kept', async () => {
		const { url } = await answering(500);
		const env = { XDG_STATE_HOME: scratch(), CALLSIM_NO_JOURNAL: '' };
		const terminal = await inTmux(`--to ${url} --real-time`, { env, rows: 60 });
		await terminal.shows('Provider');
		await terminal.press('Enter', 'Enter', 'Enter');
		await terminal.shows('Enter: now');
		await terminal.press('C-c');
		const { code, screen } = await terminal.ended();
		expect({ code, says: inOneLine(screen).includes('next: callsim resume') }).toEqual({
			code: 130,
			says: true,
		});
	});
});
