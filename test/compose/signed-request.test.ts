import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { plainHeader } from '../../src/compose/headers.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import { signedRequest } from '../../src/compose/signed-request.ts';
import { formText } from '../../src/compose/write-form.ts';
import { jsonText } from '../../src/compose/write-json.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { ComposedRequest, Header } from '../../src/model/request.ts';
import { Secret, wrongKeyText } from '../../src/model/secret.ts';
import type { ValueObject } from '../../src/model/value.ts';

const credential = (name: string) => new Secret(name, name === 'user' ? 'shop-1' : 'key-1', 'own');
const ordered: ValueObject = { ref: 'A-1', amount: '60.00' };
const into = (place: object) => ({
	algorithm: 'hmac-sha256',
	key: 'secret',
	over: { fields: ['ref', 'amount'], join: '|' },
	as: 'hex',
	into: place,
});
const field = { signature: into({ field: 'sign' }) };
const header = { signature: { ...into({ header: 'x-sign' }), over: 'body' } };

interface Given {
	readonly message?: object;
	readonly shaping?: object;
	readonly headers?: readonly Header[];
	readonly user?: string;
	readonly target?: string;
}

function made({
	message = {},
	shaping = {},
	headers,
	user,
	target = 'http://shop/cb',
}: Given): ComposedRequest {
	const whole = {
		method: 'POST',
		write: 'json',
		fields: ['ref', 'amount', 'sign'],
		roles: {},
		...message,
	};
	const scope = {
		value: (path: string) => ordered[path],
		credential,
		now: 1_000_000,
		zone: 'Z',
		target,
		random: seededRandom('signed'),
	};
	return signedRequest({
		event: { id: 'shop/paid', provider: { id: 'shop' } },
		message: whole,
		values: {
			ordered,
			values: ordered,
			scope,
			fieldContext: { event: 'shop/paid', message: whole, sample: ordered, templates: [] },
		},
		shaping,
		target: new URL(target),
		context: {
			target: new URL(target),
			credentials: (name: string) =>
				user === undefined ? credential(name) : new Secret(name, user, 'own'),
			now: 1_000_000,
			random: scope.random,
			userAgent: 'callsim/test',
			headers,
		},
		write: whole.write === 'json' ? jsonText : (value: ValueObject) => formText(value),
	} as unknown as Parameters<typeof signedRequest>[0]);
}
const bodyOf = ({ body }: ComposedRequest) =>
	body === undefined ? undefined : Buffer.from(body).toString();
const sign = (text: string, key = 'key-1') => createHmac('sha256', key).update(text).digest('hex');
const headersOf = (request: ComposedRequest, now = 0) =>
	Object.fromEntries(request.headersAt(now).map(({ name, value }) => [name, value]));
const tamper = [{ path: 'amount', value: { kind: 'text', text: '1.00' } }];

describe('a signature in a field', () => {
	test('is over the values, stands behind them, and is told', () => {
		const request = made({ message: field });
		const right = sign('A-1|60.00');
		expect(bodyOf(request)).toBe(`{"ref":"A-1","amount":"60.00","sign":"${right}"}`);
		expect(request.signatureAt(0)).toMatchObject({
			value: right,
			canonical: 'A-1|60.00',
			into: { field: 'sign' },
		});
		expect(request).toMatchObject({
			method: 'POST',
			url: new URL('http://shop/cb'),
			digest: undefined,
		});
		expect(headersOf(request)).toEqual({
			'content-type': 'application/json',
			accept: '*/*',
			'user-agent': 'callsim/test',
		});
	});

	test('is of the honest values where others are sent, and of the wrong key where it is to be so', () => {
		expect(bodyOf(made({ message: field, shaping: { tamper } }))).toBe(
			`{"ref":"A-1","amount":"1.00","sign":"${sign('A-1|60.00')}"}`,
		);
		expect(bodyOf(made({ message: field, shaping: { wrongKey: true } }))).toContain(
			sign('A-1|60.00', wrongKeyText),
		);
	});

	test('is left out where nothing is to be signed', () => {
		const request = made({ message: field, shaping: { unsigned: true } });
		expect(bodyOf(request)).toBe('{"ref":"A-1","amount":"60.00"}');
		expect(request.signatureAt(0)).toBeUndefined();
	});

	test('is told of no bytes that were given as they are', () => {
		const request = made({ message: field, shaping: { rawBody: Buffer.from('raw') } });
		expect(bodyOf(request)).toBe('raw');
		expect(request.signatureAt(0)).toBeUndefined();
	});

	test('goes under the names and into the envelope of the wire', () => {
		const message = { ...field, names: { ref: 'ref_id' }, wrap: { data: ['$'] } };
		expect(bodyOf(made({ message }))).toBe(
			`{"data":[{"ref_id":"A-1","amount":"60.00","sign":"${sign('A-1|60.00')}"}]}`,
		);
	});
});

