import type { Outcome, Unanswered } from '../../model/outcome.ts';
import { unansweredText } from '../../model/outcome-text.ts';
import type { SentRequest } from '../../model/run-event.ts';
import { bodyFields } from '../json/body-json.ts';

/** A request as HAR 1.2 has it; headers as they may be shown. */
export function harRequest({ method, url, headers, body }: SentRequest): object {
	const parsed = URL.canParse(url) ? new URL(url) : undefined;
	const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.shown ?? '';
	return {
		method,
		url: parsed?.href ?? url,
		httpVersion: 'HTTP/1.1',
		cookies: [],
		headers: headers.map(({ name, shown }) => ({ name, value: shown })),
		queryString: pairs(parsed?.searchParams ?? new URLSearchParams()),
		headersSize: -1,
		bodySize: body?.length ?? 0,
		postData: body && postData(body, type),
	};
}

function postData(body: Uint8Array, mimeType: string): object {
	const fields = bodyFields(body);
	const cut = fields.truncated === true ? { _truncated: true } : {};
	// HAR knows bytes in an answer only, so the mark is ours.
	if ('bodyBase64' in fields)
		return { mimeType, text: fields.bodyBase64, _encoding: 'base64', ...cut };
	const isForm = /^application\/x-www-form-urlencoded\b/i.test(mimeType);
	const params = isForm ? { params: pairs(new URLSearchParams(fields.body)) } : {};
	return { mimeType, text: fields.body, ...params, ...cut };
}

function pairs(params: URLSearchParams): object[] {
	return [...params].map(([name, value]) => ({ name, value }));
}

/** What came back; status 0 and `_error` where nothing did, which is what browsers write. */
export function harResponse(outcome: Outcome | undefined): object {
	if (outcome?.kind !== 'answered') return { ...nothing, _error: errorText(outcome) };
	const { status, headers, body, truncated } = outcome;
	const listed = Object.entries(headers).flatMap(([name, value]) =>
		(typeof value === 'string' ? [value] : value).map((one) => ({ name, value: one })),
	);
	const first = (wanted: string) =>
		listed.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';
	return {
		...nothing,
		status,
		httpVersion: 'HTTP/1.1',
		headers: listed,
		content: content(body, first('content-type'), truncated),
		redirectURL: first('location'),
		// Where only the beginning was read, nobody knows the size.
		bodySize: truncated ? -1 : body.length,
	};
}

const nothing = {
	status: 0,
	statusText: '',
	httpVersion: '',
	cookies: [],
	headers: [],
	content: { size: 0, mimeType: 'x-unknown' },
	redirectURL: '',
	headersSize: -1,
	bodySize: -1,
} as const;

function content(body: Uint8Array, mimeType: string, truncated: boolean): object {
	const fields = bodyFields(body, truncated);
	const text =
		'body' in fields ? { text: fields.body } : { text: fields.bodyBase64, encoding: 'base64' };
	return {
		size: body.length,
		mimeType,
		...text,
		_truncated: fields.truncated,
	};
}

function errorText(outcome: Unanswered | undefined): string {
	return outcome === undefined ? 'the answer was not kept' : unansweredText(outcome);
}
