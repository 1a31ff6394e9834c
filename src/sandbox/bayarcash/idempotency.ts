import { createHash } from 'node:crypto';
import { onceAtATime } from '../once-at-a-time.ts';
import type { Box, Call, Reply } from '../provider.ts';
import { refused } from './answers.ts';
import { facts } from './facts.ts';

interface Remembered {
	readonly fingerprint: string;
	readonly at: number;
	/** Undefined while the first request still runs, or where a kill ended it. */
	readonly reply: Reply | undefined;
}

const kind = 'idempotency';

/**
 * One answer for one key of a portal: the first is kept for a day and given again. What is refused
 * as invalid takes no key.
 */
export async function once(
	call: Call,
	box: Box,
	portalKey: string,
	work: () => Promise<{ readonly reply: Reply; readonly isKept: boolean }>,
): Promise<Reply> {
	const key = call.headers['idempotency-key'];
	if (key === undefined) return (await work()).reply;
	const differs = (text: string): Reply => {
		call.note(`Idempotency-Key: ${text}`);
		return { status: facts.errors['key-differs'].status, json: { message: text } };
	};
	const most = facts.rules.idempotencyKeyLength;
	if (key.length > most) return differs(`it is longer than ${most} characters`);
	const id = `${portalKey} ${key}`;
	const fingerprint = createHash('sha256').update(call.body).digest('hex');
	const before = box.remembered<Remembered>(kind, id);
	if (before !== undefined && box.now() - before.at < facts.rules.idempotencyHours * 3_600_000) {
		if (before.fingerprint !== fingerprint)
			return differs('it was used before with other parameters');
		if (before.reply !== undefined) {
			call.note('Idempotency-Key: the first answer again');
			return before.reply;
		}
	}
	return onceAtATime(
		box,
		`key ${id}`,
		async () => {
			const at = box.now();
			box.remember(kind, id, { fingerprint, at, reply: undefined } satisfies Remembered);
			let kept: Reply | undefined;
			try {
				const { reply, isKept } = await work();
				if (isKept) kept = reply;
				return reply;
			} finally {
				box.remember(kind, id, kept && ({ fingerprint, at, reply: kept } satisfies Remembered));
			}
		},
		() => {
			call.note('Idempotency-Key: the first request with it still runs');
			return refused('key-in-use');
		},
	);
}
