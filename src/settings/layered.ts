import { choicesOf } from '../compose/options.ts';
import { segmentsOf } from '../compose/path.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { addingUp, type Settings } from '../model/settings.ts';

/**
 * Two layers of settings of one event: some add up, everything else is said by the later one. A
 * header takes the place of one of its name, and a reference or an amount that of a field which the
 * earlier layer had set to it.
 */
export function layered(below: Settings, above: Settings, event: CallbackEvent): Settings {
	const kept = withoutStated(below, above, event);
	const sums = addingUp.map((name) => [name, sum(kept[name], above[name])]);
	return defined({ ...kept, ...defined(above), ...Object.fromEntries(sums) });
}

function sum(below: object | undefined, above: object | undefined): object | undefined {
	if (below === undefined || above === undefined) return above ?? below;
	return Array.isArray(below) && Array.isArray(above)
		? [...below, ...above]
		: { ...below, ...above };
}

/** Without what is undefined: a layer that does not say something must not hide one that does. */
export function defined<T extends object>(settings: T): T {
	return Object.fromEntries(
		Object.entries(settings).filter(([, value]) => value !== undefined),
	) as T;
}

function withoutStated(below: Settings, above: Settings, { message }: CallbackEvent): Settings {
	const { reference, amount } = message.roles;
	const stated = [
		above.ref === undefined ? undefined : reference,
		above.amount === undefined ? undefined : amount,
	];
	const names = new Set(above.headers?.map(({ name }) => name.toLowerCase()));
	const choices = Object.entries(choicesOf(message));
	const chosen = new Set(
		choices.flatMap(([choice, options]) =>
			(choice === 'encoding' && above.encoding !== undefined) ||
			(choice === 'auth' && above.auth !== undefined) ||
			above.variants?.some((option) => options.includes(option)) === true
				? [choice]
				: [],
		),
	);
	const isFree = (option: string) =>
		!choices.some(([choice, options]) => chosen.has(choice) && options.includes(option));
	return {
		...below,
		encoding: chosen.has('encoding') ? undefined : below.encoding,
		auth: chosen.has('auth') ? undefined : below.auth,
		variants: below.variants?.filter(isFree),
		set: below.set?.filter(({ path }) => !stated.includes(segmentsOf(path).join('.'))),
		headers: below.headers?.filter(({ name }) => !names.has(name.toLowerCase())),
	};
}
