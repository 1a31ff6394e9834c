import { Problem } from '../../model/problem.ts';
import { accessOf, type OrderAccess } from '../../order/access.ts';
import type { TypedFlags } from './flag.ts';

/** `--probe-url` or `--probe-command`, or those of set-up. @throws Problem `option-conflict` */
export function readShop(what: 'probe' | 'setup', typed: TypedFlags): OrderAccess | undefined {
	const url = typed[`${what}Url`] as string | undefined;
	const command = typed[`${what}Command`] as string | undefined;
	if (url !== undefined && command !== undefined)
		throw new Problem(
			'option-conflict',
			`--${what}-url and --${what}-command contradict each other`,
			{ hint: 'Keep one of them.' },
		);
	return accessOf({ url, command });
}
