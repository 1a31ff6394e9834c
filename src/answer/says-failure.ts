import { readJson } from '../model/read-json.ts';
import { isObject, type Value } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';

/** Whether the text of an answer says that a callback was not taken. */
export function saysFailure(text: string): boolean {
	const value = jsonIn(text);
	return value === undefined ? plainly(text) : inValue(value);
}

const failed =
	/^(false|no?k|ng|ko|err(or)?|fail(ed|ure)?|gagal|invalid|rejected|ditolak|denied|refused|unauthori[sz]ed|forbidden|not[ _]found|bad[ _]request|(internal[ _])?server[ _]error)$/i;
const started =
	/^(err(or)?|fail(ed|ure)?|nok|gagal|invalid|rejected|ditolak|unauthori[sz]ed|forbidden|not found|bad request|access denied)\b/i;
const checksum =
	/\b(invalid|wrong|bad|missing) (checksum|signature|sign)\b|\b(checksum|signature) (is )?(invalid|wrong|missing|mismatch)/i;
const sentence =
	/\b(unauthori[sz]ed|forbidden|invalid|mismatch|rejected|ditolak|gagal|salah)\b|\b(order|transaction|pesanan|transaksi) (was |is )?(not found|tidak ditemukan)\b|^(error|fail)/i;

const judging = /^(success|ok|status|result|acknowledged|valid|verified|accepted|received)$/i;
const coded = /^(status|code|status_?code|http_?(code|status))$/i;
const blaming = /^(errors?|error_?(code|message)|exception)$/i;
const told = /^(message|msg|detail|reason|title|description)$/i;

function plainly(text: string): boolean {
	const element = /<(success|ok|status|result)>\s*([^<]{1,40}?)\s*</i.exec(text)?.[2];
	return checksum.test(text) || started.test(text.trim()) || failed.test(element ?? '');
}

function inValue(value: Value): boolean {
	if (Array.isArray(value)) return value.some(inValue);
	if (isObject(value)) return Object.entries(value).some(([name, inner]) => inField(name, inner));
	return value !== null && plainly(textOf(value));
}

function inField(name: string, value: Value): boolean {
	if (value === null) return false;
	if (blaming.test(name)) return isSomething(value);
	if (isObject(value) || Array.isArray(value)) return inValue(value);
	const text = textOf(value).trim();
	if (coded.test(name) && /^[45]\d\d$/.test(text)) return true;
	if (judging.test(name)) return value === false || failed.test(text) || isNone(name, text);
	return told.test(name) && (sentence.test(text) || checksum.test(text));
}

/** A status of 0 may be any code; a success of 0 is none. */
const isNone = (name: string, text: string): boolean =>
	text === '0' && !/^(status|result)$/i.test(name);

function isSomething(value: Value): boolean {
	if (isObject(value)) return Object.keys(value).length > 0;
	if (Array.isArray(value)) return value.length > 0;
	return value !== null && !/^(|0+|false|null|none|ok|no error)$/i.test(textOf(value).trim());
}

/** Undefined where it is none. */
function jsonIn(text: string): Value | undefined {
	try {
		return readJson(text);
	} catch {
		return undefined;
	}
}