describe('a signature in a header', () => {
	const honest = '{"ref":"A-1","amount":"60.00"}';

	test('is over the bytes of the body, the honest ones', () => {
		const request = made({ message: header });
		expect(bodyOf(request)).toBe(honest);
		expect(headersOf(request)['x-sign']).toBe(sign(honest));
		const other = made({ message: header, shaping: { tamper } });
		expect(bodyOf(other)).toBe('{"ref":"A-1","amount":"1.00"}');
		expect(headersOf(other)['x-sign']).toBe(sign(honest));
		expect(other.signatureAt(0)?.into).toEqual({ header: 'x-sign' });
	});

	test('is over raw bytes as well, or wrong, or not there', () => {
		const shaped = (shaping: object) => headersOf(made({ message: header, shaping }))['x-sign'];
		expect(shaped({ rawBody: Buffer.from('raw') })).toBe(sign('raw'));
		expect(shaped({ wrongKey: true })).toBe(sign(honest, wrongKeyText));
		expect(shaped({ unsigned: true })).toBeUndefined();
	});

	test('takes the time of the attempt', () => {
		const message = {
			signature: { ...header.signature, over: '${now:unix}' },
			headers: { 'x-time': '${now:unix}' },
		};
		const request = made({ message });
		for (const second of [5, 7])
			expect(headersOf(request, second * 1_000)).toMatchObject({
				'x-time': `${second}`,
				'x-sign': sign(`${second}`),
			});
		expect(request.signatureAt(9_000)?.canonical).toBe('9');
	});
});

test('headers of one’s own take the place of those of the same name, whatever its letters', () => {
	const headers = [plainHeader('User-Agent', 'mine'), plainHeader('x-more', '1')];
	expect(
		made({ headers })
			.headersAt(0)
			.map(({ name, value }) => `${name}: ${value}`),
	).toEqual(['content-type: application/json', 'accept: */*', 'User-Agent: mine', 'x-more: 1']);
});

describe('a query', () => {
	const query = { method: 'GET', write: 'query', ...field };
	const text = `ref=A-1&amount=60.00&sign=${sign('A-1|60.00')}`;

	test('stands in the URL, and there is no body and no type of one', () => {
		const request = made({ message: query, target: 'http://shop/cb?x=1' });
		expect(request.url.href).toBe(`http://shop/cb?x=1&${text}`);
		expect(request.body).toBeUndefined();
		expect(Object.keys(headersOf(request))).toEqual(['accept', 'user-agent']);
		const glued = made({ message: { ...query, append: '?' }, target: 'http://shop/cb?x=1' });
		expect(glued.url.href).toBe(`http://shop/cb?x=1?${text}`);
	});

	test('cannot be sent with a body', () => {
		let problem: Problem | undefined;
		try {
			made({ message: query, shaping: { rawBody: Buffer.from('x') } });
		} catch (error) {
			problem = error as Problem;
		}
		expect(problem).toMatchObject({
			code: 'option-conflict',
			message: 'shop/paid is a GET without a body',
		});
		expect(problem?.in(flagWords).hint).toBe('Leave --raw-body out.');
	});
});

describe('a Digest login', () => {
	const digest = { digest: { username: 'user', password: 'secret' } };

	test('has its credentials, and the fault that was asked for', () => {
		const login = (shaping: object) => made({ message: digest, shaping }).digest;
		expect([login({})?.username.reveal(), login({})?.password.reveal()]).toEqual([
			'shop-1',
			'key-1',
		]);
		expect([
			login({})?.fault,
			login({ unsigned: true })?.fault,
			login({ wrongKey: true })?.fault,
		]).toEqual([undefined, 'unsigned', 'wrong-key']);
	});

	test.each(['a\nb', '\x00', '\x1f', '\x7f'])('has no name with %j in it', (user) => {
		expect(() => made({ message: digest, user })).toThrow(
			expect.objectContaining({
				code: 'credential-invalid',
				message: 'user holds a control character, which no header can carry',
				hint: 'Look for a line break in it.',
			}),
		);
	});

	test('may have a name beyond ASCII, with blanks', () => {
		expect(made({ message: digest, user: 'Jäsøn ~' }).digest?.username.reveal()).toBe('Jäsøn ~');
	});
});

test('a credential that no header can carry is found before anything is sent', () => {
	const message = { headers: { 'x-key': '${ref}\n' } };
	expect(() => made({ message })).toThrow(expect.objectContaining({ code: 'header-invalid' }));
});
