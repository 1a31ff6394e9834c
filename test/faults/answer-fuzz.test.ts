import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composed } from '../support/catalogue.ts';
import { attemptWith } from '../support/deliver.ts';
import { runs } from '../support/long.ts';
import { serveTcp } from '../support/server.ts';

const digits = fc.constantFrom(
	'000',
	'099',
	'100',
	'101',
	'102',
	'103',
	'199',
	'200',
	'204',
	'304',
	'401',
	'599',
	'999',
);
const status = fc.oneof(digits, fc.nat(9999).map(String), fc.constantFrom('', '-1', '2OO', '0200'));
const version = fc.constantFrom(
	'HTTP/1.1',
	'HTTP/1.0',
	'HTTP/1.2',
	'HTTP/2.0',
	'HTTP/0.9',
	'http/1.1',
	'ICY',
	'',
);
const header = fc.constantFrom(
	'content-length: 2',
	'content-length: 0',
	'content-length: 99',
	'content-length: -1',
	'content-length: 2, 2',
	'content-length: x',
	'transfer-encoding: chunked',
	'transfer-encoding: gzip, chunked',
	'transfer-encoding: identity',
	'connection: close',
	'connection: keep-alive',
	'connection: upgrade',
	'keep-alive: timeout=0',
	'keep-alive: timeout=-1, max=x',
	'upgrade: websocket',
	'trailer: x-a',
	'content-encoding: gzip',
	'www-authenticate: Digest realm="r", nonce="n", qop="auth"',
	'www-authenticate: Digest',
	'x-empty:',
	': no name',
	'no colon',
	' folded: a',
	'x-nul: a\0b',
	`x-long: ${'a'.repeat(20_000)}`,
);
const body = fc.constantFrom(
	'',
	'OK',
	'2\r\nOK\r\n0\r\n\r\n',
	'0\r\n\r\n',
	'zz\r\n',
	'2\r\nOK\r\n0\r\nx-a: b\r\n\r\n',
	'\0',
	'x'.repeat(70_000),
);
const end = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r');

const answer = fc
	.tuple(
		version,
		status,
		fc.constantFrom(' OK', '', ' '),
		fc.array(header, { maxLength: 4 }),
		body,
		end,
	)
	.map(
		([start, code, reason, headers, text, line]) =>
			`${start} ${code}${reason}${line}${headers.map((one) => one + line).join('')}${line}${text}`,
	);

const act = fc.constantFrom('end', 'reset', 'dribble');

/** Anything a server may write is an outcome: an answer, or a connection that broke. */
test('no bytes on the wire are a bug of the tool, whatever comes in which order', async () => {
	let next: { wires: readonly string[]; how: string } = { wires: [], how: 'end' };
	const url = await serveTcp((socket) => {
		socket.once('data', () => {
			const bytes = Buffer.from(next.wires.join(''), 'latin1');
			if (next.how === 'dribble') {
				const half = Math.floor(bytes.length / 2);
				socket.write(bytes.subarray(0, half), () =>
					setImmediate(() => socket.end(bytes.subarray(half))),
				);
			} else socket.end(bytes, () => (next.how === 'reset' ? socket.resetAndDestroy() : undefined));
		});
	});
	const { request } = await composed(
		'transfez/transaction-completed',
		{},
		{ target: new URL(url) },
	);
	const attempt = attemptWith({ timeout: 3_000 });
	await fc.assert(
		fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 3 }), act, async (wires, how) => {
			next = { wires, how };
			const { outcome } = await attempt(request, 0, undefined);
			expect(['answered', 'broken']).toContain(outcome.kind);
			if (outcome.kind === 'answered') expect(outcome.status).toBeGreaterThanOrEqual(200);
		}),
		runs(Number(process.env['CALLSIM_FUZZ_RUNS'] ?? 500)),
	);
}, 120_000);
