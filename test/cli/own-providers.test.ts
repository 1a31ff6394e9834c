import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { listening } from '../support/listening.ts';
import { ownProvider } from '../support/own-provider.ts';
import type { Folder } from '../support/scenario-cli.ts';
import { serve } from '../support/server.ts';

const ownOf = ({ path }: Folder) => ['--providers', `${path}/own`];
const values = { order_no: 'KD-1', amount: '1,234.50', name: "Siti & Ali's ~ café" };

/** What arrives at a receiver, and what the command says. */
async function sent(
	folder: Folder,
	args: readonly string[] = [],
	env: Record<string, string> = {},
) {
	const { url, seen } = await serve((_seen, response) => response.end('OK'));
	const fire = ['fire', 'kedai/paid', ...ownOf(folder), '--to', url, '--retry', 'none', ...args];
	const result = await folder.callsim(fire, { env });
	const [first] = seen;
	return { ...result, headers: first?.headers ?? {}, body: first?.body ?? Buffer.from('') };
}

/** What `verify` says of a request as it was sent. */
async function verified(
	folder: Folder,
	{ headers, body }: { headers: Record<string, unknown>; body: Buffer },
	env: Record<string, string> = {},
) {
	const head = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
	const input = `POST /callback HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body.toString()}`;
	return folder.callsim(['verify', 'kedai', ...ownOf(folder), '--json', '-'], { input, env });
}

