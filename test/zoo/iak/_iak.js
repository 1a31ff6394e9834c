import { createHash, timingSafeEqual } from 'node:crypto';

/** sign = md5(username + api_key + ref_id), 32 lower-case hex digits */
export function signMatches(sign, keys, refId) {
	if (typeof refId !== 'string' || typeof sign !== 'string' || !/^[0-9a-f]{32}$/.test(sign))
		return false;
	const expected = createHash('md5')
		.update(keys.username)
		.update(keys.api_key)
		.update(refId)
		.digest('hex');
	return timingSafeEqual(Buffer.from(sign, 'latin1'), Buffer.from(expected, 'latin1'));
}

/** Strings and numbers as text, everything else as nothing. */
export const text = (value) =>
	typeof value === 'string' || typeof value === 'number' ? `${value}` : '';

/** Work on the same order waits for its turn. */
export function createTurns() {
	const last = new Map();
	return (reference, work) => {
		const turn = (last.get(reference) ?? Promise.resolve()).then(work);
		const settled = turn
			.catch(() => {})
			.then(() => last.get(reference) === settled && last.delete(reference));
		last.set(reference, settled);
		return turn;
	};
}
