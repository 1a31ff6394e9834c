import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type CliOptions, type CliResult, callsim, type Json, jsonLines } from './run-cli.ts';

export interface Folder {
	readonly path: string;
	/** The command, started in this folder. */
	callsim(args: readonly string[], options?: CliOptions): Promise<CliResult>;
	/** `callsim run … --speed max --json`, and what it said. */
	run(args: readonly string[], options?: CliOptions): Promise<RunResult>;
	write(name: string, text: string): void;
	read(name: string): string;
	has(name: string): boolean;
}

export interface RunResult extends CliResult {
	readonly lines: readonly Json[];
	readonly steps: readonly StepLine[];
	readonly summary: Json | undefined;
	/** Bodies of all attempts, as they were sent. */
	readonly bodies: readonly string[];
}

export interface StepLine extends Json {
	readonly scenario: string;
	readonly step: number;
	readonly iteration?: number;
	readonly passed: boolean;
	readonly expected: string;
	readonly got: string;
	readonly failures: readonly {
		readonly kind: string;
		readonly expected: string;
		readonly got: string;
	}[];
	readonly file: string;
	readonly line: number;
	readonly startsAtMs: number;
	readonly reproduce: string;
}

/** A folder of its own, which is the root of a repository; it is removed when the test ends. */
export function folderWith(files: Readonly<Record<string, string>>): Folder {
	const path = mkdtempSync(join(tmpdir(), 'callsim-test-'));
	onTestFinished(() => rmSync(path, { recursive: true, force: true }));
	const write = (name: string, text: string) => {
		mkdirSync(dirname(join(path, name)), { recursive: true });
		// Some of them are keys.
		writeFileSync(join(path, name), text, { mode: 0o600 });
	};
	mkdirSync(join(path, '.git'));
	for (const [name, text] of Object.entries(files)) write(name, text);
	const start = (args: readonly string[], options: CliOptions = {}) =>
		callsim(args, { cwd: path, ...options });
	return {
		path,
		callsim: start,
		async run(args, options) {
			const result = await start(['run', ...args, ...pace(args), '--json'], options);
			return { ...result, ...told(result.stdout) };
		},
		write,
		read: (name) => readFileSync(join(path, name), 'utf8'),
		has: (name) => existsSync(join(path, name)),
	};
}

const pace = (args: readonly string[]) => (args.includes('--speed') ? [] : ['--speed', 'max']);

function told(stdout: string) {
	const lines = jsonLines(stdout);
	return {
		lines,
		steps: lines.filter(({ type }) => type === 'step') as StepLine[],
		summary: lines.find(({ type }) => type === 'summary'),
		bodies: lines
			.filter(({ type }) => type === 'attempt')
			.map((line) => String((line['request'] as Json)['body'])),
	};
}

/** One scenario in a folder of its own. */
export function runText(
	text: string,
	args: readonly string[],
	options: CliOptions = {},
): Promise<RunResult> {
	return folderWith({ 'test.yaml': text }).run(['test.yaml', ...args], options);
}

/** The words of a printed command line, as a shell takes it apart; without `callsim` itself. */
export function wordsOf(line: string): string[] {
	const words = line.match(/(?:[^\s'\\]|\\.|'[^']*')+/g) ?? [];
	return words
		.map((word) =>
			word.replace(/'([^']*)'|\\(.)/g, (_, inner?: string, one?: string) => inner ?? one ?? ''),
		)
		.slice(1);
}
