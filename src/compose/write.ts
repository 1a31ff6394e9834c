import type { MessageFile } from '../model/provider.ts';
import { isObject, type Value } from '../model/value.ts';
import { formText } from './write-form.ts';
import { jsonText } from './write-json.ts';

export type Writer = (value: Value) => string;

export const contentTypes: Record<MessageFile['write'], string | undefined> = {
	form: 'application/x-www-form-urlencoded',
	json: 'application/json',
	xml: 'application/xml',
	query: undefined,
};

/** The XML library costs as much start-up as all the rest, so it is loaded for XML alone. */
export async function writerFor(write: MessageFile['write']): Promise<Writer> {
	if (write === 'json') return jsonText;
	if (write === 'xml') return (await import('./write-xml.ts')).xmlText;
	return (value) => formText(isObject(value) ? value : {});
}
