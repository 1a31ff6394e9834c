import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { program } from '../../bench/program.mjs';
import { isLong } from '../support/long.ts';

const count = isLong ? 1_000_000 : 10_000;

test(`${count} orders wait at once in less than 200 MB, every attempt in its turn at its exact provider time`, async () => {
	const { path, remove } = await program('waiting-inside.ts');
	try {
		const { stdout } = await promisify(execFile)(process.execPath, [path, String(count)]);
		const { peakMiB, ...told } = JSON.parse(stdout);
		expect(told).toEqual({
			sent: count,
			refused: count,
			attempts: 5 * count,
			references: count,
			mistimed: 0,
			outOfTurn: 0,
			backwards: 0,
			isWhole: true,
		});
		expect(peakMiB * 1.048_576).toBeLessThan(200);
	} finally {
		remove();
	}
}, 600_000);
