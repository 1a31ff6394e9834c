import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callsim } from '../../support/run-cli.ts';
import { answering, closedPort } from '../../support/server.ts';
import { inTmux, type Terminal } from '../../support/tmux.ts';
import { needs } from '../../support/tools.ts';

async function folder(): Promise<string> {
	const made = await mkdtemp(join(tmpdir(), 'callsim-picker-'));
	onTestFinished(() => rm(made, { recursive: true, force: true }));
	return made;
}

/** A receiver that takes whatever comes, and is not surprised by what is cut off. */
async function takingAll(): Promise<{ url: string; count(): number }> {
	let count = 0;
	const server = createServer((request, response) => {
		count += 1;
		request.resume().on('end', () => response.end('OK'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close().closeAllConnections());
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}/callback`, count: () => count };
}

/** From the first question to the preview of a Bayarcash success. */
async function toPreview(terminal: Terminal, url: string): Promise<string> {
	await terminal.shows('Provider');
	await terminal.press('Enter');
	await terminal.shows('Event or scenario');
	await terminal.type('success');
	await terminal.shows(/❯ transaction-success/);
	await terminal.press('Enter');
	await terminal.shows('Target');
	await terminal.type(url);
	await terminal.shows('as typed');
	await terminal.press('Enter');
	await terminal.shows('Send it');
	await terminal.press('o');
	await terminal.shows('Order');
	await terminal.press('Enter');
	await terminal.shows(/Amount, MYR 60\.00/);
	await terminal.press('Enter');
	await terminal.shows('Sent');
	await terminal.press('Enter');
	return terminal.shows('Ready');
}

describe.skipIf(!needs('tmux'))('in a terminal of tmux', () => {
	test.each([
		[80, 60],
		[40, 60],
	])(
		'%d columns: from the first question to a delivered callback, and what comes next',
		async (columns, rows) => {
			const { url, seen } = await answering(200);
			const terminal = await inTmux('', { columns, rows });
			const preview = await toPreview(terminal, url);
			// Laid out for the screen: nothing that fits is cut within a word.
			expect(preview).toMatch(/order_number =\s+(│\s+)?ORD-\d{12}-\d{6}\n/);
			expect(preview.replace(/\s+/g, ' ')).toContain(
				"checksum: hmac-sha256 with callsim's own simulator key over amount, currency, datetime,",
			);
			await terminal.press('s');
			const sent = await terminal.shows('Next');
			expect(sent.replace(/\s+/g, ' ')).toContain('acknowledged at the first attempt');
			expect(sent.replace(/[\s\\]+/g, ' ')).toContain(
				`callsim fire bayarcash/transaction-success --to ${url} --fresh`,
			);
			await terminal.press('a');
			await terminal.shows(/(at the first attempt[\s\S]*){2}Next/);
			await terminal.press('q');
			expect(await terminal.ended()).toMatchObject({ code: 0, echoes: true, hasCursor: true });
			expect(seen[0]?.body.equals(seen[1]?.body ?? Buffer.of())).toBe(true);
		},
	);

	test('the first time it takes an Enter a question, and a look or another way a key more', async () => {
		const { url, seen } = await answering(200);
		const terminal = await inTmux(`--to ${url}`, { rows: 60 });
		await terminal.shows('Provider');
		await terminal.press('Enter', 'Enter', 'Enter');
		await terminal.shows('Next');
		expect(seen).toHaveLength(1);
		// Not what was sent, but what has not been: the way back leads to the question before.
		await terminal.press('Escape');
		const offered = await terminal.shows('Send it');
		await terminal.press('l');
		const preview = await terminal.shows('Ready');
		const [order = ''] = /ORD-\S+/.exec(offered.slice(offered.indexOf('Send it'))) ?? [];
		expect(preview).toContain(`order_number = ${order}\n`);
		await terminal.press('Escape');
		await terminal.shows('Send it');
		await terminal.press('C-c');
		expect((await terminal.ended()).code).toBe(130);
	});

	test.each([80, 40])(
		'on 24 lines of %d columns the preview and its menu are seen at once',
		async (columns) => {
			const { url } = await answering(200);
			const terminal = await inTmux(`--to ${url}`, { columns, rows: 24 });
			await terminal.shows('Provider');
			await terminal.press('Enter', 'Enter', 'l');
			const screen = await terminal.shows(/\? Ready[\s\S]+take/);
			expect(screen).toMatch(/^bayarcash\/transaction-success\s+→ /m);
			expect(screen).toMatch(/│ … \d+ more lines: explain shows all/);
			expect(screen.replace(/\s+/g, ' ')).toContain('own simulator key over 13 fields');
			// Nothing of it is lost.
			await terminal.press('e');
			await terminal.shows('canonical');
			await terminal.press('C-c');
			expect((await terminal.ended()).code).toBe(130);
		},
	);

	test('the line that it prints sends the same bytes', async () => {
		const { url, seen } = await answering(200);
		const terminal = await inTmux('', { columns: 200, rows: 60 });
		await toPreview(terminal, url);
		await terminal.press('s');
		const screen = await terminal.shows('Next');
		const [, line = ''] = /callsim (fire [^\n]+)/.exec(screen) ?? [];
		await callsim(line.split(' '));
		expect(seen).toHaveLength(2);
		expect(seen[1]?.body.toString()).toBe(seen[0]?.body.toString());
	});

	test('the second time it takes two keys, and what was typed ahead is not lost', async () => {
		const { url, seen } = await answering(200);
		const env = { XDG_STATE_HOME: await folder(), CALLSIM_NO_JOURNAL: '' };
		const cwd = await folder();
		const first = await inTmux('', { env, cwd, rows: 60 });
		await toPreview(first, url);
		await first.press('s');
		await first.shows('Next');
		await first.press('q');
		await first.ended();
		const second = await inTmux('', { env, cwd, rows: 60 });
		const again = await second.shows(/^ {2}a {2}as last time +transaction-success → http:/m);
		// The last provider is the first.
		expect(again).toMatch(/^❯ {4}bayarcash/m);
		await second.press('a', 'Enter');
		await second.shows('Next');
		await second.press('q');
		expect((await second.ended()).code).toBe(0);
		expect(seen).toHaveLength(2);
		// An order of its own.
		expect(seen[1]?.body.toString()).not.toBe(seen[0]?.body.toString());
		// Another project knows nothing of it.
		const third = await inTmux('', { env, cwd: await folder() });
		expect(await third.shows('Provider')).not.toContain('as last time');
	});

	test('Esc goes one step back from everywhere, and out of the first question', async () => {
		const { url } = await answering(200);
		const terminal = await inTmux('', { rows: 60 });
		await toPreview(terminal, url);
		const back = ['Sent', 'Amount', 'Order', 'Send it', 'Target', 'Event or scenario', 'Provider'];
		for (const question of back) {
			await terminal.press('Escape');
			await terminal.shows(new RegExp(`^\\? ${question}`, 'm'));
		}
		await terminal.press('Escape');
		expect(await terminal.ended()).toMatchObject({ code: 130, echoes: true, hasCursor: true });
	});

	test('Esc and a key in one go are both taken', async () => {
		const terminal = await inTmux('');
		await terminal.shows('Provider');
		await terminal.press('Down', 'Enter');
		await terminal.shows(/iak\n\? Event/);
		await terminal.press('Escape', 'Enter');
		// Back to the providers, and the first of them.
		await terminal.shows(/^bayarcash\n\? Event/m);
		await terminal.press('C-c');
		expect((await terminal.ended()).code).toBe(130);
	});

	test('Ctrl-C wipes the question and leaves quietly', async () => {
		const terminal = await inTmux('');
		await terminal.shows('Provider');
		await terminal.press('C-c');
		const { code, echoes, hasCursor, screen } = await terminal.ended();
		expect({ code, echoes, hasCursor }).toEqual({ code: 130, echoes: true, hasCursor: true });
		expect(screen).toMatch(/^CODE=130/);
	});

	test.each([
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGINT', 130],
	] as const)('%s restores the terminal and ends with %d', async (signal, expected) => {
		const terminal = await inTmux('');
		await terminal.shows('Provider');
		await terminal.signal(signal);
		expect(await terminal.ended()).toMatchObject({ code: expected, echoes: true, hasCursor: true });
	});

	test('where nobody listens that is told before anything is sent, and looked at again', async () => {
		const port = await closedPort();
		const terminal = await inTmux(`--to :${port}/cb --fresh`, { rows: 60 });
		await terminal.shows('Provider');
		await terminal.press('Enter');
		await terminal.shows('Event or scenario');
		await terminal.press('Enter');
		await terminal.shows(`Nothing listens on localhost:${port}: start your receiver`);
		await terminal.press('l');
		await terminal.shows('look again');
		await terminal.press('g');
		// --fresh has said which order.
		await terminal.shows('Send it');
		await terminal.press('o');
		await terminal.shows(/^\? Amount/m);
		await terminal.press('C-c');
		expect((await terminal.ended()).code).toBe(130);
	});

	test.each(['', 'fire '])(
		'%s: an order that nobody knows is told of before anything is asked',
		async (command) => {
			const { url } = await answering(200);
			const env = { XDG_STATE_HOME: await folder(), CALLSIM_NO_JOURNAL: '' };
			const terminal = await inTmux(`${command}--to ${url} --order ORD-9`, { env });
			const { code, screen } = await terminal.ended();
			expect(code).toBe(2);
			expect(screen.replace(/\s+/g, ' ')).toContain('no order "ORD-9" has been sent');
			expect(screen).toContain('try: See callsim history');
			expect(screen).not.toContain('Provider');
		},
	);

	test('an order that is known leaves no question about the provider', async () => {
		const { url, seen } = await answering(200);
		const env = { XDG_STATE_HOME: await folder(), CALLSIM_NO_JOURNAL: '' };
		const first = await inTmux(`fire iak/pulsa-success --to ${url} --ref ORD-9`, { env });
		expect((await first.ended()).code).toBe(0);
		const terminal = await inTmux(`--order ORD-9`, { env, rows: 60 });
		await terminal.shows(/^iak\n\? Event or scenario/m);
		expect(seen).toHaveLength(1);
	});

	test('one order through its life, its key typed and not shown, saved as a scenario', async () => {
		const { url, seen } = await answering(401, 200);
		const cwd = await folder();
		await writeFile(join(cwd, 'callsim.yaml'), `targets:\n  iak: ${url}\n`);
		const env = { XDG_STATE_HOME: await folder(), CALLSIM_NO_JOURNAL: '' };
		const terminal = await inTmux('--fresh --amount 5000', { cwd, env, rows: 90 });
		// One provider in the project: it is not asked.
		await terminal.shows(/^iak\n\? Event or scenario/m);
		await terminal.type('process');
		await terminal.press('Enter');
		expect(await terminal.shows('Target')).toContain('listening · callsim.yaml: iak');
		await terminal.press('Enter');
		await terminal.shows(/s {2}as usual +order\S+ · \S+ · Rp 5000 · PROCESS/);
		await terminal.press('s');
		await terminal.shows(/k {2}with your own key/);
		await terminal.press('k');
		await terminal.shows('registered phone number');
		await terminal.type('0812');
		await terminal.press('Enter');
		await terminal.shows('API key');
		await terminal.type('hush-hush');
		await terminal.shows(/\*{9}/);
		await terminal.press('Enter');
		await terminal.shows(/n {2}next for this order +pulsa-success: it is paid/);
		await terminal.press('n');
		await terminal.shows(/n {2}next for this order +pulsa-failed: a late failure/);
		await terminal.press('w');
		await terminal.shows('scenarios/iak-pulsa-success.yaml');
		await terminal.press('Enter');
		await terminal.shows('wrote scenarios/iak-pulsa-success.yaml');
		expect(await terminal.screen()).not.toContain('hush-hush');
		await terminal.press('q');
		await terminal.ended();
		const [one, two, three] = seen.map(({ body }) => JSON.parse(body.toString()).data);
		expect(seen).toHaveLength(3);
		expect([two.ref_id, three.ref_id, three.price]).toEqual([one.ref_id, one.ref_id, '5000']);
		const file = join(cwd, 'scenarios', 'iak-pulsa-success.yaml');
		expect(await readFile(file, 'utf8')).not.toContain('hush');
		const { code, stderr } = await callsim(['run', file, '--speed', 'max'], { cwd });
		expect({ code, stderr: stderr.includes('error') }).toEqual({ code: 0, stderr: false });
		// As often as the scenario says: process twice, then the success.
		expect(seen).toHaveLength(6);
	});

	test('a scenario is run, and the receiver checked, without leaving', async () => {
		const { url, count } = await takingAll();
		const terminal = await inTmux(`--to ${url}`, { rows: 60 });
		await terminal.shows('Provider');
		await terminal.press('Down', 'Down', 'Enter');
		await terminal.shows('Event or scenario');
		await terminal.type('ordinary life of a transaction');
		await terminal.shows(/❯ transaction +The ordinary life/);
		await terminal.press('Enter');
		await terminal.shows('Ready');
		await terminal.press('s');
		expect((await terminal.shows('Next')).replace(/[\s\\]+/g, ' ')).toContain(
			`callsim run khoins/transaction --to ${url}`,
		);
		await terminal.press('c');
		const checked = await terminal.shows(/ of \d+ rules[\s\S]+Next/);
		expect(checked).toMatch(/^✓ khoins at http/m);
		expect(count()).toBeGreaterThan(50);
		expect(checked.replace(/[\s\\]+/g, ' ')).toContain(`callsim check khoins --to ${url}`);
		await terminal.press('q');
		// How the last delivery ended: a check has its own line.
		expect((await terminal.ended()).code).toBe(0);
	});

	test('a field is changed, and the change is seen, sent and printed', async () => {
		const { url, seen } = await answering(200);
		const terminal = await inTmux('', { columns: 100, rows: 70 });
		await toPreview(terminal, url);
		await terminal.press('f');
		await terminal.shows('Field');
		await terminal.type('payer_name');
		await terminal.shows(/❯ payer_name +Mohd Ali/);
		await terminal.press('Enter');
		await terminal.shows(/\? payer_name Mohd Ali/);
		await terminal.type('Siti');
		await terminal.press('Enter');
		await terminal.shows(/payer_name = Siti/);
		await terminal.shows('Ready');
		await terminal.press('l');
		await terminal.shows(/--set payer_name=Siti/);
		await terminal.press('e');
		await terminal.shows('canonical');
		await terminal.press('u');
		await terminal.shows('curl -sS');
		await terminal.press('s');
		await terminal.shows('Next');
		await terminal.press('q');
		expect((await terminal.ended()).code).toBe(0);
		expect(seen[0]?.body.toString()).toContain('payer_name=Siti');
	});

	test('TERM=dumb is asked line by line, without escape codes', async () => {
		const { url, seen } = await answering(200);
		const terminal = await inTmux(`--to ${url}`, {
			env: { TERM: 'dumb' },
			rows: 90,
		});
		await terminal.shows('number, name or back [1]:');
		await terminal.type('iak');
		await terminal.press('Enter');
		await terminal.shows('Event or scenario');
		await terminal.type('zzz');
		await terminal.press('Enter');
		await terminal.shows('nothing matches "zzz"');
		await terminal.type('back');
		await terminal.press('Enter');
		await terminal.shows(/Provider[\s\S]*Provider/);
		await terminal.type('2');
		await terminal.press('Enter', 'Enter', 'Enter');
		await terminal.shows('Next');
		await terminal.type('q');
		await terminal.press('Enter');
		expect((await terminal.ended()).code).toBe(0);
		expect(seen).toHaveLength(1);
	});

	test('Esc goes one step back in init, too, and out of its list; what is typed ahead is kept', async () => {
		const terminal = await inTmux('init', { cwd: await folder() });
		await terminal.shows('Providers');
		await terminal.press('Space', 'Enter');
		await terminal.shows(/^\? Your receiver/m);
		await terminal.press('Escape');
		await terminal.shows(/^\? Providers/m);
		await terminal.press('Escape');
		expect(await terminal.ended()).toMatchObject({ code: 130, echoes: true, hasCursor: true });
	});

	test('keys pressed during a countdown do not show in it, and Enter sends at once', async () => {
		const { url, seen } = await answering(500, 200);
		const terminal = await inTmux(`fire bayarcash/transaction-success --to ${url} --real-time`);
		await terminal.shows('Enter: now');
		await terminal.type('hello');
		await terminal.press('Up', 'Left', 'Escape', 'x');
		const counting = await terminal.shows(/attempt 2 \(\+5 min\) in 4 min 5\d s \(Enter: now\)/);
		expect(counting).not.toMatch(/hello|\^\[/);
		await terminal.press('Enter');
		const { code, echoes, screen } = await terminal.ended();
		expect({ code, echoes, sent: seen.length }).toEqual({ code: 0, echoes: true, sent: 2 });
		expect(screen).not.toMatch(/hello|\^\[|Enter: now/);
	});
});
