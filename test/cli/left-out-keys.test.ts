import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonLines } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { answering } from '../support/server.ts';

const typed = [
	'--credential',
	'secret_key=own-key-123456',
	'--header',
	'Authorization: Bearer abc',
];

test('what was sent with a key on the command line is replayed and resumed without it, as is told', async () => {
	const { callsim, path } = folderWith({});
	const env = { CALLSIM_NO_JOURNAL: '', XDG_STATE_HOME: join(path, 'state') };
	const { url, seen } = await answering(500, 500, 200, 200);
	await callsim(['fire', 'bayarcash/transaction-success', '--to', url, '--real-time', ...typed], {
		env,
		onStdout: (text, kill) => {
			if (text.includes('attempt 1')) kill('SIGINT');
		},
	});
	for (const command of [
		['resume', '--speed', 'max'],
		['replay', 'last', '--retry', 'none'],
	]) {
		const { code, stderr, stdout } = await callsim([...command, '--json'], { env });
		expect(jsonLines(stdout).at(-1)).toMatchObject({ acknowledged: 1 });
		expect(stderr).toContain('the credential secret_key of that run was typed as a value');
		expect(stderr).toContain('the header Authorization of that run was typed as a value');
		expect(code).toBe(0);
	}
	expect(seen.map(({ headers }) => headers.authorization)).toEqual([
		'Bearer abc',
		...[undefined, undefined, undefined],
	]);
});
