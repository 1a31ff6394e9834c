import { createHash } from 'node:crypto';
import { type Sandbox, type SandboxOptions, sandbox } from 'callback-simulator';
import { onTestFinished } from 'vitest';
import { type Answer, call } from './open-sandbox.ts';
import { answering, type Seen } from './server.ts';

export const username = '081234567890';
const apiKey = 'dev0123456789abcdef';

/** Merchant's code, not ours: PHP's `md5($username . $apiKey . $end)`. */
export const sign = (end: string, { user = username, key = apiKey } = {}): string =>
	createHash('md5').update(`${user}${key}${end}`).digest('hex');

type Fields = Readonly<Record<string, unknown>>;

/** A reseller's shop that answers with these statuses, and IAK, which calls it back. */
export async function openIak(options: SandboxOptions = {}, statuses: readonly number[] = [200]) {
	const { url, seen } = await answering(...statuses);
	const box = await sandbox({ providers: ['iak'], callbackTo: url, ...options });
	onTestFinished(() => box.close());
	const ask = (path: string, end: string, fields: Fields = {}): Promise<Answer> =>
		call('POST', `${box.url}${path}`, { username, sign: sign(end), ...fields });
	const buy = (ref: string, more: Fields = {}): Promise<Answer> =>
		ask('/api/top-up', ref, {
			...{ ref_id: ref, customer_id: '0817777215', product_code: 'xld25000' },
			...more,
		});
	const status = (ref: string) => ask('/api/check-status', ref, { ref_id: ref });
	const deposit = async () => (await ask('/api/check-balance', 'bl')).json.data.balance as number;
	return { box, seen, ask, buy, status, deposit };
}

/** What the shop's `json_decode($body)->data` is. */
export const dataOf = ({ body }: Pick<Seen, 'body'>): Record<string, string> =>
	JSON.parse(body.toString('utf8')).data;

export const lastNote = (box: Sandbox): string => box.calls().at(-1)?.notes.join('\n') ?? '';
