import { choicesOf } from '../compose/options.ts';
import { segmentsOf } from '../compose/path.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { pathOf } from './defaults.ts';
import type { DeliveryFlags } from './flags.ts';

/**
 * Two layers of settings of one event: lists add up, everything else is said by the later one. A header takes the place of
 * one of its name, and a reference or an amount that of a field which the earlier layer had set to it.
 */
export function layered(below: DeliveryFlags, above: DeliveryFlags, event: CallbackEvent): DeliveryFlags {
	const kept = withoutStated(below, above, event);
	const lists = [
		'set',
		'add',
		'unset',
		'tamper',
		'header',
		'secretHeader',
		'maskedHeader',
		'variant',
		'credential',
	] as const;
	const joined = lists.flatMap((name) => {
		const [a, b] = [kept[name], above[name]];
		return a === undefined || b === undefined ? [] : [[name, [...a, ...b]]];
	});
	// --real-time and --speed say the same thing.
	const pace = above.speed === undefined && above.realTime === undefined ? below : above;
	const { speed: _, realTime: __, ...rest } = { ...kept, ...above };
	return {
		...rest,
		...(pace.speed === undefined ? {} : { speed: pace.speed }),
		...(pace.realTime === undefined ? {} : { realTime: pace.realTime }),
		...(Object.fromEntries(joined) as DeliveryFlags),
	};
}

function withoutStated(below: DeliveryFlags, above: DeliveryFlags, { message }: CallbackEvent): DeliveryFlags {
	const { reference, amount } = message.roles;
	const stated = [above.ref === undefined ? undefined : reference, above.amount === undefined ? undefined : amount];
	const names = new Set([...(above.header ?? []), ...(above.secretHeader ?? [])].map(nameOf));
	const others = (headers: readonly string[]) => headers.filter((text) => !names.has(nameOf(text)));
	const { encoding, auth, ...rest } = below;
	const choices = Object.entries(choicesOf(message));
	const chosen = new Set(
		choices.flatMap(([choice, options]) =>
			(choice === 'encoding' && above.encoding !== undefined) ||
			(choice === 'auth' && above.auth !== undefined) ||
			above.variant?.some((option) => options.includes(option)) === true
				? [choice]
				: [],
		),
	);
	const isFree = (option: string) =>
		!choices.some(([choice, options]) => chosen.has(choice) && options.includes(option));
	return {
		...rest,
		...(encoding === undefined || chosen.has('encoding') ? {} : { encoding }),
		...(auth === undefined || chosen.has('auth') ? {} : { auth }),
		...(below.variant === undefined ? {} : { variant: below.variant.filter(isFree) }),
		...(below.set === undefined ? {} : { set: below.set.filter((text) => !stated.includes(dotted(pathOf(text)))) }),
		...(below.header === undefined ? {} : { header: others(below.header) }),
		...(below.secretHeader === undefined ? {} : { secretHeader: others(below.secretHeader) }),
	};
}

const dotted = (path: string): string => segmentsOf(path).join('.');
const nameOf = (header: string): string => header.slice(0, header.indexOf(':')).trim().toLowerCase();
