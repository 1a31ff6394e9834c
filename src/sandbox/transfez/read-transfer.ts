import { jsonText } from '../../compose/write-json.ts';
import { isObject, type ValueObject } from '../../model/value.ts';
import { textIn } from '../fields.ts';
import type { Box, Call } from '../provider.ts';
import { accountFlaws } from './account-flaws.ts';
import type { Wrong } from './answers.ts';
import { canBeCalled } from './callback.ts';
import { plain } from './decimal.ts';
import { moneyOf, sideOf } from './exchange.ts';
import { facts, type Payer, payerOf } from './facts.ts';
import { codeOfAccount, type Transfer } from './transfer.ts';

/** Reference of the shop's → id of its transfer. */
export const usedReferences = 'reference';

/** Id that a callback named which somebody else sent → the one that its transfer has here. */
export const toldIds = 'told id';

export interface ReadTransfer {
	readonly reference: string;
	readonly data: Omit<Transfer, 'changes'>;
}

/** A transfer as the request says it, or what is wrong with it. */
export function readTransfer(call: Call, box: Box): ReadTransfer | readonly Wrong[] {
	const { fields } = call;
	const [sender, source, destination, beneficiary, compliance] = [
		'sender',
		'source',
		'destination',
		'beneficiary',
		'compliance',
	].map((name) => objectIn(fields, name)) as [
		ValueObject,
		ValueObject,
		ValueObject,
		ValueObject,
		ValueObject,
	];
	const reference = textIn(fields, 'reference_id') ?? '';
	const payerId = textIn(fields, 'payer_id');
	const payer = payerOf(payerId ?? '');
	const mode = textIn(fields, 'mode');
	const currency = textIn(destination, 'currency');
	const isLocal = payer?.isCountry !== true && currency === 'IDR';
	const account = accountOf(beneficiary, isLocal);
	const notes = textIn(fields, 'notes');
	const wrong: Wrong[] = [
		...wrongReference(reference, box),
		...(payer === undefined
			? [{ name: payerId === undefined ? 'payer-blank' : 'payer-unknown' } as const]
			: []),
		...(mode === 'SOURCE' || mode === 'DESTINATION' ? [] : [{ name: 'mode' } as const]),
		...(textIn(sender, 'firstname') === undefined ? [{ name: 'sender' } as const] : []),
		...(textIn(beneficiary, 'firstname') === undefined
			? [{ name: 'beneficiary' } as const]
			: wrongAccount(account)),
		...(textIn(source, 'currency') === undefined || textIn(source, 'country_iso_code') === undefined
			? [{ name: 'source' } as const]
			: []),
		...(currency === undefined ? [{ name: 'destination' } as const] : []),
		...(payer?.isCountry === true && !isWhole(compliance) ? [{ name: 'compliance' } as const] : []),
		...(nameOf(beneficiary) === facts.rules.deniedName ? [{ name: 'denied' } as const] : []),
		...((notes?.length ?? 0) > facts.rules.notes ? [{ name: 'notes' } as const] : []),
	];
	const money = moneyOf(mode ?? '', source, destination, payer);
	if ('name' in money) return [...wrong, money];
	if (wrong.length > 0 || payer === undefined) return wrong;
	noteOddities(call, payer, currency, box);
	return {
		reference,
		data: {
			callbackUrl: textIn(fields, 'callback_url') ?? null,
			payerId: payer.id,
			payerName: payer.fullName,
			mode: mode === 'SOURCE' ? 'SOURCE' : 'DESTINATION',
			isLocal,
			sender: isLocal ? merged(sender) : sender,
			source: sideOf(source, mode === 'SOURCE' ? textIn(source, 'amount') : undefined, isLocal),
			destination: sideOf(destination, money.arrives, isLocal),
			beneficiary: {
				...(isLocal ? merged(beneficiary) : beneficiary),
				...(account !== undefined && 'account' in beneficiary && { account }),
				...(isLocal && { bank: payer.name.toUpperCase() }),
			},
			compliance,
			notes: notes ?? (isLocal ? '' : null),
			amount: money.amount,
			rate: money.rate,
			fee: facts.rules.fee[isLocal ? 'local' : 'international'],
			sent: plain(money.arrives),
			account: account ?? '',
		},
	};
}

/** A copy of its own, without what a file could not keep. */
const objectIn = (fields: ValueObject, name: string): ValueObject => {
	const value = fields[name];
	return isObject(value) ? (JSON.parse(jsonText(value)) as ValueObject) : {};
};

function wrongReference(reference: string, box: Box): Wrong[] {
	if (reference === '') return [{ name: 'reference-blank' }];
	return box.remembered(usedReferences, reference) === undefined
		? []
		: [{ name: 'reference-taken' }];
}

/** Abroad it has other names. */
const accountOf = (beneficiary: ValueObject, isLocal: boolean): string | undefined =>
	textIn(beneficiary, 'account') ??
	(isLocal
		? undefined
		: (textIn(beneficiary, 'bank_account_number') ?? textIn(beneficiary, 'iban')));

/** `A and B`, `A, B, and C`: as Rails puts them into a sentence. */
const sentence = (parts: readonly string[]): string =>
	parts.length < 3 ? parts.join(' and ') : `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`;

function wrongAccount(account: string | undefined): Wrong[] {
	const flaws = accountFlaws(account).map((flaw) => `${facts.texts.account.text} ${flaw}`);
	return flaws.length === 0 ? [] : [{ name: 'account', text: sentence(flaws) }];
}

const isWhole = (compliance: ValueObject): boolean =>
	['source_of_funds', 'purpose_of_remittance'].every(
		(name) => textIn(compliance, name) !== undefined,
	);

const nameOf = (person: ValueObject): string =>
	[textIn(person, 'firstname'), textIn(person, 'lastname')]
		.filter((part) => part !== undefined)
		.join(' ');

/** First and last name as one. */
function merged(person: ValueObject): ValueObject {
	const { lastname: _, ...rest } = person;
	return { ...rest, firstname: nameOf(person) };
}

/** What is taken, and a shop hardly means. */
function noteOddities(
	{ fields, note, advise }: Call,
	payer: Payer,
	currency: string | undefined,
	box: Box,
): void {
	const url = textIn(fields, 'callback_url');
	if (url === undefined && box.settings.callbackTo === undefined)
		advise('no callback_url: no callback will be sent (callsim sandbox --callback-to names one)');
	if (url !== undefined && !canBeCalled(url))
		note('callback_url is no http address: no callback can be sent there');
	const account = objectIn(fields, 'beneficiary')['account'];
	if (typeof account === 'number')
		note('beneficiary.account is a number: send text, or zeros in front are lost');
	const code = codeOfAccount(textIn(objectIn(fields, 'beneficiary'), 'account') ?? '');
	if (code !== undefined && box.settings.outcome === undefined)
		advise(`the account is one that declines here, with code ${code}`);
	if (payer.currency !== currency)
		note(`payer ${payer.id} is ${payer.name}, ${payer.currency}; the destination is ${currency}`);
}
