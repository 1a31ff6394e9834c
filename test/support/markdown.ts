import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';

/** The root of the repository, as an address. */
export const root = new URL('../../', import.meta.url);

/** Every page that a person reads: its path from the root → its text. */
export const pages: ReadonlyMap<string, string> = new Map(
	globSync(['*.md', 'docs/**/*.md', 'bench/*.md', 'examples/*/*.md'], { cwd: fileURLToPath(root) })
		.sort()
		.map((path) => [path, readFileSync(new URL(path, root), 'utf8')]),
);

const fence = /^```(\w*)\n(.*?)^```$/gms;

/** The blocks of code of one language, as they stand. */
export function codeBlocks(text: string, language: string): string[] {
	return [...text.matchAll(fence)].flatMap(([, of, code]) =>
		of === language && code !== undefined ? [code] : [],
	);
}

/** Prose, tables and headings: what is left without the blocks of code. */
const proseOf = (text: string) => text.replace(fence, '');

export function inlineCode(text: string): string[] {
	return [...proseOf(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** Where the links lead that are not addresses on the web. */
export function relativeLinks(text: string): string[] {
	return [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, target = '']) => target)
		.filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchors(text: string): string[] {
	return [...proseOf(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);
}
