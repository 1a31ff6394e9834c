import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../support/catalogue.ts';
import { callsim } from '../support/run-cli.ts';
import { scratch } from '../support/scratch.ts';

const linesOf = async (...args: string[]) =>
	(await callsim(['list', ...args])).stdout.split('\n').map((line) => line.trim());

describe('list', () => {
	test('has a line for every event, with what it is', async () => {
		const lines = await linesOf();
		for (const { id, file } of catalogue.events) {
			const own = lines.filter((line) => line.split(' ')[0] === id);
			expect(own).toEqual([expect.stringContaining(file.title)]);
		}
	});

	test('says every choice once for a provider', async () => {
		const { stdout } = await callsim(['list']);
		const bayarcash = stdout.slice(0, stdout.indexOf('\niak '));
		expect(bayarcash.match(/encoding: form, json/g)).toHaveLength(1);
		expect(bayarcash.match(/application: enrolment/g)).toHaveLength(1);
	});

	test('of a provider tells how each message is sent, signed and repeated', async () => {
		const lines = await linesOf('bayarcash');
		const at = lines.findIndex((line) => line.startsWith('receipt ·'));
		expect(lines.slice(at + 1, at + 3)).toEqual([
			'GET query · hmac-sha256 (checksum) · 1 attempt · assumed',
			'api: v3, v2 · append: glued, merged',
		]);
	});

	test('of a provider tells what its scenarios are about and what they send', async () => {
		const lines = await linesOf('bayarcash');
		const at = lines.indexOf('bayarcash/payment  The ordinary life of a payment');
		expect(lines[at + 1]).toBe('pre-transaction → transaction-success → receipt-success');
	});

	test('--long has all of every provider, with the sources', async () => {
		const { stdout } = await callsim(['list', '--long']);
		for (const { id } of catalogue.events) expect(stdout).toContain(id);
		expect(stdout).toContain('https://github.com/bayarcash/php-sdk');
	});
});

describe('what is longer than the screen', () => {
	const paging = async (
		args: readonly string[],
		env: Record<string, string> = {},
		rows: number | undefined = 24,
	) => {
		const file = join(scratch(), 'paged');
		const terminal = rows === 0 ? undefined : { columns: 80, rows };
		const { stdout } = await callsim(args, {
			terminal,
			env: { NO_COLOR: '1', PAGER: `cat > '${file}'; printf '%s' "$LESS" >> '${file}'`, ...env },
		});
		let paged = '';
		try {
			paged = readFileSync(file, 'utf8');
		} catch {
			// Nothing went through the pager.
		}
		return { stdout, paged };
	};

	test('goes through the pager, laid out, with the settings of git', async () => {
		const { stdout, paged } = await paging(['list']);
		expect(stdout).toBe('');
		expect(paged).toContain('bayarcash/transaction-success');
		expect(paged).toMatch(/FRX$/);
		expect(paged.split('\n').filter((line) => line.length > 80)).toEqual([]);
	});

	test("keeps the user's own settings of less", async () => {
		expect((await paging(['list'], { LESS: 'S' })).paged).toMatch(/\nS$/);
	});

	test.each<[string, string[], Record<string, string>, number]>([
		['--no-pager', ['list', '--no-pager'], {}, 24],
		['--json', ['list', '--json'], {}, 24],
		['a pipe', ['list'], {}, 0],
		['CI', ['list'], { CI: 'true' }, 24],
		['a dumb terminal', ['list'], { TERM: 'dumb' }, 24],
		['an empty PAGER', ['list'], { PAGER: '' }, 24],
		['a pager that is not there', ['list'], { PAGER: 'no-such-pager-anywhere' }, 24],
		['a screen that holds it', ['list', 'khoins'], {}, 60],
	])('goes straight to stdout with %s', async (_, args, env, rows) => {
		const { stdout, paged } = await paging(args, env, rows);
		expect(stdout).toContain('khoins/transaction-success');
		expect(paged).toBe('');
	});
});
