import { choicesOf, choose } from '../../compose/options.ts';
import { segmentsOf, valueAt } from '../../compose/path.ts';
import { ifGiven, unlessEmpty } from '../../model/if-given.ts';
import type { CallbackEvent, SignatureRule } from '../../model/provider.ts';
import type { Assignment, Settings } from '../../model/settings.ts';
import { textOf } from '../../model/value-text.ts';
import type { Option } from './asker.ts';

/** How it is broken, if it is. */
export type Fault = 'forged' | 'unsigned' | 'wrong-key' | 'duplicate';

/** In which of its ways a callback is sent. */
export interface Ways {
	/** Options that are not the default of their choice. */
	readonly options: readonly string[];
	readonly faults: readonly Fault[];
}

export const asUsual: Ways = { options: [], faults: [] };

export type Way =
	| { readonly kind: 'go-on' }
	| { readonly kind: 'option'; readonly choice: string; readonly option: string }
	| { readonly kind: 'fault'; readonly fault: Fault }
	| { readonly kind: 'key' };

/** @param hasOwnKey undefined where nothing is signed, or a key of their own is named already */
export function wayOptions(
	event: CallbackEvent,
	ways: Ways,
	hasOwnKey: boolean | undefined,
	amount: string | undefined,
): Option<Way>[] {
	const choices = Object.entries(choicesOf(event.message));
	const { message, options } = choose(event, { named: ways.options, of: {} });
	const forged = forgery(event, ways, amount);
	const isSigned = message.signature !== undefined || message.digest !== undefined;
	const isOn = (fault: Fault) => ways.faults.includes(fault);
	const fault = (name: Fault, text: string, about: string): Option<Way> => ({
		...{ value: { kind: 'fault', fault: name }, name: tick(text, isOn(name)), about },
		group: 'Send it broken',
	});
	const said = [
		...(options.length === 0 ? ['as it is always sent'] : options),
		...ways.faults.map((name) => faultNames[name]),
	];
	return [
		{ value: { kind: 'go-on' }, name: 'go on', about: said.join(', ') },
		...choices.flatMap(([choice, all]) =>
			all.map(
				(option): Option<Way> => ({
					...{ value: { kind: 'option', choice, option } },
					name: tick(`${choice}: ${option}`, options.includes(option)),
					group: 'How it is sent',
				}),
			),
		),
		...(forged === undefined
			? []
			: [fault('forged', faultNames.forged, `${forged.path} is changed after signing`)]),
		...(isSigned
			? [
					fault('unsigned', faultNames.unsigned, 'without the signature'),
					fault('wrong-key', faultNames['wrong-key'], 'signed with a key that is not yours'),
				]
			: []),
		fault('duplicate', faultNames.duplicate, 'two identical ones at the same moment'),
		...(hasOwnKey === undefined
			? []
			: [
					{
						value: { kind: 'key' } as const,
						name: tick('my own key', hasOwnKey),
						about: 'typed now, not shown, not kept',
						group: 'Signed with',
					},
				]),
	];
}

const faultNames: Readonly<Record<Fault, string>> = {
	forged: 'forged',
	unsigned: 'unsigned',
	'wrong-key': 'wrong key',
	duplicate: 'duplicate at once',
};

const tick = (text: string, isOn: boolean): string => `${isOn ? '●' : '○'} ${text}`;

/** What is left of the ways when one is taken, or taken back. */
export function withWay(event: CallbackEvent, ways: Ways, way: Way): Ways {
	if (way.kind === 'option') {
		const all = choicesOf(event.message)[way.choice] ?? [];
		const others = ways.options.filter((option) => !all.includes(option));
		return { ...ways, options: way.option === all[0] ? others : [...others, way.option] };
	}
	if (way.kind !== 'fault') return ways;
	const others = ways.faults.filter((fault) => fault !== way.fault);
	if (others.length < ways.faults.length) return { ...ways, faults: others };
	// One mistake at a time: a refusal would not say which of them was seen.
	const kept = others.filter((fault) => way.fault === 'duplicate' || fault === 'duplicate');
	return { ...ways, faults: [...kept, way.fault] };
}

/** The settings that say the same. @param amount that is sent, where another than the sample's */
export function waySettings(
	event: CallbackEvent,
	ways: Ways,
	amount: string | undefined,
): Settings {
	const { options, faults } = ways;
	const forged = faults.includes('forged') ? forgery(event, ways, amount) : undefined;
	const optionOf = (choice: string) =>
		options.find((option) => choicesOf(event.message)[choice]?.includes(option));
	const [encoding, auth] = [optionOf('encoding'), optionOf('auth')];
	const others = options.filter((option) => option !== encoding && option !== auth);
	return {
		encoding,
		auth,
		variants: unlessEmpty(others),
		tamper: ifGiven(forged, (one) => [one]),
		unsigned: faults.includes('unsigned') || undefined,
		wrongKey: faults.includes('wrong-key') || undefined,
		duplicate: faults.includes('duplicate') ? 2 : undefined,
		// Whoever forges callbacks keeps to no schedule.
		retry: faults.some((fault) => fault !== 'duplicate') ? { kind: 'none' } : undefined,
	};
}

/** The ways that settings say already. */
export function waysSaid(event: CallbackEvent, settings: Settings): Ways {
	const { variants = [], encoding, auth, unsigned, wrongKey, duplicate } = settings;
	const { options } = choose(event, { named: variants, of: { encoding, auth } });
	const usual = Object.values(choicesOf(event.message)).map(([first]) => first);
	return {
		options: options.filter((option) => !usual.includes(option)),
		faults: [
			...(unsigned === true ? (['unsigned'] as const) : []),
			...(wrongKey === true ? (['wrong-key'] as const) : []),
			...((duplicate ?? 1) > 1 ? (['duplicate'] as const) : []),
		],
	};
}

/** Settings without what ways say. */
export const withoutWays = ({
	variants: _,
	encoding: __,
	auth: ___,
	unsigned: ____,
	wrongKey: _____,
	duplicate: ______,
	...rest
}: Settings): Settings => rest;

/** What a forger changes of what is signed: the amount, else whose order it is. */
function forgery(
	event: CallbackEvent,
	{ options }: Ways,
	amount: string | undefined,
): Assignment | undefined {
	const { message, values } = choose(event, { named: options, of: {} });
	const { roles, signature } = message;
	const signedText = (path: string | undefined) => {
		if (path === undefined || signature === undefined || !isOver(signature, path)) return undefined;
		const value = valueAt(values, segmentsOf(path));
		return value == null ? undefined : textOf(value);
	};
	const sum = signedText(roles.amount);
	if (roles.amount !== undefined && sum !== undefined)
		return assigned(roles.amount, anotherAmount(amount ?? sum));
	const reference = signedText(roles.reference);
	return roles.reference === undefined || reference === undefined
		? undefined
		: assigned(roles.reference, `${reference}-FORGED`);
}

/** Whether a receiver that checks the signature sees that the field was changed. */
function isOver({ over }: SignatureRule, path: string): boolean {
	if (typeof over !== 'string') return over.fields.includes(path);
	return over === 'body' || over.includes('${body') || new RegExp(`\\$\\{${path}[}|]`).test(over);
}

const assigned = (path: string, text: string): Assignment => ({
	path,
	value: { kind: 'text', text },
});

/** One unit, written as the amount is: `60.00` → `1.00`. */
function anotherAmount(amount: string): string {
	const [whole = '', cents] = amount.split('.');
	const one = whole === '1' ? '2' : '1';
	return cents === undefined ? one : `${one}.${'0'.repeat(cents.length)}`;
}
