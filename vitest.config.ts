import { defineConfig } from 'vitest/config';
import { bundledModule } from './scripts/bundled.mjs';

export default defineConfig({
	plugins: [bundledModule],
	test: {
		include: ['test/**/*.test.ts', 'examples/**/*.test.js'],
		restoreMocks: true,
		unstubEnvs: true,
		sequence: { shuffle: true },
		testTimeout: 20_000,
	},
});
