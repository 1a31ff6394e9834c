import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogueOf } from '../../src/catalogue/catalogue.ts';
import { checkProvider } from '../../src/catalogue/check-provider.ts';
import { readEventFile, readProviderFile } from '../../src/catalogue/validate.ts';
import { compose } from '../../src/compose/compose.ts';
import { credentialsFor } from '../../src/compose/credentials.ts';
import { everyCombination } from '../../src/compose/options.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import type { Shaping } from '../../src/compose/shaping.ts';
import { verdictOf } from '../../src/verify/verify-received.ts';
import { fixtures, noEnvironment } from '../support/catalogue.ts';
import { anyJson, anyName, anyText, type Json, mutated } from '../support/mutations.ts';
import { fuzzRuns, problemOr } from '../support/only-problems.ts';
import { receivedOf } from '../support/verify.ts';

interface Folder {
	readonly [file: string]: Json;
}

const folders = readdirSync(fixtures).map(
	(id): Folder =>
		Object.fromEntries(
			readdirSync(join(fixtures, id))
				.filter((name) => name.endsWith('.json') && name !== 'vectors.json')
				.map((name) => [name, JSON.parse(readFileSync(join(fixtures, id, name), 'utf8')) as Json]),
		),
);

/** A folder of which one file differs; mostly `provider.json`, which says the most. */
function differing(folder: Folder): fc.Arbitrary<Folder> {
	const files = fc.oneof(
		{ weight: 2, arbitrary: fc.constant('provider.json') },
		{ weight: 1, arbitrary: fc.constantFrom(...Object.keys(folder)) },
	);
	return files.chain((file) =>
		mutated(folder[file] ?? null).map((document) => ({ ...folder, [file]: document })),
	);
}

/** Reads a folder as `--providers` does, and sends what it accepts: composed under every option, and verified. */
async function readAndUsed(folder: Folder): Promise<number> {
	const text = (file: string) => JSON.stringify(folder[file] ?? null);
	const provider = readProviderFile('provider.json', text('provider.json'));
	const names = Object.keys(folder).filter((name) => name !== 'provider.json');
	const events = Object.fromEntries(
		names.map((name) => [name.replace('.json', ''), readEventFile(name, text(name))]),
	);
	const sources = new Map(
		['provider.json', ...names].map((file) => [
			file.replace('.json', ''),
			{ file, text: text(file) },
		]),
	);
	const bundle = { provider, events, scenarios: {} };
	checkProvider(bundle, sources);
	const catalogue = catalogueOf([bundle]);
	let used = 0;
	const byMessage = new Map(catalogue.events.map((event) => [event.message, event]));
	for (const event of byMessage.values()) {
		const credentials = credentialsFor(provider, noEnvironment);
		const context = {
			target: new URL('http://127.0.0.1:3000/cb?x=1'),
			credentials,
			now: 1_800_000_000_000,
			random: seededRandom('fuzz'),
			userAgent: 'fuzz',
		};
		for (const variants of everyCombination(event.message).slice(0, 4)) {
			const all: Shaping[] = [{ variants }, { variants, fresh: true, ref: 'A-1', amount: '5.00' }];
			for (const shaping of all) {
				const composed = await problemOr(() => compose(event, shaping, context));
				if (composed === undefined) continue;
				composed.request.headersAt(0);
				composed.request.signatureAt(0);
				used++;
				await problemOr(() =>
					verdictOf(receivedOf(composed), {
						provider,
						events: catalogue.events,
						credentials,
						otherKeys: [],
					}),
				);
			}
		}
	}
	return used;
}

test('a provider folder that differs in anything is read, or refused with a problem', async () => {
	let used = 0;
	await fc.assert(
		fc.asyncProperty(fc.oneof(...folders.map(differing)), async (folder) => {
			used += (await problemOr(() => readAndUsed(folder))) ?? 0;
		}),
		fuzzRuns(40),
	);
	expect(used).toBeGreaterThan(0);
}, 3_600_000);

