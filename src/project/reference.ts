import { resolve } from 'node:path';
import type { Reference } from '../model/settings.ts';

/**
 * `env:VAR` or `file:PATH`; undefined for anything else.
 * @param folder where a path begins: at the project file
 */
export function referenceIn(text: string, folder: string): Reference | undefined {
	const [, kind, rest = ''] = /^(env|file):(.+)$/s.exec(text) ?? [];
	if (kind === undefined) return undefined;
	return kind === 'env'
		? { kind: 'env', variable: rest }
		: { kind: 'file', path: resolve(folder, rest) };
}
