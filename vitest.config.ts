import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { bundledModule } from './scripts/bundled.mjs';
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
		sequence: { shuffle: true, ...(seed !== undefined && { seed }) },
		testTimeout: 20_000,
		// No module keeps what one file could spoil for another, and loading them all for each file took a third of the time.
		isolate: false,
		// Most tests wait for sockets and processes; the default leaves one of two processors to nobody.
		maxWorkers: Math.max(2, availableParallelism() - 1),
	},
});
