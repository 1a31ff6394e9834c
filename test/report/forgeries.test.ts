import { expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { serve } from '../support/server.ts';

const success = 'bayarcash/transaction-success';

test.each([
	[400, /attempt 1 .* refused\n[\s\S]*✓ refused in 1 attempt, as it should be\n/],
	[401, /✓ refused in 1 attempt, as it should be\n/],
	[403, /✓ refused in 1 attempt, as it should be\n/],
	[422, /✓ refused in 1 attempt, as it should be\n/],
	// Of a path, a limit or a crash nothing follows for what was broken.
	[404, /✗ not acknowledged in 1 attempt/],
	[429, /✗ not acknowledged in 1 attempt/],
	[500, /✗ not acknowledged in 1 attempt/],
	[200, /✗ acknowledged at the first attempt, though it was broken on purpose\n/],
])(
	'a forgery that is answered %d is told as what that says of the receiver',
	async (status, told) => {
		const { url } = await serve((_, response) => response.writeHead(status).end('no'));
		for (const fault of [['--tamper', 'amount=2.00'], ['--unsigned'], ['--wrong-key']]) {
			const { stdout, code } = await callsim([
				'fire',
				success,
				...['--to', url, '--retry', 'none'],
				...fault,
			]);
			expect(stdout).toMatch(told);
			// As documented: whether it was acknowledged.
			expect(code).toBe(status === 200 ? 0 : 1);
		}
	},
);

test('a forgery that a CSRF check stops has not been looked at', async () => {
	const { url } = await serve((_, response) =>
		response
			.writeHead(403, { 'content-type': 'text/html' })
			.end(
				'<title>403 Forbidden</title><h1>Forbidden</h1><p>CSRF verification failed. Request aborted.</p>',
			),
	);
	const args = ['fire', success, '--to', url, '--retry', 'none', '--unsigned'];
	expect((await callsim(args)).stdout).toContain('✗ not acknowledged in 1 attempt');
});
