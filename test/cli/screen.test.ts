import { createHmac } from 'node:crypto';
import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { commandIn, commands } from '../../src/cli/commands.ts';
import { callsim } from '../support/run-cli.ts';
import { answering, serve } from '../support/server.ts';

/** Without what only paints, and what was written over. */
const plain = (text: string) =>
	// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it begins with
	text.replace(/\u001b\[[\d;]*m/g, '').replace(/[^\n]*\r\u001b\[K/g, '');

/** Lines that are wider than the screen though they could have been broken. */
function tooWide(text: string, columns: number): string[] {
	return plain(text)
		.split('\n')
		.filter((line) => stringWidth(line) > columns)
		.filter((line) =>
			line
				.replace(/^\s*([│<>] +)?| \\$/g, '')
				.trim()
				.includes(' '),
		);
}

const wordsIn = (text: string) =>
	plain(text)
		.replace(/^ *[│<>] /gm, ' ')
		.replace(/ \\\n/g, ' ')
		// What bars separate may stand below each other.
		.split(/\s+|(?<=[^\s|]\|)(?=[^\s|])/)
		.filter((word) => word !== '');

const names = Object.keys(commands).map(commandIn);
const success = 'bayarcash/transaction-success';

describe.each([80, 40])('on a screen of %d columns', (columns) => {
	const terminal = { columns };

	test.each([
		...[['--help'], ...names.map((name) => [name, '--help']), ['fire', '--help', 'all']],
		...['exit-codes', 'schedules', 'paths', 'credentials', 'outcomes'].map((topic) => [
			'help',
			topic,
		]),
		...[['list'], ['list', 'bayarcash'], ['list', '--long'], ['config'], ['check', '--list']],
		...[
			['check', '--explain', 'duplicate'],
			['show', success],
			['show', success, '--explain'],
		],
		...[
			['show', 'iak/pulsa-success', '--claims'],
			['fire', 'bayarcash/x'],
			['fire', success],
		],
	])('callsim %s %s %s has no wider line, and cuts no word', async (...args: string[]) => {
		const given = args.filter((word) => word !== undefined);
		const shown = await callsim(given, { terminal });
		expect(tooWide(shown.stdout + shown.stderr, columns)).toEqual([]);
		const isHelp = given.includes('--help');
		const wide = isHelp ? shown : await callsim(given, { terminal: { columns: 1_000 } });
		expect(wordsIn(shown.stdout)).toEqual(wordsIn(wide.stdout));
		expect(wordsIn(shown.stderr)).toEqual(wordsIn(wide.stderr));
	});

	test.each([
		['that refuses', 401, { error: 'the signature of this callback does not match its fields' }],
		['that accepts', 200, { status: 'ok' }],
	])('a delivery to a receiver %s fits', async (_, status, body) => {
		const { url } = await serve((_seen, response) => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		});
		const args = ['fire', success, '--to', `${url}/api/callbacks/bayarcash`, '--retry', 'none'];
		for (const more of [[], ['-v']]) {
			const { stdout, stderr } = await callsim([...args, ...more], { terminal });
			expect(stdout).toContain('attempt 1');
			expect(tooWide(stdout + stderr, columns)).toEqual([]);
		}
	});

	test('two signed texts fit, with the first difference in sight', async () => {
		const show = await callsim(['show', success, '--json']);
		const { canonical } = JSON.parse(show.stdout).signature;
		const unseparated = createHmac('sha256', 'sim_bayarcash_secret_0123456789ab')
			.update(canonical.replaceAll('|', ''))
			.digest('hex');
		const args = ['verify', 'bayarcash', '--event', success, '--expect', unseparated];
		const { stdout, stderr } = await callsim([...args, '--explain'], { terminal });
		expect(tooWide(stdout + stderr, columns)).toEqual([]);
		const [right = '', yours = '', mark = ''] =
			plain(stdout).split('first difference\n')[1]?.split('\n') ?? [];
		const at = mark.indexOf('^');
		expect([right.slice(0, at), right[at]]).toEqual(['    right   60.00', '|']);
		expect([yours.slice(0, at), yours[at]]).toEqual(['    yours   60.00', 'M']);
	});

	test('what arrives at a listener fits, a long query told by its fields', async () => {
		let sending: Promise<unknown> | undefined;
		const { stdout } = await callsim(['listen', '--port', '0', '--no-journal'], {
			terminal,
			onStdout: (text, kill) => {
				const url = /^listening on (\S+)\n/.exec(text)?.[1];
				if (url === undefined || sending !== undefined) return;
				sending = (async () => {
					for (const event of [success, 'bayarcash/receipt-success', success])
						await callsim(['fire', event, '--to', `${url}/cb`, '--retry', 'none']);
				})().finally(() => kill('SIGINT'));
			},
		});
		await sending;
		expect(tooWide(stdout, columns)).toEqual([]);
		expect(plain(stdout)).toMatch(/ GET \/cb\?…\n/);
		expect(plain(stdout)).toMatch(/│ exchange_reference_number[\s│]+1-735-272-902-315691\n/);
		// Of a repeat everything has been said.
		expect(stdout.match(/mohd\.ali@example\.com/g)).toHaveLength(1);
	});

	test('a check that fails fits', async () => {
		const { url } = await answering(200);
		const args = ['check', 'bayarcash', '--to', url, '--only', 'checksum-missing,duplicate'];
		const { stdout, stderr } = await callsim(args, { terminal });
		expect(stdout).toContain('checksum-missing');
		expect(tooWide(stdout + stderr, columns)).toEqual([]);
	});
});

test('what a program reads is not laid out, on a screen either', async () => {
	const terminal = { columns: 40 };
	for (const args of [
		['list', '--json'],
		['show', success, '--json'],
		['show', success, '--print', 'http'],
		['show', success, '--print', 'curl'],
	])
		expect((await callsim(args, { terminal })).stdout).toBe((await callsim(args)).stdout);
});

test('through a pipe no line is broken', async () => {
	const { stdout } = await callsim(['check', '--explain', 'duplicate']);
	expect(stdout.split('\n').some((line) => line.length > 120)).toBe(true);
});

test('the examples of help and a line of help fit eighty columns as they are', async () => {
	const all = [['--help'], ...names.map((name) => [name, '--help', 'all'])];
	for (const args of all) {
		const { stdout } = await callsim(args);
		expect([args, stdout.split('\n').filter((line) => line.length > 80)]).toEqual([args, []]);
	}
});
