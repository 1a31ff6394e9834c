import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test("the example for Node's own test runner passes", async () => {
	const args = ['--test', '--test-reporter=tap', 'examples/sandbox/shop.node.mjs'];
	const { stdout } = await promisify(execFile)(process.execPath, args);
	expect(stdout).toMatch(/^# pass 1$/m);
});
