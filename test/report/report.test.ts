import { execFileSync } from 'node:child_process';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/model/outcome.ts';
import { Secret } from '../../src/model/secret.ts';
import { insideShell, quoted, shellPlace } from '../../src/model/shell.ts';
import { bodyFields } from '../../src/report/json/body-json.ts';
import { printable, printableLine, safeJson } from '../../src/report/safe/escape.ts';
import { maskOf } from '../../src/report/safe/mask.ts';
import { doubtOf } from '../../src/report/text/doubt.ts';
import type { HintContext } from '../../src/report/text/hints.ts';
import { hintFor } from '../../src/report/text/hints.ts';
import { anyCharacter } from '../support/any-character.ts';
import { eventOf } from '../support/catalogue.ts';

describe('text of somebody else', () => {
	test('cannot move the cursor, change colours, ring or turn the line around', () => {
		expect(printable('a\u001b[31mb\u0007\u009b2J\u202edesrever\u200b\ttab\r\nnext\rback')).toBe(
			'a\\x1b[31mb\\x07\\x9b2J\\u202edesrever\\u200b\ttab\nnext\\x0dback',
		);
		expect(printableLine('a\nb\tc')).toBe('a\\nb\\tc');
	});

	test('keeps no control character, whatever it holds', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: anyCharacter }),
				(text) => void expect(printable(text)).not.toMatch(/(?![\n\t])\p{Cc}/u),
			),
		);
	});
});

describe('a body in JSON', () => {
	test('is text where it is UTF-8, and base64 otherwise; nothing is lost', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				const fields = bodyFields(bytes);
				const back =
					'body' in fields
						? Buffer.from(fields.body, 'utf8')
						: Buffer.from(fields.bodyBase64, 'base64');
				expect(Buffer.compare(back, Buffer.from(bytes))).toBe(0);
			}),
		);
	});

	test('keeps a byte order mark, and a cut inside a character drops that character', () => {
		expect(bodyFields(Buffer.from('\ufeffx'))).toEqual({ body: '\ufeffx' });
		expect(bodyFields(Buffer.from('aé').subarray(0, 2), true)).toEqual({
			body: 'a',
			truncated: true,
		});
		expect(bodyFields(Buffer.from('x'.repeat(65_537)))).toEqual({
			truncated: true,
			body: 'x'.repeat(65_536),
		});
	});
});

describe('a secret', () => {
	const own = new Secret('secret_key', 'hunter2', 'own');

	test('of the user cannot be printed by accident', () => {
		for (const text of [
			`${own}`,
			JSON.stringify({ own }),
			inspect(own, { showHidden: true }),
			inspect({ own }),
			String(own),
		]) {
			expect(text).not.toContain('hunter2');
			expect(text).toContain('secret_key');
		}
		expect(own.reveal()).toBe('hunter2');
	});

	test('of the simulator is public', () =>
		expect(`${new Secret('k', 'public', 'simulator')}`).toBe('public'));

	test('is taken out of what a receiver says, the longest first', () => {
		const mask = maskOf([
			own,
			new Secret('long', 'hunter2-and-more', 'own'),
			new Secret('sim', 'public', 'simulator'),
		]);
		expect(mask('x hunter2-and-more y hunter2 z public')).toBe(
			'x [secret:long] y [secret:secret_key] z public',
		);
	});
});

describe('the log of a CI', () => {
	test('gets no command from a receiver, as text or as JSON', () => {
		const hostile = '##[error]not ours';
		expect(printable(hostile)).not.toContain('##[');
		expect(safeJson({ hostile })).not.toContain('##[');
		expect(JSON.parse(safeJson({ hostile }))).toEqual({ hostile });
	});
});

describe('shell words', () => {
	test('inside a command come out as they went in, whatever quotes they stand in', () => {
		const text = fc
			.string({ unit: 'grapheme' })
			.filter((one) => !one.includes('\0') && !/\p{Surrogate}/u.test(one));
		const hostile = fc.constantFrom(
			'$(touch /tmp/callsim-never)',
			'`id`',
			`it's "so"`,
			'\\',
			'$HOME',
			'!!',
			'a b',
			'*',
		);
		const commands = [
			'printf %s @',
			"printf %s '@'",
			'printf %s "@"',
			`printf %s 'x'"@"`,
			'printf %s \\"@',
		];
		fc.assert(
			fc.property(fc.oneof(text, hostile), fc.constantFrom(...commands), (value, template) => {
				const [before = '', behind = ''] = template.split('@');
				const command = `${before}${insideShell(value, shellPlace(before))}${behind}`;
				const printed = execFileSync('sh', ['-c', command], { encoding: 'utf8' });
				expect(printed).toBe(
					`${template.includes("'x'") ? 'x' : template.includes('\\') ? '"' : ''}${value}`,
				);
			}),
			{ numRuns: 60 },
		);
	});

	test('come out of a shell as they went in', () => {
		fc.assert(
			fc.property(
				fc
					.string({ unit: 'grapheme' })
					.filter((text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text)),
				(text) => {
					expect(
						execFileSync('sh', ['-c', `printf %s ${quoted(text)}`], { encoding: 'utf8' }),
					).toBe(text);
				},
			),
			{ numRuns: 30 },
		);
	});
});

