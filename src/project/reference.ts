import { resolve } from 'node:path';
import type { Reference } from '../model/settings.ts';

/** `env:VAR`, `file:PATH`, or undefined. @param folder of the project file, where paths begin */
export function referenceIn(text: string, folder: string): Reference | undefined {
	const [, kind, rest = ''] = /^(env|file):(.+)$/s.exec(text) ?? [];
	if (kind === undefined) return undefined;
	return kind === 'env'
		? { kind: 'env', variable: rest }
		: { kind: 'file', path: resolve(folder, rest) };
}
