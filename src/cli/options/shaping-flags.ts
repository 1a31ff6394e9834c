import { assignmentText, parseAssignment } from '../../compose/assignment.ts';
import { instantText, parseInstant } from '../../model/instant.ts';
import { parseSeed } from '../../model/number-settings.ts';
import type { ShapingSettings } from '../../model/settings.ts';
import { bodySourceText, parseBody, parseRawBody, rawBodyText } from './body-flag.ts';
import { credentialText, parseCredential } from './credential-flag.ts';
import { alone, type FlagsOf, lists, many, one, text, texts } from './flag.ts';
import { headerText, parseHeaderFlag } from './header-flag.ts';

const shape = 'Shape the callback:';
const fault = 'Break it on purpose:';

const assignments = (setting: 'set' | 'add' | 'tamper', about: string, group = shape) =>
	many(
		`--${setting} <path=value>`,
		about,
		group,
		(typed) => parseAssignment(typed, setting),
		assignmentText,
	);

/** In the order in which help tells them. */
export const shapingFlags: FlagsOf<ShapingSettings> = {
	ref: text('--ref <id>', "the merchant's reference, whatever the provider calls it", shape),
	amount: text('--amount <n>', 'the amount, whatever the provider calls it', shape),
	set: assignments('set', 'change a field, keeping its JSON type; path:=json sets the type too'),
	add: assignments('add', 'add a field that is not there'),
	unset: texts('--unset <path>', 'leave a field out', shape),
	body: one(
		'--body <@file|-|text>',
		'replace all values by those of a file or text (JSON, form or XML), then sign',
		shape,
		parseBody,
		bodySourceText,
	),
	rawBody: one(
		'--raw-body <@file|->',
		'send these bytes as they are',
		shape,
		parseRawBody,
		rawBodyText,
	),
	variants: lists(
		'--variant <option>',
		'an option of any choice, see: callsim list (also comma-separated)',
		shape,
	),
	encoding: text(
		'--encoding <name>',
		'form, json or xml, where the provider has the choice',
		shape,
	),
	auth: text('--auth <name>', 'digest, hmac or none, where the provider has the choice', shape),
	fresh: alone('--fresh', "new ids and times in the provider's formats", shape),
	newAttempt: alone('--new-attempt', 'the ids of another attempt at paying the same order', shape),
	seed: one('--seed <n>', 'make --fresh repeatable', shape, parseSeed, String),
	now: one(
		'--now <time>',
		'the instant of --fresh, RFC 3339',
		shape,
		(typed) => parseInstant(typed),
		instantText,
	),
	tamper: assignments('tamper', 'change a field after signing', fault),
	unsigned: alone('--unsigned', 'leave the signature out', fault),
	wrongKey: alone('--wrong-key', 'sign with a key that is not yours', fault),
	credentials: many(
		'--credential <name=source>',
		'a credential: secret_key=env:VAR, =file:PATH or =value',
		shape,
		parseCredential,
		credentialText,
	),
	headers: many(
		'--header <name: value>',
		'one more header; env:VAR for a value that is a key',
		shape,
		(typed) => parseHeaderFlag(typed),
		headerText,
	),
};
