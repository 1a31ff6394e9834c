import { type SandboxOptions, sandbox } from 'callback-simulator';
import { onTestFinished } from 'vitest';
import { type Answer, call } from './open-sandbox.ts';
import { answering, type Seen } from './server.ts';

export const member = { memberid: 'demo01', memberpass: 'rahasia', memberpin: '1234' };

/** A sandbox of KHOINS, and a shop that registered its address there. */
export async function openKhoins(
	options: SandboxOptions = {},
	statuses: readonly number[] = [200],
) {
	const { url, seen } = await answering(...statuses);
	const box = await sandbox({ providers: ['khoins'], callbackTo: url, ...options });
	onTestFinished(() => box.close());
	return { box, seen };
}

/** A member's GET, as the docs write it: the query right behind the host. */
export const get = (base: string, query: Readonly<Record<string, string>>): Promise<Answer> =>
	call('GET', `${base}?${new URLSearchParams({ ...query, ...member })}`);

export interface Result {
	readonly refid?: string;
	readonly memberid?: string;
	readonly amount?: string | number;
	readonly trxid?: number;
	readonly message: {
		readonly tujuan?: string;
		readonly trxid?: string;
		readonly memberid?: string;
		readonly amount?: number;
		readonly status: string;
		readonly message: string;
	};
}

/** Merchant's code, not ours: JSON within JSON. */
export function resultOf({ body }: Pick<Seen, 'body'>): Result {
	const outer = JSON.parse(body.toString('utf8'));
	return { ...outer, message: JSON.parse(outer.message) };
}