describe('hints', () => {
	const context = (id: string, more: Partial<HintContext> = {}): HintContext => {
		const event = eventOf(id);
		return {
			provider: event.provider.id,
			message: event.message,
			credentials: 'own',
			target: new URL('http://localhost:3000/cb'),
			faults: [],
			isSentOnce: false,
			canWait: true,
			schedule: { pauses: [], trust: 'assumed' },
			isReturnNamed: true,
			raw: false,
			hasAnsweredChallenge: false,
			insideContainer: false,
			environmentNames: ['CALLSIM_X'],
			...more,
		};
	};
	const answer = (status: number, headers: Record<string, string> = {}, body = ''): Outcome => ({
		kind: 'answered',
		status,
		headers,
		body: Buffer.from(body),
		truncated: false,
		tookMs: 1,
	});
	const refused: Outcome = {
		kind: 'unreachable',
		cause: 'refused',
		detail: 'ECONNREFUSED',
		tookMs: 1,
	};

	test.each([
		[
			'401 under the simulator key',
			answer(401),
			context('iak/pulsa-success', { credentials: 'simulator' }),
			/callsim's own key; yours goes into CALLSIM_X/,
		],
		[
			'a form that the receiver cannot parse',
			answer(400, {}, 'SyntaxError: Unexpected token r in JSON at position 0'),
			context('bayarcash/transaction-success'),
			/--encoding json/,
		],
		['415', answer(415), context('bayarcash/transaction-success'), /--encoding json/],
		[
			'an empty field',
			answer(422, {}, '{"errors":{"order_number":["The order number field is required."]}}'),
			context('bayarcash/transaction-success'),
			/--encoding json/,
		],
		[
			'a challenge that comes again',
			answer(401, { 'www-authenticate': 'Digest realm="r", nonce="n"' }),
			context('transfez/transaction-created', { hasAnsweredChallenge: true }),
			/came again.*CGIPassAuth On/,
		],
		[
			'a port that speaks TLS',
			answer(400, {}, '<center>The plain HTTP request was sent to HTTPS port</center>'),
			context('bayarcash/transaction-success', { credentials: 'simulator' }),
			/^That port speaks TLS: use https:\/\/localhost:3000\.$/,
		],
		[
			'a host name that Rails refuses',
			answer(403, {}, '<h1>Blocked hosts: localhost:3000</h1>'),
			context('bayarcash/transaction-success', { credentials: 'simulator' }),
			/^Rails refuses the host name: config\.hosts << "localhost"/,
		],
		[
			"Django's CSRF check",
			answer(403, {}, '<p>CSRF verification failed. Request aborted.</p>'),
			context('bayarcash/transaction-success', { credentials: 'simulator' }),
			/^403 is Django's CSRF check: put @csrf_exempt/,
		],
		[
			'a throttle',
			answer(429, { 'retry-after': '37' }),
			context('bayarcash/transaction-success'),
			/^The receiver throttles \(retry-after: 37\)/,
		],
		['419', answer(419), context('bayarcash/transaction-success'), /Laravel's CSRF/],
		[
			'403 from an IAK receiver',
			answer(403, {}, 'IP address not allowed'),
			context('iak/pulsa-success'),
			/x-forwarded-for: 52\.76\.169\.212/,
		],
		[
			'401 of a login in front',
			answer(401, { 'www-authenticate': 'Basic realm="x"' }),
			context('transfez/transaction-created'),
			/^A user name and password are asked for \("x"\)/,
		],
		[
			'401 without any challenge',
			answer(401),
			context('transfez/transaction-created'),
			/no Digest challenge/,
		],
		[
			'a key of the user’s that is not believed',
			answer(403, {}, '{"error":"invalid checksum"}'),
			context('bayarcash/transaction-success', { credentials: 'own' }),
			/^It was signed with the key that you gave/,
		],
		[
			'a receiver that failed itself',
			answer(500, {}, 'PDOException: SQLSTATE[HY000] no such table: orders'),
			context('bayarcash/transaction-success', { credentials: 'own' }),
			/^The receiver failed while it worked on it/,
		],
		[
			'AirTunes',
			answer(403, { server: 'AirTunes/760.20.1' }),
			context('khoins/transaction-success'),
			/AirPlay/,
		],
		[
			'refused inside a container',
			refused,
			context('iak/pulsa-success', { insideContainer: true }),
			/host\.docker\.internal/,
		],
		[
			'a receipt at the callback’s URL',
			answer(405),
			context('bayarcash/receipt-success', { isReturnNamed: false }),
			/--return-to/,
		],
		[
			'a fault that is refused',
			answer(400),
			context('bayarcash/transaction-success', { faults: ['unsigned'] }),
			/as a broken callback should be\. --retry none/,
		],
		[
			'a fault that is refused, sent once already',
			answer(400),
			context('bayarcash/transaction-success', { faults: ['unsigned'], isSentOnce: true }),
			/as a broken callback should be\.$/,
		],
		[
			'404',
			answer(404),
			context('khoins/transaction-success'),
			/^Check the path: POST \/cb is what was asked\.$/,
		],
		[
			'405',
			answer(405),
			context('iak/pulsa-success'),
			/Check the path: POST \/cb is what was asked\./,
		],
		[
			'a page that is not there',
			answer(404),
			context('bayarcash/receipt-success'),
			/path: GET \/cb is/,
		],
		[
			'already processed',
			answer(409, {}, '{"error":"Transaction already processed"}'),
			context('iak/pulsa-success'),
			/--fresh/,
		],
	])('%s', (_name, outcome, given, expected) =>
		expect(hintFor(outcome, false, given)).toMatch(expected),
	);

	test('a login page that answers 200 is acknowledged, and doubted', () => {
		const page = answer(
			200,
			{ 'content-type': 'text/html' },
			'<form action="/login"><input type="password"></form>',
		);
		expect(doubtOf(page, context('bayarcash/transaction-success'))).toMatch(
			/may not be your receiver.*login/,
		);
	});

	test.each([
		['{"error":"order not found"}', /reads like a failure: "{"error":"order not found"}"/],
		['{"success":false,"message":"Invalid checksum"}', /reads like a failure.*not sent again/],
		['FAILED', /reads like a failure: "FAILED"/],
		[
			'<!doctype html><title>My shop</title><nav>Home</nav><h1>Welcome to my shop</h1>',
			/web page \("My shop"\): is \/cb the path/,
		],
		['<html><body><form action="/search"><input name="q"></form></body></html>', /a web page:/],
		['<html><body><div id="root"></div><script src="/app.js"></script>', /a web page:/],
	])('an answer that counts is doubted where it is %s', (body, expected) => {
		const target = new URL('http://localhost:3000/cb');
		const given = context('bayarcash/transaction-success', { target });
		expect(doubtOf(answer(200, {}, body), given)).toMatch(expected);
	});

	test.each([
		...['', 'OK', 'ok', 'RECEIVEOK', '1', 'true', '{}', '[]', 'SUCCESS', '<OK/>'],
		...['{"error":null}', '{"errors":0}', '{"errors":[]}', '{"status":"ok","error":false}'],
		...['{"error":""}', '{"success":true,"errors":{}}', '{"failed":0,"message":"0 errors"}'],
		...['{"status":"ok","html":"<html><body>a receipt that is long enough</body></html>"}'],
		...['<response><status>success</status></response>', '<html><body>OK</body></html>'],
		...['<h1>Thank you</h1>'],
	])('an answer that counts is not doubted where it is %j', (body) => {
		for (const type of ['text/html; charset=UTF-8', 'application/json'])
			expect(
				doubtOf(answer(200, { 'content-type': type }, body), context('iak/pulsa-success')),
			).toBeUndefined();
	});

	test('the page that a payer comes back to is a web page, and not doubted', () => {
		const page =
			'<!doctype html><title>Thank you</title><nav>Home</nav><h1>Your order is paid</h1>';
		expect(doubtOf(answer(200, {}, page), context('bayarcash/receipt-success'))).toBeUndefined();
	});

	test('what only might be is not said', () => {
		for (const status of [400, 403, 500, 503])
			expect(
				hintFor(answer(status), false, context('bayarcash/transaction-success')),
			).toBeUndefined();
	});

	test('a name that Docker gives to its machine is told apart from a wrong one', () => {
		const unknown: Outcome = {
			kind: 'unreachable',
			cause: 'name-not-found',
			detail: 'ENOTFOUND',
			tookMs: 1,
		};
		const target = new URL('http://host.docker.internal:3000/cb');
		expect(hintFor(unknown, false, context('iak/pulsa-success', { target }))).toContain(
			'--add-host',
		);
		expect(hintFor(unknown, false, context('iak/pulsa-success'))).toBe(
			'Check the name "localhost", or say where it is: --resolve localhost:127.0.0.1.',
		);
	});

	test('the path is doubted only where it was not found', () => {
		for (const status of [400, 403, 406, 500])
			expect(
				hintFor(answer(status), false, context('khoins/transaction-success')) ?? '',
			).not.toContain('path');
	});

	test('the simulator key is told where nothing is more certain, and not where a fault was asked for', () => {
		const simulator = context('bayarcash/transaction-success', { credentials: 'simulator' });
		expect(hintFor(answer(403), false, simulator)).toContain('own key');
		expect(hintFor(answer(403), false, { ...simulator, faults: ['tamper'] })).not.toContain(
			'own key',
		);
	});
});
