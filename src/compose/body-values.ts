import type { Received } from '../capture/received.ts';
import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { MessageFile } from '../model/provider.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';
import { parseJson } from './assignment.ts';
import { bodyText } from './body-text.ts';
import { listedFields, signatureField } from './find-field.ts';
import { spellingsOf } from './path.ts';
import { formFields, openedJson } from './read-fields.ts';

/**
 * A body: values in the shape of any encoding the provider uses, envelope and wire names included
 * or not, alone or in whatever people have a callback in. The signature in it, if any, is dropped:
 * it is made anew.
 * @throws Problem `body-invalid`
 */
export async function bodyValues(text: string, message: MessageFile): Promise<ValueObject> {
	const trimmed = text.trim();
	if (trimmed === '')
		throw new Problem('body-invalid', (say) => `${say('body')} is empty`, {
			hint: (say) =>
				`Give a JSON object, a form or XML; ${say('rawBody')} sends bytes as they are.`,
		});
	const { capturedRequests } = await import('../capture/capture.ts');
	const documented = new Set(listedFields(message.fields));
	const known = (fields: ValueObject) => Object.keys(fields).some((name) => documented.has(name));
	for (const request of capturedRequests(trimmed)) {
		const inner = fieldsText(request);
		const fields =
			inner === ''
				? undefined
				: eventNames(unwrapped(await readBody(inner), message.wrap), message);
		if (fields !== undefined && known(fields)) return fields;
	}
	const fields = eventNames(unwrapped(await readBody(trimmed), message.wrap), message);
	if (fields === undefined)
		throw new Problem('body-invalid', (say) => `${say('body')} holds no object of fields`, {
			hint: 'Give the fields as a JSON object.',
		});
	if (known(fields) || Object.keys(fields).length === 0) return fields;
	throw new Problem(
		'body-invalid',
		(say) => `${say('body')}: no documented field was found in it`,
		{
			hint: (say) =>
				`Documented are ${[...documented].slice(0, 4).join(', ')} …; ${say('rawBody')} sends bytes as they are.`,
		},
	);
}

const readBody = async (text: string): Promise<Value> => {
	if (text.startsWith('<')) return fromXml(text);
	return /^[[{"]/.test(text)
		? parseJson(text, (say) => say('body'), 'body-invalid')
		: fromForm(text);
};

/** Where the provider's fields are in a request: its body, or the last part of its query. */
function fieldsText({ target, body, headers }: Received): string {
	const text = bodyText(body, headers['content-type']).trim();
	return text === '' && target.includes('?') ? target.slice(target.lastIndexOf('?') + 1) : text;
}

/** Under the event's own names, inner JSON opened, unsigned; undefined where it is no object. */
function eventNames(fields: Value, message: MessageFile): ValueObject | undefined {
	if (!isObject(fields)) return undefined;
	const signature = signatureField(message);
	return Object.fromEntries(
		Object.entries(fields).flatMap(([key, value]) => {
			const [name = key] = spellingsOf(key, message).at(-1) ?? [];
			return name === signature
				? []
				: [[name, message.text?.includes(name) ? openedJson(value) : value]];
		}),
	);
}

function unwrapped(value: Value, wrap: unknown): Value {
	if (wrap === undefined || wrap === '$') return value;
	if (Array.isArray(wrap))
		return Array.isArray(value) ? unwrapped(value[0] ?? null, wrap[0]) : value;
	if (typeof wrap !== 'object' || wrap === null || !isObject(value)) return value;
	const entry = Object.entries(wrap).find(([, inner]) => JSON.stringify(inner).includes('"$"'));
	const inner = entry === undefined ? undefined : own(value, entry[0]);
	// Bare fields are welcome too: the envelope is put around them again.
	return entry === undefined || inner === undefined || typeof inner !== 'object'
		? value
		: unwrapped(inner, entry[1]);
}

function fromForm(text: string): ValueObject {
	if (!text.includes('='))
		throw new Problem(
			'body-invalid',
			(say) => `${say('body')} is no JSON object, no form and no XML`,
			{ hint: (say) => `${say('rawBody')} sends bytes as they are.` },
		);
	return formFields(text);
}

/** The elements inside of the outermost one. */
async function fromXml(text: string): Promise<Value> {
	const { readXml } = await import('./read-xml.ts');
	const document = readXml(text, (say) => say('body'));
	return isObject(document) ? (Object.values(document).find((value) => isObject(value)) ?? {}) : {};
}
