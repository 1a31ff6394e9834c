import { expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { answering } from '../support/server.ts';

test('a built-in scenario is named by its name, not by where the package lies', async () => {
	const { url } = await answering(500);
	const { steps, stderr } = await folderWith({}).run([
		'bayarcash/payment',
		'--to',
		url,
		'--retry',
		'none',
	]);
	expect(new Set(steps.map(({ file }) => file))).toEqual(new Set(['bayarcash/payment']));
	expect(stderr).not.toContain('dist');
});
