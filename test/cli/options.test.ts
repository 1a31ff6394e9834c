import { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { define } from '../../src/cli/options/define.ts';
import { fireLine } from '../../src/cli/options/print.ts';
import { readSettings, settingsFlags } from '../../src/cli/options/settings-flags.ts';
import { type Millis, millis } from '../../src/model/duration.ts';
import { isConfidential } from '../../src/model/header-name.ts';
import { Secret } from '../../src/model/secret.ts';
import type { Settings } from '../../src/model/settings.ts';
import { wordsOf } from '../support/scenario-cli.ts';

/** What a command line says, as the command itself would read it. */
function readAgain(line: string): Settings {
	const [, , ...words] = wordsOf(line);
	const command = define(new Command(), ...Object.values(settingsFlags)).exitOverride();
	return readSettings(command.parse(words, { from: 'user' }).opts());
}

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const text = fc.string({ unit: fc.constantFrom(...'aZ0 \'"$`\\|&;<>(){}*?#~!=:,@%+-_/.ü日😀') });
const json = fc.oneof(
	fc.constant(null),
	fc.boolean(),
	text,
	fc.integer(),
	fc.record({ a: fc.integer() }),
);
const assignment = fc.record({
	path,
	value: fc.oneof(
		fc.record({ kind: fc.constant('text' as const), text }),
		fc.record({ kind: fc.constant('json' as const), json }),
	),
});
const span: fc.Arbitrary<Millis> = fc.integer({ min: 0, max: 100_000_000 }).map(millis);
const reference = fc.oneof(
	fc.record({ kind: fc.constant('env' as const), variable: fc.stringMatching(/^[A-Z_]{1,8}$/) }),
	fc.record({ kind: fc.constant('file' as const), path: fc.stringMatching(/^[\w/.-]{1,12}$/) }),
);
const header = fc.record({
	// The value of one for keys is left to be filled in, and cannot be read again.
	name: fc.stringMatching(/^x-[a-z]{1,8}$/).filter((one) => !isConfidential(one)),
	value: fc.oneof(
		reference,
		fc.record({
			kind: fc.constant('text' as const),
			text: fc.stringMatching(/^([\w'"$&-]([\w '"$&-]*[\w'"$&-])?)?$/),
		}),
	),
});
const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });
const said = fc.record(
	{
		ref: text,
		amount: text,
		set: list(assignment),
		add: list(assignment),
		unset: list(path),
		tamper: list(assignment),
		body: fc.oneof(
			fc.constant({ kind: 'stdin' as const }),
			fc.record({ kind: fc.constant('file' as const), path: text }),
			text
				.filter((one) => one !== '-' && !one.startsWith('@'))
				.map((one) => ({ kind: 'text' as const, text: one })),
		),
		rawBody: fc.record({ kind: fc.constant('file' as const), path: text }),
		variants: list(name),
		encoding: name,
		fresh: fc.constant(true),
		seed: fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
		now: fc.integer({ min: 0, max: 4_000_000_000_000 }),
		credentials: list(
			fc.record({
				provider: fc.option(fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/), { nil: undefined }),
				name,
				source: reference,
			}),
		),
		headers: list(header),
		// Not fc.webUrl, which takes a second to get ready.
		to: fc
			.tuple(
				fc.constantFrom('http://127.0.0.1', 'https://shop.test', 'http://[::1]:3000'),
				text,
				text,
			)
			.map(([origin, path, query]) => {
				const url = new URL(origin);
				url.pathname = path;
				url.search = query;
				return url;
			}),
		retry: fc.oneof(
			fc.constantFrom({ kind: 'provider' as const }, { kind: 'none' as const }),
			fc.record({
				kind: fc.constant('attempts' as const),
				attempts: fc.integer({ min: 1, max: 1_000 }),
				pause: span,
			}),
			fc.record({ kind: fc.constant('pauses' as const), pauses: list(span) }),
		),
		speed: fc.oneof(
			fc.constant(Number.POSITIVE_INFINITY),
			fc.integer({ min: 1, max: 10_000 }),
			fc.constant(2.5),
		),
		timeout: span,
		delay: span,
		duplicate: fc.integer({ min: 1, max: 100 }),
		insecure: fc.constant(true),
		resolve: fc.constant({ 'shop.test': '127.0.0.1', 'shop.test:443': '::1' }),
		waitFor: span,
	},
	{ requiredKeys: [] },
);

describe('a printed command line', () => {
	test('says what was said, whatever that is', () => {
		fc.assert(
			fc.property(said, (settings) => {
				expect(readAgain(fireLine(['iak/x'], settings))).toEqual(settings);
			}),
		);
	});

	test('leaves a key that was typed to be filled in', () => {
		const source = { kind: 'value', secret: new Secret('secret_key', 'hush-4711', 'own') } as const;
		const line = fireLine(['iak/x'], {
			credentials: [{ provider: undefined, name: 'secret_key', source }],
			headers: [{ name: 'authorization', value: { kind: 'text', text: 'Bearer hush-4711' } }],
		});
		expect(line).toBe("callsim fire iak/x --credential secret_key=… --header 'authorization: …'");
	});
});
