import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText, type Json, mutated } from '../support/mutations.ts';
import { fuzzRuns } from '../support/only-problems.ts';
import { callsim } from '../support/run-cli.ts';
import { scratch } from '../support/scratch.ts';
import { answering } from '../support/server.ts';

/** Everything that reads a journal and sends nothing. */
const commands = [
	['history'],
	['history', '--json'],
	['history', '--failed', '--ref', 'A-1'],
	['history', '--show', 'last'],
	['history', '--show', 'last', '--json'],
	['replay', 'last', '--dry-run'],
	['fire', 'bayarcash/transaction-success', '--order', 'last', '--to', ':9/cb', '--dry-run'],
	['complete', '--', 'callsim', 'replay', ''],
];

const linesOf = (folder: string) =>
	readdirSync(folder)
		.filter((name) => name.endsWith('.jsonl'))
		.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
		.filter((line) => line !== '');

/** A journal with a line of every kind that a delivery and a check leave. */
async function written(): Promise<Json[]> {
	const folder = join(scratch(), 'journal');
	const env = { CALLSIM_NO_JOURNAL: '' };
	const { url } = await answering(500, 200);
	const more = ['--to', url, '--speed', 'max', '--journal', folder];
	await callsim(['fire', 'bayarcash/transaction-success', '--ref', 'A-1', ...more], { env });
	await callsim(
		['check', 'bayarcash', '--only', 'genuine-success', ...more.slice(0, 2), ...more.slice(4)],
		{
			env,
		},
	);
	return linesOf(folder).map((line) => JSON.parse(line) as Json);
}

test('a journal that differs in anything is told as far as it is whole, and never a bug', async () => {
	const whole = await written();
	expect(new Set(whole.map((line) => (line as { type: string }).type)).size).toBeGreaterThan(6);
	const folder = scratch();
	mkdirSync(join(folder, 'journal'));
	const text = fc
		.nat(whole.length - 1)
		.chain((at) =>
			fc
				.oneof(
					{ weight: 4, arbitrary: mutated(whole[at] ?? null).map((one) => JSON.stringify(one)) },
					{ weight: 1, arbitrary: anyText },
				)
				.map((other) => whole.map((one, place) => (place === at ? other : JSON.stringify(one)))),
		);
	await fc.assert(
		fc.asyncProperty(text, fc.constantFrom(...commands), async (lines, command) => {
			writeFileSync(join(folder, 'journal', '2026-11-28.jsonl'), `${lines.join('\n')}\n`);
			const { code, stderr } = await callsim([...command, '--journal', join(folder, 'journal')], {
				cwd: folder,
				env: { CALLSIM_NO_JOURNAL: '' },
			});
			expect([0, 1, 2], stderr).toContain(code);
		}),
		fuzzRuns(150),
	);
}, 3_600_000);
