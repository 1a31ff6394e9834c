import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts', 'examples/**/*.test.js'],
		restoreMocks: true,
		unstubEnvs: true,
		sequence: { shuffle: true },
		testTimeout: 20_000,
	},
});