/** What of a message may be nearly anything: envelope, templates, names, types; and the values of a sample. */
function reshaped(folder: Folder): fc.Arbitrary<Folder> {
	const provider = folder['provider.json'] as {
		messages: Record<string, { fields: Json[] }>;
		credentials: object;
	};
	const files = Object.keys(folder).filter((file) => file !== 'provider.json');
	return fc.constantFrom(...files).chain((file) => {
		const event = folder[file] as {
			message: string;
			values: Record<string, Json>;
			vars?: Record<string, Json>;
		};
		const names = Object.keys({ ...event.values, ...event.vars });
		const field = fc.constantFrom(...names);
		const templates = fc.dictionary(field, template(names, Object.keys(provider.credentials)), {
			maxKeys: 4,
		});
		const message = fc.record({
			wrap: fc.oneof(
				anyJson,
				fc.constantFrom<Json>({ a: '$' }, ['$'], { a: [1, { b: '$' }] }, { __x: { $: '$' } }),
			),
			derive: templates,
			fresh: templates,
			headers: fc.dictionary(
				fc.constantFrom('x-a', 'Authorization', 'a b', 'host'),
				template(names, []),
			),
			names: fc.dictionary(field, anyName, { maxKeys: 3 }),
			cast: fc.dictionary(field, fc.constantFrom('number', 'string', 'quoted'), { maxKeys: 3 }),
			text: fc.array(field, { maxLength: 2 }),
			write: fc.constantFrom('form', 'json', 'xml', 'query'),
			method: fc.constantFrom('POST', 'GET', 'PUT'),
			signature: fc.record({
				algorithm: fc.constantFrom('md5', 'hmac-sha256', 'rsa-sha256'),
				key: fc.constantFrom(...Object.keys(provider.credentials), 'constructor'),
				over: fc.oneof(
					fc.constant('body'),
					template(names, Object.keys(provider.credentials)),
					fc.record({ fields: fc.array(field, { minLength: 1, maxLength: 3 }), join: anyText }),
				),
				as: fc.constantFrom('hex', 'base64'),
				into: fc.oneof(
					fc.record({ field: fc.oneof(field, anyName) }),
					fc.constant({ header: 'x-signature' }),
				),
			}),
			choices: fc.constant({}),
		});
		const values = fc.dictionary(field, anyJson, { maxKeys: 3 });
		// Most of it is refused for one thing or another: of few changes at once, enough get through to be sent.
		const few = fc.tuple(message, fc.nat(11), fc.nat(11)).map(([all, one, other]) => {
			const entries = Object.entries(all);
			return Object.fromEntries(
				entries.filter((_, at) => at === one % entries.length || at === other % entries.length),
			);
		});
		return fc.tuple(few, values).map(([more, others]) => ({
			...folder,
			'provider.json': {
				...(provider as unknown as Record<string, Json>),
				messages: {
					...provider.messages,
					[event.message]: {
						...provider.messages[event.message],
						...(more as Record<string, Json>),
					},
				} as Json,
			},
			[file]: { ...event, values: { ...event.values, ...others } } as Json,
		}));
	});
}

function template(names: readonly string[], credentials: readonly string[]): fc.Arbitrary<string> {
	const sources = [...names, ...credentials.map((name) => `cred.${name}`)];
	const others = [
		'now:yyyyMMdd',
		'now:iso',
		'now:unix',
		'digits:99',
		'base62:1',
		'hex:9',
		'uuid',
		'target',
	];
	const filters = [
		'',
		'|md5',
		'|dots',
		'|number',
		'|string',
		'|slice:-3',
		'|slice:1:2',
		'|dots|md5|number',
	];
	const placeholder = fc
		.tuple(fc.constantFrom(...sources, ...others), fc.constantFrom(...filters))
		.map(([source, filter]) => `\${${source}${filter}}`);
	return fc
		.array(fc.oneof(placeholder, placeholder, anyText), { minLength: 1, maxLength: 4 })
		.map((parts) => parts.join(''));
}

test('a message of any envelope, templates, names and values is composed, or refused with a problem', async () => {
	let used = 0;
	await fc.assert(
		fc.asyncProperty(fc.oneof(...folders.map(reshaped)), async (folder) => {
			used += (await problemOr(() => readAndUsed(folder))) ?? 0;
		}),
		fuzzRuns(40),
	);
	expect(used).toBeGreaterThan(0);
}, 3_600_000);