describe('a signature over id, time and body, under a base64 key (Standard Webhooks)', () => {
	const key = Buffer.from('a key of thirty-two random bytes');
	const simulator = `whsec_${key.toString('base64')}`;
	const folder = () =>
		ownProvider(
			{ secret: { simulator, kind: 'base64', prefix: 'whsec_' } },
			{
				headers: { 'webhook-id': '${message_id}', 'webhook-timestamp': '${now:unix}' },
				signature: {
					...{ algorithm: 'hmac-sha256', key: 'secret', as: 'base64', prefix: 'v1,' },
					over: '${message_id}.${now:unix}.${body}',
					into: { header: 'webhook-signature' },
				},
			},
			values,
			{ message_id: 'msg_1' },
		);
	const rightFor = (bytes: Buffer, headers: Record<string, unknown>, body: Buffer) =>
		`v1,${createHmac('sha256', bytes)
			.update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.`)
			.update(body)
			.digest('base64')}`;

	test('is what node:crypto makes of it', async () => {
		const { headers, body } = await sent(folder());
		expect(headers['webhook-id']).toBe('msg_1');
		expect(headers['webhook-signature']).toBe(rightFor(key, headers, body));
	});

	test.each(['whsec_', ''])('a key of one’s own begins with %j or not', async (prefix) => {
		const mine = Buffer.from('another');
		const env = { CALLSIM_KEDAI_SECRET: `${prefix}${mine.toString('base64')}` };
		const { headers, body } = await sent(folder(), [], env);
		expect(headers['webhook-signature']).toBe(rightFor(mine, headers, body));
	});

	test('a key that is no base64 is a problem, before anything is sent, and is not shown', async () => {
		const env = { CALLSIM_KEDAI_SECRET: 'whsec_not*base64' };
		const { code, stdout, stderr, body } = await sent(folder(), [], env);
		expect({ code, sent: body.length }).toEqual({ code: 2, sent: 0 });
		expect(stderr).toContain("credential-invalid: kedai's secret is not base64");
		expect(`${stdout}${stderr}`).not.toContain('not*base64');
	});
});

describe('a key that is written in hex (Adyen)', () => {
	const simulator = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';
	const folder = (more: Record<string, unknown> = {}, text = simulator) =>
		ownProvider(
			{ hmac_key: { simulator: text, kind: 'hex' } },
			{
				signature: {
					...{ algorithm: 'hmac-sha256', key: 'hmac_key', as: 'base64' },
					over: { fields: ['order_no', 'amount', 'name'], join: ':' },
					into: { field: 'hmacSignature' },
					...more,
				},
			},
			values,
		);
	const text = Object.values(values).join(':');
	const right = (key: string | Buffer) => createHmac('sha256', key).update(text).digest('base64');
	const bytes = Buffer.from(simulator, 'hex');

	test('signs with the bytes, and verifies with them', async () => {
		const here = folder();
		const { headers, body } = await sent(here);
		const fields = JSON.parse(body.toString()) as Record<string, string>;
		expect(fields['hmacSignature']).toBe(right(bytes));
		const genuine = await verified(here, { headers, body });
		expect(JSON.parse(genuine.stdout)).toMatchObject({ genuine: true });
	});

	test('used as text, is named', async () => {
		const here = folder();
		const { headers } = await sent(here);
		const body = Buffer.from(JSON.stringify({ ...values, hmacSignature: right(simulator) }));
		const { stdout, code } = await verified(here, { headers, body });
		expect(code).toBe(1);
		expect(JSON.parse(stdout)).toMatchObject({ genuine: false, cause: 'key-as-text' });
	});

	test.each(['4478', `${simulator}0`, 'not hex', `${simulator.slice(2)}ZZ`])(
		'of one’s own is used where it is hex, and %j is a problem where it is not',
		async (mine) => {
			const { code, stderr, body } = await sent(folder(), [], { CALLSIM_KEDAI_HMAC_KEY: mine });
			const isHex = mine === '4478';
			expect({ code, isSent: body.length > 0 }).toEqual({ code: isHex ? 0 : 2, isSent: isHex });
			if (isHex) expect(body.toString()).toContain(right(Buffer.from(mine, 'hex')));
			else expect(stderr).toContain("kedai's hmac_key is not hex");
		},
	);

	test.each([
		[
			'a simulator key that is none',
			() => folder({}, 'xyz'),
			'credentials.hmac_key.simulator is not hex',
		],
		[
			'a body that would hold its own signature',
			() => folder({ over: '${order_no}${body}' }),
			'signature.over has "${body}", which is neither',
		],
		[
			'a filter that is none',
			() => folder({ over: '${order_no|digit}' }),
			'uses "|digit", which is no filter',
		],
		[
			'a prefix of a key that is text',
			() => ownProvider({ key: { simulator: 'k', prefix: 'k_' } }, {}, values),
			'credentials.key.prefix is for a key of kind hex or base64',
		],
	])('%s is a mistake with its place', async (_, make, message) => {
		const here = make();
		const { code, stderr } = await here.callsim(['list', ...ownOf(here)]);
		expect(code).toBe(2);
		expect(stderr).toMatch(/fixture-invalid: .*provider\.json:\d+/);
		expect(stderr).toContain(message);
	});
});

describe('filters in a signed text', () => {
	const folder = (over: string) =>
		ownProvider(
			{ key: { simulator: 'kedai-key' } },
			{
				write: 'form',
				signature: { algorithm: 'md5', key: 'key', over, as: 'hex', into: { field: 'signature' } },
			},
			values,
		);
	const md5 = (text: string) => createHash('md5').update(text).digest('hex');
	const php = 'Siti+%26+Ali%27s+%7E+caf%C3%A9';

	test.each([
		['digits (iPay88)', '${cred.key}${order_no}${amount|digits}', 'kedai-keyKD-1123450'],
		['urlencode (PayFast)', 'n=${name|urlencode}&k=${cred.key}', `n=${php}&k=kedai-key`],
		['rawurlencode', '${name|rawurlencode}', 'Siti%20%26%20Ali%27s%20~%20caf%C3%A9'],
		['two of them', '${amount|digits|slice:0:2}', '12'],
	])('%s are signed, and verified', async (_, over, text) => {
		const here = folder(over);
		const { headers, body } = await sent(here);
		expect(new URLSearchParams(body.toString()).get('signature')).toBe(md5(text));
		const { stdout } = await verified(here, { headers, body });
		expect(JSON.parse(stdout)).toMatchObject({ genuine: true });
	});
});

test('a signature over the bytes of the body is verified, and a changed byte is not', async () => {
	const here = ownProvider(
		{ key: { simulator: 'kedai-key' } },
		{
			signature: {
				...{ algorithm: 'hmac-sha512', key: 'key', over: 'body', as: 'hex' },
				into: { header: 'x-signature' },
			},
		},
		values,
	);
	const { headers, body } = await sent(here);
	const right = createHmac('sha512', 'kedai-key').update(body).digest('hex');
	expect(headers['x-signature']).toBe(right);
	const verdictOf = async (bytes: Buffer) =>
		JSON.parse((await verified(here, { headers, body: bytes })).stdout) as { genuine: boolean };
	expect((await verdictOf(body)).genuine).toBe(true);
	expect((await verdictOf(Buffer.from(body.toString().replace('KD-1', 'KD-2')))).genuine).toBe(
		false,
	);
});

describe('listen, with a provider of one’s own', () => {
	const token = { headers: { 'x-callback-token': '${cred.token}' } };
	const heard = async (message: Record<string, unknown>, headers: Record<string, string>) => {
		const here = ownProvider({ token: { simulator: 'kedai-token' } }, message, values);
		const listener = await listening(['kedai', ...ownOf(here)]);
		const body = JSON.stringify(values);
		const type = { 'content-type': 'application/json' };
		const answer = await fetch(listener.url, {
			method: 'POST',
			headers: { ...type, ...headers },
			body,
		});
		const [line] = await listener.received(1);
		return { status: answer.status, text: await answer.text(), line };
	};

	test.each([
		[{ status: ['200'], body: 'RECEIVEOK' }, 200, 'RECEIVEOK'],
		[{ status: ['2xx'] }, 200, 'OK'],
		[{ status: ['202', '200'] }, 202, 'OK'],
	])('answers what its definition demands: %j', async (acknowledge, status, text) => {
		expect(await heard({ acknowledge }, {})).toMatchObject({ status, text });
	});

	test.each([
		['the right one', { 'x-callback-token': 'kedai-token' }, true, null, 200],
		['another', { 'x-callback-token': 'kedai-tokem' }, false, 'wrong-token', 403],
		['none', {}, false, 'token-missing', 403],
	])('tells a token in a header: %s', async (_, headers, genuine, cause, status) => {
		const { line, ...answer } = await heard(token, headers as Record<string, string>);
		expect(line).toMatchObject({ genuine, cause });
		expect(answer.status).toBe(status);
	});

	test.each([
		['Bearer kedai-token', true],
		['kedai-token', false],
	])('tells a token with a word before it: %s', async (authorization, genuine) => {
		const message = { headers: { authorization: 'Bearer ${cred.token}' } };
		expect((await heard(message, { authorization })).line).toMatchObject({ genuine });
	});
});
