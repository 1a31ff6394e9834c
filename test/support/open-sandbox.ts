import { createHmac } from 'node:crypto';
import { type Sandbox, type SandboxOptions, sandbox } from 'callback-simulator';
import { onTestFinished } from 'vitest';
import { answering, type Seen } from './server.ts';

export const secret = 'sim_bayarcash_secret_0123456789ab';
export const portalKey = '0123456789abcdef0123456789abcdef';

/** Merchant's code, not ours: the checksum of a list of values. */
export const checksum = (...values: readonly string[]): string =>
	createHmac('sha256', secret).update(values.join('|')).digest('hex');

/** A sandbox of the built package and a shop that answers with these statuses in turn. */
export async function openSandbox(
	options: SandboxOptions = {},
	statuses: readonly number[] = [200],
): Promise<{ box: Sandbox; shop: string; seen: Seen[] }> {
	const shop = await answering(...statuses);
	const box = await sandbox(options);
	onTestFinished(() => box.close());
	return { box, shop: shop.url, seen: shop.seen };
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	// biome-ignore lint/suspicious/noExplicitAny: somebody else's JSON
	readonly json: any;
}

const bearer = { authorization: 'Bearer token', accept: 'application/json' };

export async function call(
	method: string,
	url: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Answer> {
	const isForm = body instanceof URLSearchParams;
	const answer = await fetch(url, {
		method,
		redirect: 'manual',
		headers: {
			...bearer,
			...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
			...headers,
		},
		...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
	});
	const text = await answer.text();
	const isJson = answer.headers.get('content-type')?.includes('json') === true;
	return {
		status: answer.status,
		headers: answer.headers,
		json: isJson && text !== '' ? JSON.parse(text) : text,
	};
}

export const intentFields = (more: Readonly<Record<string, unknown>> = {}) => ({
	portal_key: portalKey,
	order_number: 'ORD-0060',
	amount: '60.00',
	payer_name: 'Mohd Ali',
	payer_email: 'mohd.ali@example.com',
	payment_channel: 1,
	...more,
});

/** Fields of a form that arrived. */
export const formOf = ({ body }: Pick<Seen, 'body'>): Record<string, string> =>
	Object.fromEntries(new URLSearchParams(body.toString('utf8')));
