import { createQueue } from './_queue.js';

const ends = {
	__proto__: null,
	success: 'paid',
	gagal: 'failed',
	expired: 'failed',
	dibatalkan: 'failed',
};
const isId = (value) => typeof value === 'number' || (typeof value === 'string' && value !== '');

/** Deposit top-ups: same URL as the transactions, but memberid + amount instead of a refid. */
export function createTopups(shop) {
	const byMember = new Map();
	const queue = createQueue();
	return {
		concerns: (body) => body.refid === undefined && isId(body.memberid) && isId(body.amount),
		book: (body, inner) =>
			queue(String(body.memberid), async () => {
				const member = String(body.memberid);
				const state =
					typeof inner?.status === 'string' ? ends[inner.status.toLowerCase()] : undefined;
				const known = byMember.get(member) ?? [];
				// the text holds balance and time: the same text is the same top-up
				if (!known.some(({ message }) => message === body.message)) {
					byMember.set(member, [
						...known,
						{ amount: String(body.amount), state: state ?? 'open', message: body.message },
					]);
				}
				const ticket = await shop.find(member);
				if (!ticket || !state || ticket.state === 'paid' || ticket.state === state) return;
				const credited = ticket.credited + (state === 'paid' ? 1 : 0);
				await shop.save({ ...ticket, state, credited });
			}),
	};
}
