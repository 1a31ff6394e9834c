import { Problem } from '../model/problem.ts';
import type { CallbackEvent, MessageFile } from '../model/provider.ts';
import type { Shaping } from './shaping.ts';

/** The flags by which a callback was broken on purpose. */
export function faultsOf(shaping: Shaping): string[] {
	return [
		...(shaping.tamper === undefined || shaping.tamper.length === 0 ? [] : ['tamper']),
		...(shaping.unsealed === true ? ['unsealed'] : []),
		...(shaping.wrongKey === true ? ['wrong-key'] : []),
	];
}

/** A fault that breaks nothing would make a careless receiver look good. @throws Problem `nothing-sealed` */
export function refuseFaultWithoutSeal(event: CallbackEvent, message: MessageFile, shaping: Shaping): void {
	const sealed = message.seal !== undefined;
	const keyed = shaping.unsealed === true ? '--unsealed' : shaping.wrongKey === true ? '--wrong-key' : undefined;
	if (keyed !== undefined && !sealed && message.digest === undefined) {
		throw new Problem('nothing-sealed', `${keyed}: ${event.id} carries no seal`, {
			hint: `Leave ${keyed} out, or choose an option that is sealed; see: callsim list`,
		});
	}
	if ((shaping.tamper?.length ?? 0) > 0 && !sealed) {
		throw new Problem('nothing-sealed', `--tamper: ${event.id} carries no seal to break`, { hint: 'Use --set.' });
	}
	const sealsBytes = message.digest !== undefined || (message.seal !== undefined && 'header' in message.seal.into);
	if (shaping.rawBody !== undefined && keyed !== undefined && !sealsBytes) {
		throw new Problem('nothing-sealed', `${keyed}: --raw-body is sent as it is, without a seal`, {
			hint: 'Use --body to have values sealed.',
		});
	}
}
