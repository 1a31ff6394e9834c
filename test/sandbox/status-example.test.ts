import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { closedPort } from '../support/server.ts';

const folder = new URL('../../examples/status-api/', import.meta.url).pathname;

test("the shell lines of the status API's example pass as they stand, on a port that is free", async () => {
	const readme = readFileSync(`${folder}README.md`, 'utf8');
	const [, line = ''] = /^callsim (check [\s\S]*?)\n```/m.exec(readme) ?? [];
	const port = String(await closedPort());
	const words = line
		.replaceAll('\\\n', ' ')
		.replaceAll('3000', port)
		.replace('node serve.js', `node ${folder}serve.js`);
	const args = [...words.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
		([, single, double, bare]) => single ?? double ?? bare ?? '',
	);
	// All rules are tried by the example's own test: here it is the lines that are.
	const { code, stdout } = await callsim([
		...args,
		'--only',
		'success-takes-effect,signed-field-tampered',
	]);
	expect([code, stdout]).toEqual([0, expect.stringContaining(' 2 passed, 0 failed')]);
});
