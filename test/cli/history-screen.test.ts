import { join } from 'node:path';
import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { listening } from '../support/listening.ts';
import { callsim } from '../support/run-cli.ts';
import { scratch } from '../support/scratch.ts';
import { answering, closedPort } from '../support/server.ts';

/** What was sent and checked before, as one user keeps it. */
async function kept() {
	const { url } = await answering(200);
	const to = `${url}/payments/bayarcash/callback`;
	const env = { CALLSIM_NO_JOURNAL: '', XDG_STATE_HOME: scratch(), NO_COLOR: '1' };
	for (const reference of ['A-1', 'A-2'])
		await callsim(['fire', 'bayarcash/receipt-success', '--ref', reference, '--to', to], { env });
	return { to, env };
}

describe('the history on a screen', () => {
	test.each([80, 40])('of %d columns is stacked, every word in one piece', async (columns) => {
		const { to, env } = await kept();
		const { stdout } = await callsim(['history'], { env, terminal: { columns, rows: 60 } });
		const lines = stdout.trimEnd().split('\n');
		expect(lines[0]).toMatch(/^✓ acknowledged ·/);
		const tooWide = lines.filter((line) => stringWidth(line) > columns);
		expect(tooWide.filter((line) => line.trim().includes(' '))).toEqual([]);
		const entries = stdout.split(/^(?=✓)/m);
		expect(entries.map((one) => /\bA-\d/.exec(one)?.[0]).sort()).toEqual(['A-1', 'A-2']);
		for (const one of entries) {
			expect(one).toContain(to);
			expect(one).toMatch(/\d{8}-\d{6}-[\da-f]{8}\.1/);
		}
	});

	test('that is wide enough has a line each, and so has a pipe', async () => {
		const { env } = await kept();
		const wide = await callsim(['history'], { env, terminal: { columns: 300, rows: 60 } });
		const piped = await callsim(['history'], { env });
		expect(wide.stdout).toBe(piped.stdout);
		expect(piped.stdout.trimEnd().split('\n')).toHaveLength(2);
	});

	test('has the path of what came in, and leaves its query to --show', async () => {
		const { env } = await kept();
		const { url } = await listening([], (args, options) => callsim(args, { ...options, env }));
		await callsim(['fire', 'bayarcash/receipt-success', '--to', url], { env });
		const { stdout } = await callsim(['history'], { env });
		expect(stdout).toMatch(/ ← \/cb\?… +answered 200 /);
	});

	test.each([
		['history', ['history']],
		['one delivery of it', ['history', '--show', 'last']],
		['the list of rules', ['check', '--list']],
	])('%s goes through the pager where it is longer, and not with --no-pager', async (_, args) => {
		const { env } = await kept();
		const terminal = { columns: 80, rows: 4 };
		const paging = { ...env, PAGER: `cat > '${join(scratch(), 'paged')}'` };
		const paged = await callsim(args, { env: paging, terminal });
		expect(paged.stdout).toBe('');
		const whole = await callsim([...args, '--no-pager'], { env: paging, terminal });
		expect(whole.stdout.split('\n').length).toBeGreaterThan(terminal.rows);
	});

	test('asked for one as replay is, says how', async () => {
		const hint = async (typed: string) => (await callsim(['history', typed])).stderr;
		expect(await hint('last')).toContain('callsim history --show last;');
		expect(await hint('20261128-072352-806eb256.1')).toContain(
			'--show 20261128-072352-806eb256.1;',
		);
		// What is no id may be anything, and is not said again.
		expect(await hint('own-Secret_key')).toContain('--show <id>; those of an order: --ref');
	});

	test('tells one with the times of the list and their zone, and once why nobody was reached', async () => {
		const env = { CALLSIM_NO_JOURNAL: '', XDG_STATE_HOME: scratch() };
		const to = `http://127.0.0.1:${await closedPort()}/cb`;
		const args = ['fire', 'bayarcash/receipt-success', '--to', to, '--retry', 'none'];
		await callsim(args, { env });
		const list = (await callsim(['history'], { env })).stdout;
		const { stdout } = await callsim(['history', '--show', 'last'], { env });
		const [when = ''] = /^\S+ \S+/.exec(list) ?? [];
		const line = stdout.split('\n').find((one) => one.includes('attempt 1')) ?? '';
		expect(line).toMatch(/ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d /);
		expect(line).toContain(` ${when.slice(0, 'YYYY-MM-DD HH'.length)}`);
		expect(stdout.match(/ECONNREFUSED/g)).toHaveLength(1);
	});
});
