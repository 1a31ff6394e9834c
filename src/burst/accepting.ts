import { matchesStatus } from '../delivery/judge.ts';
import type { Acknowledge } from '../model/provider.ts';

/**
 * As `judge`, for many answers: what is wrong with one, in a few words; undefined for one that the
 * provider counts as delivered.
 */
export function refusalBy({ status: wanted, body: text }: Acknowledge) {
	const accepted = Uint8Array.from({ length: 1_000 }, (_, status) =>
		wanted.some((one) => matchesStatus(one, status)) ? 1 : 0,
	);
	return (status: number, body: Buffer | undefined): string | undefined => {
		if (accepted[status] !== 1) return `status ${status}`;
		if (text === undefined || body?.toString('utf8').trim() === text) return undefined;
		return `body is not "${text}"`;
	};
}
