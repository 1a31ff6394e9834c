import type { Project } from './project.ts';

/** The providers that the project file speaks of, each once. */
export function projectProviders({ value }: Project): string[] {
	const targeted = Object.keys(value.targets ?? {}).map((name) => name.split('/')[0] ?? '');
	return [...new Set([...targeted, ...Object.keys(value.credentials ?? {})])];
}
