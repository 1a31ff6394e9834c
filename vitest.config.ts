import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { bundledModule } from './scripts/bundled.mjs';
import { LongFirst } from './test/support/long-first.ts';
import { seedOf } from './test/support/seed-of.ts';

const seed = seedOf(process.env);

export default defineConfig({
	plugins: [bundledModule],
	test: {
		include: ['test/**/*.test.ts', 'examples/**/*.test.js'],
		// A test that asserts nothing cannot fail.
		expect: { requireAssertions: true },
		setupFiles: ['test/support/seed.ts'],
		restoreMocks: true,
		unstubEnvs: true,
		sequence: { shuffle: true, sequencer: LongFirst, ...(seed !== undefined && { seed }) },
		// For what hangs: what takes two seconds alone may take twenty on a machine that has other work.
		testTimeout: 60_000,
		// No module keeps what one file could spoil for another, and loading them all for each file took a third of the time.
		isolate: false,
		// Tests wait for sockets and processes a part of their time; but each worker loads and warms up everything anew.
		maxWorkers: availableParallelism() + 1,
	},
});
