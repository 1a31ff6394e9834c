import { choose, weakestClaim } from '../../compose/options.ts';
import type { CallbackEvent, Claim, MessageFile } from '../../model/provider.ts';
import type { ScheduleOf } from '../json/listing-json.ts';
import { scheduleText } from '../time-text.ts';

/** `POST form · hmac-sha256 (checksum) · 5 × 5 min · observed` */
export function messageFacts(event: CallbackEvent, scheduleOf: ScheduleOf): string {
	const chosen = choose(event);
	const { message, claims } = chosen;
	return [
		`${message.method} ${message.write}`,
		signatureText(message),
		scheduleText(scheduleOf(chosen)),
		weakestClaim(claims).trust,
	].join(' · ');
}

/** The algorithm, and what the provider calls it: Bayarcash `checksum`, IAK `sign`. */
export function signatureText({ signature, digest }: MessageFile): string {
	if (signature === undefined) return digest === undefined ? 'no signature' : 'http digest';
	const { into } = signature;
	return `${signature.algorithm} (${'field' in into ? into.field : into.header})`;
}

/** One line a claim: what it is about, on what ground, where that stands. */
export function claimLines(claims: Readonly<Record<string, Claim>>): string[] {
	return Object.entries(claims).map(([about, { trust, source, note }]) => {
		const where = [source, note].filter((part) => part != null).join(' — ');
		return `  ${about.padEnd(12)} ${trust.padEnd(11)} ${where}`;
	});
}
