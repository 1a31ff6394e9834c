import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readVectorsOf } from '../../src/catalogue/read-folder.ts';
import { parseCredential } from '../../src/cli/options/credential-flag.ts';
import { parseAssignment } from '../../src/compose/assignment.ts';
import { compose } from '../../src/compose/compose.ts';
import { credentialsFor } from '../../src/compose/credentials.ts';
import { fill } from '../../src/compose/fill-template.ts';
import { choose, everyCombination } from '../../src/compose/options.ts';
import { segmentsOf, valueAt } from '../../src/compose/path.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import type { Vector } from '../../src/model/provider.ts';
import { parseOwnRetry } from '../../src/model/retry.ts';
import type { ValueObject } from '../../src/model/value.ts';
import {
	bodyOf,
	bundles,
	catalogue,
	composed,
	eventOf,
	fixtures,
	noEnvironment,
} from '../support/catalogue.ts';

test('every folder of fixtures is a provider, and every provider a folder', () => {
	expect(readdirSync(fixtures).sort()).toEqual(
		catalogue.providers.map((provider) => provider.id).sort(),
	);
});

describe.each(bundles.map((bundle) => [bundle.provider.id, bundle] as const))(
	'%s',
	(id, { provider, events }) => {
		const vectors = readVectorsOf(join(fixtures, id));

		test('has published examples to be held against', () => expect(vectors).not.toHaveLength(0));

		test.each(vectors.map((vector) => [vector.name, vector] as const))(
			'reproduces the published example %s byte for byte',
			async (_name, vector) => {
				const result = await composeVector(id, vector);
				const trace = result.request.signatureAt(instantOf(vector));
				expect(vector.canonical ?? vector.signature ?? vector.body ?? vector.query).toBeDefined();
				if (vector.canonical !== undefined) expect(trace?.canonical).toBe(vector.canonical);
				if (vector.signature !== undefined) expect(trace?.value).toBe(vector.signature);
				if (vector.body !== undefined) expect(bodyOf(result)).toBe(vector.body);
				if (vector.query !== undefined)
					expect(result.request.url.search.slice(1)).toBe(vector.query);
			},
		);

		describe.each(Object.keys(events).map((name) => [`${id}/${name}`] as const))(
			'%s',
			(eventId) => {
				const event = eventOf(eventId);

				test('composes in every combination of its choices', async () => {
					for (const options of everyCombination(event.message)) {
						const result = await composed(eventId, { variants: options });
						expect(result.options).toEqual(options);
						expect(bodyOf(result).length + result.request.url.search.length).toBeGreaterThan(0);
						const fresh = await composed(eventId, { variants: options, fresh: true });
						expect(bodyOf(fresh) + fresh.request.url.search).not.toBe(
							bodyOf(result) + result.request.url.search,
						);
					}
				});

				test('has no value that its message does not list', () => {
					const listed = new Set(
						[
							event.message.fields,
							...Object.values(event.message.choices ?? {}).flatMap((all) =>
								Object.values(all).map((option) => option.fields ?? []),
							),
						]
							.flat()
							.flatMap((entry) =>
								typeof entry === 'string'
									? [entry]
									: Object.entries(entry).flatMap(([key, inner]) => [
											key,
											...inner.map((name) => `${key}.${String(name)}`),
										]),
							),
					);
					const values = event.file.values as ValueObject;
					const paths = Object.entries(values).flatMap(([key, value]) =>
						typeof value === 'object' && value !== null
							? [key, ...Object.keys(value).map((inner) => `${key}.${inner}`)]
							: [key],
					);
					expect(paths.filter((path) => !listed.has(path))).toEqual([]);
				});

				// What the sample leaves out stays out.
				const derived = Object.entries({
					...choose(event).message.derive,
					...event.file.derive,
				}).filter(([path]) => valueAt(choose(event).values, segmentsOf(path)) !== undefined);

				test.for(derived)('derives its documented %s', ([path, template]) => {
					const { values, vars } = choose(event);
					const documented = (name: string) => valueAt(values, segmentsOf(name));
					const sample = documented(path);
					const scope = {
						value: (name: string) => documented(name) ?? vars[name],
						credential: credentialsFor(provider, noEnvironment),
						now: Date.parse(event.file.clock),
						zone: provider.zone,
						target: template === '${target}' ? String(sample) : '',
						random: seededRandom('unused'),
					};
					expect(fill(template, scope, { what: path })).toBe(sample);
				});

				test('has its roles, a readable schedule, and a ground for every claim', () => {
					const { message, values, claims } = choose(event);
					expect(valueAt(values, segmentsOf(message.roles.reference))).toBeDefined();
					expect(() => parseOwnRetry(message.retry)).not.toThrow();
					expect(Object.keys(claims)).toEqual(
						expect.arrayContaining(['fields', 'values', 'write', 'acknowledge', 'retry']),
					);
					for (const claim of Object.values(claims))
						expect(claim.trust === 'assumed' || claim.source?.startsWith('https://')).toBe(true);
				});
			},
		);
	},
);

function instantOf(vector: Vector): number {
	return Date.parse(vector.clock ?? '2026-01-15T10:30:45+08:00');
}

function composeVector(id: string, vector: Vector) {
	const event = eventOf(`${id}/${vector.event}`);
	const own = Object.entries(vector.credentials ?? {}).map(([name, value]) =>
		parseCredential(`${name}=${value}`),
	);
	const written = (values: object | undefined) =>
		Object.entries(values ?? {}).map(([path, value]) =>
			parseAssignment(`${path}:=${JSON.stringify(value)}`, 'set'),
		);
	return compose(
		event,
		{
			variants: vector.options ?? [],
			set: written(vector.set),
			add: written(vector.add),
			unset: vector.unset ?? [],
		},
		{
			target: new URL(vector.target ?? 'http://127.0.0.1:3000/callback'),
			credentials: maskless(credentialsFor(event.provider, { ...noEnvironment, given: own })),
			now: instantOf(vector),
			random: seededRandom('vector'),
			userAgent: 'callsim/test',
		},
	);
}

/** Published keys are public, so the canonical string is compared with the key in it. */
function maskless(credentials: ReturnType<typeof credentialsFor>): typeof credentials {
	return (name) =>
		new (credentials(name).constructor as typeof import('../../src/model/secret.ts').Secret)(
			name,
			credentials(name).reveal(),
			'simulator',
		);
}
