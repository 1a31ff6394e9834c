// One command, measured as a whole process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

export const has = (program) =>
	spawnSync('bash', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;

/** `{ seconds, cpu, peak, stdout }`: wall and processor time in seconds, MiB of a Node process. */
export function measured(command, args) {
	const folder = mkdtempSync(join(tmpdir(), 'callsim-bench-'));
	try {
		const peak = join(folder, 'peak');
		writeFileSync(peak, '');
		const { stdout, stderr } = spawnSync(
			'bash',
			// The times go to the standard error of the shell, the command's own into a file.
			['-c', `TIMEFORMAT='%R %U %S'; time "$@" 2> ${folder}/stderr`, 'bash', command, ...args],
			{
				cwd: folder,
				encoding: 'utf8',
				maxBuffer: 1 << 28,
				env: {
					...process.env,
					CALLSIM_NO_JOURNAL: '1',
					BENCH_PEAK: peak,
					...(command === process.execPath && {
						NODE_OPTIONS: `--require ${join(here, 'peak.cjs')}`,
					}),
				},
			},
		);
		const [seconds, user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
		return { seconds, cpu: user + system, peak: Number(readFileSync(peak, 'utf8')), stdout };
	} finally {
		rmSync(folder, { recursive: true });
	}
}
