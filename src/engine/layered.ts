import type { DeliveryFlags } from './flags.ts';

/** Two layers of settings: lists add up, everything else is said by the later one. */
export function layered(below: DeliveryFlags, above: DeliveryFlags): DeliveryFlags {
	const lists = ['set', 'add', 'unset', 'tamper', 'header', 'variant', 'credential'] as const;
	const joined = lists.flatMap((name) =>
		below[name] === undefined || above[name] === undefined ? [] : [[name, [...below[name], ...above[name]]]],
	);
	// --real-time and --speed say the same thing.
	const pace = above.speed === undefined && above.realTime === undefined ? below : above;
	const { speed: _, realTime: __, ...rest } = { ...below, ...above };
	return {
		...rest,
		...(pace.speed === undefined ? {} : { speed: pace.speed }),
		...(pace.realTime === undefined ? {} : { realTime: pace.realTime }),
		...(Object.fromEntries(joined) as DeliveryFlags),
	};
}
