import { expect, test } from 'vitest';
import type { FactClaim } from '../../src/sandbox/provider.ts';
import { loadSandboxes, sandboxIds } from '../../src/sandbox/providers.ts';

const sandboxProviders = await loadSandboxes(sandboxIds);

test.each(sandboxProviders.map((provider) => [provider.id, provider] as const))(
	'%s: everything that its sandbox does says on what ground',
	(_, { endpoints, facts, variants, wrongAddresses, sources }) => {
		const claims: readonly (readonly [string, FactClaim])[] = [
			...endpoints.map(({ title, claim }) => [title, claim] as const),
			...facts.map(({ says, claim }) => [says, claim] as const),
			...Object.entries(variants).map(([name, { claim }]) => [name, claim] as const),
			...wrongAddresses.map(({ path, claim }) => [path, claim] as const),
		];
		expect(claims.length).toBeGreaterThan(20);
		const groundless = claims.filter(([, [trust, source]]) =>
			trust === 'assumed'
				? source !== null
				: !['documented', 'observed'].includes(trust ?? '') ||
					!Object.hasOwn(sources, source ?? ''),
		);
		expect(groundless).toEqual([]);
		const used = new Set(claims.map(([, [, source]]) => source));
		expect(Object.keys(sources).filter((source) => !used.has(source))).toEqual([]);
	},
);

test.each(sandboxProviders.map((provider) => [provider.id, provider] as const))(
	'%s: no wrong address is one that is answered',
	(_, { endpoints, wrongAddresses }) => {
		const right = new Set(endpoints.flatMap(({ paths }) => paths));
		expect(right.size).toBeGreaterThan(5);
		expect(wrongAddresses.filter(({ path }) => right.has(path))).toEqual([]);
	},
);
