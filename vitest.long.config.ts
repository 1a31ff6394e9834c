import { defineConfig } from 'vitest/config';
import usual from './vitest.config.ts';

/** The files of which `npm test` has a part (test/support/long.ts), in full. */
export default defineConfig({
	...usual,
	test: {
		...usual.test,
		include: [
			'test/zoo/*.test.ts',
			'test/check/own-formats.test.ts',
			'test/faults/commands.test.ts',
			'test/burst/whole-flood.test.ts',
			'test/burst/million.test.ts',
		],
		env: { CALLSIM_LONG: '1' },
	},
});
