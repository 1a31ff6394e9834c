import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** For mutants: tests that start nothing and wait for nobody, since each runs a thousand times. */
const pure = [
	'model',
	'documents',
	'catalogue',
	'compose',
	'delivery',
	'digest',
	'order',
	'verify',
	'check',
	'journal',
];
const waiting = [
	'order/run-command',
	'delivery/digest-servers',
	'delivery/guard',
	'delivery/http',
	'verify/explain',
];
/** `MUTATE_TESTS=order,check npm run mutate -- src/order`: fewer tests, a faster run, and a score that is at most lower. */
const chosen = process.env['MUTATE_TESTS']?.split(',') ?? pure;

export default defineConfig({
	test: {
		...base.test,
		sequence: { shuffle: false },
		include: chosen.map((path) =>
			path.includes('.test') ? `test/${path}` : `test/${path}/**/*.test.ts`,
		),
		exclude: waiting.map((file) => `test/${file}.test.ts`),
	},
});
