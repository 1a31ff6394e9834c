import { expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { serveTcp } from '../support/server.ts';

const event = 'bayarcash/transaction-success';
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK';
const interim = (status: string) => `HTTP/1.1 ${status}\r\n\r\n`;

/** A server that writes one text at the first byte, and another once the body is there. */
async function fired(early: string, late: string) {
	let requests = 0;
	const to = await serveTcp((socket) => {
		let text = '';
		socket.on('data', (bytes) => {
			if (text === '') socket.write(early);
			text += bytes.toString('latin1');
			const [head = '', body] = text.split('\r\n\r\n');
			if (Number(/content-length: (\d+)/i.exec(head)?.[1]) !== body?.length) return;
			requests++;
			socket.end(late);
		});
	});
	const result = await callsim(['fire', event, '--to', to, '--retry', 'none', '--no-journal']);
	return { ...result, requests };
}

test.each([
	['100 before the body is there', interim('100 Continue'), ok],
	[
		'102, 103 and 100 behind it',
		'',
		`${['102 Processing', '103 Early Hints', '100 Continue'].map(interim).join('')}${ok}`,
	],
	['100 before and 103 behind it', interim('100 Continue'), interim('103 Early Hints') + ok],
])('%s is no answer, and the one behind it counts', async (_what, early, late) => {
	const { code, stdout, requests } = await fired(early, late);
	expect([code, requests]).toEqual([0, 1]);
	expect(stdout).toContain('200 in');
});

test('417 is an answer like another', async () => {
	const { code, stdout } = await fired(
		'',
		'HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n',
	);
	expect([code, stdout]).toEqual([1, expect.stringContaining('status 417, expected 200')]);
});

test.each(['100 Continue', '102 Processing', '103 Early Hints'])(
	'%s and nothing behind it is told as that, and as no matter of TLS',
	async (status) => {
		const { code, stdout, stderr } = await fired('', interim(status));
		const told = `${stdout}${stderr}`;
		expect(code).toBe(1);
		expect(told).toContain('an interim one (1xx) came, and no other behind it');
		expect(told).not.toContain('TLS');
	},
);

test.each([
	['Expect: 100-continue', 'no "100 Continue" is waited for'],
	['Upgrade: h2c', 'what is spoken stays HTTP/1.1'],
])('a header that would promise what is not done is refused: %s', async (header, why) => {
	const { code, stderr } = await callsim(['fire', event, '--to', ':1', '--header', header]);
	expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
});
