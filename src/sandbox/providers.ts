import type { SandboxProvider } from './provider.ts';

/** Read one by one, when it is opened: each brings tables of its own. */
const loaders = {
	bayarcash: async () => (await import('./bayarcash/provider.ts')).bayarcash,
	iak: async () => (await import('./iak/provider.ts')).iak,
	khoins: async () => (await import('./khoins/provider.ts')).khoins,
	transfez: async () => (await import('./transfez/provider.ts')).transfez,
} satisfies Readonly<Record<string, () => Promise<SandboxProvider>>>;

/** Providers whose API is there. */
export const sandboxIds: readonly string[] = Object.keys(loaders);

/** Those of the ids that are there, in the order in which they are named. */
export function loadSandboxes(ids: readonly string[]): Promise<readonly SandboxProvider[]> {
	const known = ids.filter((id): id is keyof typeof loaders => Object.hasOwn(loaders, id));
	return Promise.all(known.map((id) => loaders[id]()));
}
