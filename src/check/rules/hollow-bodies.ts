import type { Subject } from '../subject.ts';

/** The provider's envelope with something else in it than a callback. */
export function hollowEnvelopes(wrap: unknown): string[] {
	if (typeof wrap !== 'object' || wrap === null) return [];
	const [key, place] = Object.entries(wrap).find(([, inner]) => [inner].flat().includes('$')) ?? [];
	if (key === undefined) return [];
	const contents = Array.isArray(place) ? [[], null, [null]] : [{}, [], null, 'x'];
	return contents.map((content) => JSON.stringify({ ...wrap, [key]: content }));
}

/**
 * An object that stands in a text, where the provider has one: it is none, or the text is no text.
 */
export function hollowTexts({ message }: Subject): string[] {
	const { reference } = message.roles;
	const [text] = message.text ?? [];
	if (text === undefined) return [];
	return [
		{ [reference]: 'x', [text]: null },
		{ [reference]: 'x', [text]: {} },
		{ [reference]: null, [text]: 'null' },
		{ [reference]: 'x' },
	].map((body) => JSON.stringify(body));
}

/** Entities that multiply. */
export const laughs = `<?xml version="1.0"?><!DOCTYPE mp [<!ENTITY a "ha">${'bcdefghij'
	.split('')
	.map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`)
	.join('')}]><mp><ref_id>&j;</ref_id><status>1</status></mp>`;

/** `<status>1</status>` as `<status>&callsim;</status>`, with the entity declared before. */
export function withEntity(body: Uint8Array): Uint8Array {
	const text = Buffer.from(body).toString('utf8');
	const declared = text.replace(/<mp>/, '<!DOCTYPE mp [<!ENTITY callsim "1">]><mp>');
	return Buffer.from(declared.replace(/<status>1<\/status>/, '<status>&callsim;</status>'));
}
