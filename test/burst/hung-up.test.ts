import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { jsonLines } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { serveTcp } from '../support/server.ts';

/** Writes for as long as somebody reads. */
function pours(socket: Socket): void {
	socket.write('HTTP/1.1 200 OK\r\n\r\n');
	const more = (): void => {
		while (!socket.destroyed && socket.write('x'.repeat(16_384)));
		socket.once('drain', more);
	};
	more();
}

test.each([
	['silence', () => undefined, { failed: 3, endings: { 'timed out (no answer)': 3 } }],
	['an answer without an end', pours, { acknowledged: 3, endings: {} }],
] as const)(
	'%s is hung up on, and does not end the next callback of its line',
	async (_, act, told) => {
		const url = await serveTcp((socket) => socket.once('data', () => act(socket)));
		const flags = '--count 3 --connections 1 --retry none --timeout 150ms --json'.split(' ');
		const { stdout, stderr } = await folderWith({}).callsim([
			'burst',
			'bayarcash/transaction-success',
			'--to',
			url,
			...flags,
		]);
		expect(stderr).not.toContain('bug in callsim');
		expect(jsonLines(stdout).at(-1)).toMatchObject({ sent: 3, ...told });
	},
);
