import { defineConfig } from 'vitest/config';
import usual from './vitest.config.ts';

/** The files of which `npm test` has a part (test/support/long.ts), in full. */
export default defineConfig({
	...usual,
	test: {
		...usual.test,
		include: [
			'test/zoo/*.test.ts',
			'test/action.test.ts',
			'test/check/own-formats.test.ts',
			'test/cli/{check,listen-and-verify,stdin}.test.ts',
			'test/documents/yaml-bounds.test.ts',
			'test/faults/{answer-fuzz,commands,places,signals,table}.test.ts',
			'test/fuzz/*.test.ts',
			'test/report/mask.test.ts',
			'test/sandbox/*-{answers,deposit,hostile,transactions,truth}.test.ts',
			'test/verify/{explain,verdict,wrappings}.test.ts',
			'test/burst/{whole-flood,million}.test.ts',
		],
		env: { CALLSIM_LONG: '1' },
	},
});
