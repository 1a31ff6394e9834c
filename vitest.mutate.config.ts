import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** For mutants: tests that start nothing and wait for nobody, since each runs a thousand times. */
const pure = ['model', 'documents', 'catalogue', 'compose', 'delivery', 'digest', 'order', 'verify', 'check'];
const waiting = ['order/run-command', 'delivery/digest-servers', 'delivery/guard', 'delivery/http', 'verify/explain'];

export default defineConfig({
	test: {
		...base.test,
		sequence: { shuffle: false },
		include: pure.map((folder) => `test/${folder}/**/*.test.ts`),
		exclude: waiting.map((file) => `test/${file}.test.ts`),
	},
});
