import type { Box, Call, Reply } from '../provider.ts';
import { facts } from './facts.ts';

export const ok = (json: unknown, status = 200): Reply => ({ status, json });

export function refused(
	name: Exclude<keyof typeof facts.errors, 'validation' | 'key-differs' | 'qr-in-making'>,
): Reply {
	const { status, body } = facts.errors[name];
	return { status, json: body };
}

/** Field → what is wrong with it, in one of the two documented shapes. */
export function invalid(wrong: ReadonlyMap<string, string>, call: Call, box: Box): Reply {
	for (const [field, text] of wrong) call.note(`${field}: ${text}`);
	const fields = Object.fromEntries([...wrong].map(([field, text]) => [field, [text]]));
	const { status } = facts.errors.validation;
	const [first = ''] = wrong.values();
	return box.settings.variants.includes('laravel-errors')
		? { status, json: { message: first, errors: fields } }
		: { status, json: { error: fields } };
}

/** Undefined where a bearer token is there: which one, a simulator cannot know. */
export function unauthenticated({ headers, note }: Call): Reply | undefined {
	const given = headers['authorization'];
	if (headers['x-portal-key'] !== undefined)
		note('X-Portal-Key is no header of Bayarcash: the portal key travels in the body');
	if (headers['accept'] !== undefined && !/json|\*\/\*/.test(headers['accept']))
		note(`Accept is ${headers['accept']}; the documentation sends application/json`);
	if (given !== undefined && /^Bearer \S+$/i.test(given)) return undefined;
	note(
		given === undefined
			? 'there is no Authorization header: Authorization: Bearer <personal access token>'
			: 'Authorization is not of the form Bearer <personal access token>',
	);
	return refused('unauthenticated');
}
