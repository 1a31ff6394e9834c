import { describe, expect, test } from 'vitest';
import type { ProviderBundle } from '../../src/catalogue/catalogue.ts';
import { checkProvider } from '../../src/catalogue/check-provider.ts';
import { compose } from '../../src/compose/compose.ts';
import { credentialsFor } from '../../src/compose/credentials.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import { Secret } from '../../src/model/secret.ts';
import { bundles, eventOf, noEnvironment } from '../support/catalogue.ts';

type Changed = Record<string, never>;
type Change = (message: Changed, provider: Changed) => void;

/** IAK with something else in its first message. */
function changed(change: Change): ProviderBundle {
	const bundle = structuredClone(
		bundles.find(({ provider }) => provider.id === 'iak'),
	) as ProviderBundle;
	const [message] = Object.values(bundle.provider.messages);
	change(message as unknown as Changed, bundle.provider as unknown as Changed);
	return bundle;
}

const set = (path: string, value: unknown): Change => {
	const keys = path.split('.');
	const last = keys.pop() ?? '';
	return (message) => {
		const holder = keys.reduce<Record<string, unknown>>(
			(inner, key) => inner[key] as Record<string, unknown>,
			message as Record<string, unknown>,
		);
		if (value === undefined) delete holder[last];
		else holder[last] = value;
	};
};

describe('a message that could not be written, signed or recognised is refused', () => {
	test.each([
		...[null, 5, 'x', [], {}, ['a'], { a: 1 }, { $: 1 }, ['$', '$'], { a: '$', b: ['$'] }].map(
			(wrap) =>
				[`the envelope ${JSON.stringify(wrap)}`, set('wrap', wrap), 'needs "$" once'] as const,
		),
		['an envelope of an option', set('choices.encoding.json.wrap', { a: [] }), 'needs "$" once'],
		[
			'hmac without a key',
			set('signature', { ...signature(), algorithm: 'hmac-sha256', key: undefined }),
			'lacks "key", which hmac',
		],
		[
			'rsa without a key',
			set('signature', { ...signature(), algorithm: 'rsa-sha256', key: undefined }),
			'lacks "key", which rsa',
		],
		[
			'a part of a signature where there is no other part',
			(message: Changed) => {
				set('signature', undefined)(message, message);
				set('choices.encoding.json.signature', { algorithm: 'md5' })(message, message);
			},
			'lacks "over": without the option',
		],
		[
			'a part of a signature that another option removes',
			set('choices.encoding.json.signature', { as: 'hex' }),
			'lacks "algorithm"',
		],
		['a header with a blank', set('headers', { 'a b': 'x' }), 'is no name that a header can have'],
		['a header without a name', set('headers', { '': 'x' }), 'is no name that a header can have'],
		[
			'a header of the request',
			set('headers', { 'Transfer-Encoding': 'x' }),
			'is made from the request itself',
		],
		[
			'a signature in such a header',
			set('signature', { ...signature(), into: { header: 'ä' } }),
			'is no name that a header can have',
		],
		['a choice without options', set('choices.encoding', {}), 'has no option'],
		[
			'more ways than can be tried',
			(message: Changed) => {
				for (let at = 0; at < 30; at++)
					set(`choices.c${at}`, { [`a${at}`]: {}, [`b${at}`]: {} })(message, message);
			},
			'ways of sending; 500 are too many',
		],
	] as const)('%s', (_what, change, message) => {
		expect(() => checkProvider(changed(change as Change), new Map())).toThrow(
			expect.objectContaining({
				code: 'fixture-invalid',
				message: expect.stringContaining(message) as string,
			}),
		);
	});

	test('and one that could is not', () => {
		expect(() =>
			checkProvider(changed(set('choices.encoding.json.wrap', null)), new Map()),
		).not.toThrow();
		expect(() =>
			checkProvider(changed(set('wrap', { a: [1, { b: '$' }] })), new Map()),
		).not.toThrow();
	});

	test('an event at a time that does not exist', () => {
		const bundle = changed(() => undefined);
		const [event] = Object.values(bundle.events);
		(event as { clock: string }).clock = '2026-99-99T99:99:99Z';
		expect(() => checkProvider(bundle, new Map())).toThrow(
			expect.objectContaining({
				message: expect.stringContaining('is no time that exists') as string,
			}),
		);
	});
});

function signature(): object {
	return bundles.find(({ provider }) => provider.id === 'iak')?.provider.messages['topup']
		?.signature as object;
}

test('a key that RSA cannot sign with is a problem that does not tell it', async () => {
	const event = eventOf('iak/pulsa-success');
	const rsa = {
		...event,
		message: {
			...event.message,
			signature: { ...event.message.signature, algorithm: 'rsa-sha256', key: 'api_key' },
		},
	} as typeof event;
	const credentials = credentialsFor(event.provider, {
		...noEnvironment,
		given: Object.entries({ api_key: 'geheim', username: 'u' }).map(([name, text]) => ({
			provider: undefined,
			name,
			source: { kind: 'value', secret: new Secret(name, text, 'own') } as const,
		})),
	});
	const problem = await compose(
		rsa,
		{},
		{
			target: new URL('http://127.0.0.1/'),
			credentials,
			now: 0,
			random: seededRandom('rsa'),
			userAgent: 'test',
		},
	).catch((error: unknown) => error);
	expect(problem).toMatchObject({ name: 'Problem', code: 'credential-invalid' });
	expect((problem as Error).message).not.toContain('geheim');
});
