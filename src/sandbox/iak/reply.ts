import { xmlText } from '../../compose/write-xml.ts';
import type { ValueObject } from '../../model/value.ts';
import type { Box, Call, Reply } from '../provider.ts';
import { codeText, type Side } from './facts.ts';

const textOf = ({ body }: Call): string => Buffer.from(body).toString('utf8').trimStart();

/** An XML request is answered in XML; without a body content-type decides. */
export function isXml(call: Call): boolean {
	const text = textOf(call);
	return text === '' ? /xml/i.test(call.headers['content-type'] ?? '') : text.startsWith('<');
}

/** Neither JSON nor XML: IAK reads no forms. */
export const isForm = (call: Call): boolean => !/^[<{[]/.test(textOf(call));

/** `{"data": …}`, or the same elements below `<mp>`. */
export function answered(
	call: Call,
	data: ValueObject | readonly ValueObject[],
	{ status = 200, xml, meta = false }: AnswerForm = {},
): Reply {
	if (!isXml(call)) return { status, json: { data, ...(meta && { meta: [] }) } };
	return {
		status,
		headers: { 'content-type': 'application/xml' },
		text: xmlText({ mp: xml ?? (data as ValueObject) }),
	};
}

export interface AnswerForm {
	readonly status?: number;
	/** What stands below `<mp>`, where it is something else. */
	readonly xml?: ValueObject;
	/** Postpaid answers end with an empty list. */
	readonly meta?: boolean;
}

/** @param why in the terminal: what the shop did, and what is right */
export function refused(
	call: Call,
	box: Box,
	side: Side,
	code: string,
	{ why, message, more = {} }: RefusalForm = {},
): Reply {
	const text = message ?? codeText(side, code) ?? '';
	const isPrepaid = side === 'prepaid';
	const data = isPrepaid
		? { status: 2, ...more, message: text, rc: code }
		: { ...more, response_code: code, message: text };
	call.note([`${code} ${text}`, why].filter((part) => part !== undefined).join(': '));
	return answered(call, data, { status: failureStatus(box), meta: !isPrepaid });
}

interface RefusalForm {
	readonly why?: string | undefined;
	/** Where another text than the code's is documented. */
	readonly message?: string | undefined;
	readonly more?: ValueObject;
}

export const failureStatus = ({ settings }: Box): number =>
	settings.variants.includes('status-200') ? 200 : 400;
