import { Problem } from '../model/problem.ts';
import type { CallbackEvent, MessageFile } from '../model/provider.ts';
import type { Shaping } from './shaping.ts';

/** How a callback was broken on purpose, in the words that reports and shells have for it. */
export function faultNames(shaping: Shaping): string[] {
	return [
		...(shaping.tamper === undefined || shaping.tamper.length === 0 ? [] : ['tamper']),
		...(shaping.unsigned === true ? ['unsigned'] : []),
		...(shaping.wrongKey === true ? ['wrong-key'] : []),
	];
}

/** A fault that breaks nothing would flatter a receiver. @throws Problem `nothing-signed` */
export function refuseFaultWithoutSignature(
	event: CallbackEvent,
	message: MessageFile,
	shaping: Shaping,
): void {
	const signed = message.signature !== undefined;
	const keyed = (['unsigned', 'wrongKey'] as const).find((name) => shaping[name] === true);
	if (keyed !== undefined && !signed && message.digest === undefined) {
		throw new Problem(
			'nothing-signed',
			(say) => `${say(keyed)}: ${event.id} carries no signature`,
			{
				hint: (say) =>
					`Leave ${say(keyed)} out, or choose an option that is signed; see: callsim list`,
			},
		);
	}
	if ((shaping.tamper?.length ?? 0) > 0 && !signed) {
		throw new Problem(
			'nothing-signed',
			(say) => `${say('tamper')}: ${event.id} carries no signature to break`,
			{ hint: (say) => `Use ${say('set')}.` },
		);
	}
	const signsBytes =
		message.digest !== undefined ||
		(message.signature !== undefined && 'header' in message.signature.into);
	if (shaping.rawBody !== undefined && keyed !== undefined && !signsBytes) {
		throw new Problem(
			'nothing-signed',
			(say) => `${say(keyed)}: ${say('rawBody')} is sent as it is, without a signature`,
			{ hint: (say) => `Use ${say('body')} to have values signed.` },
		);
	}
}
