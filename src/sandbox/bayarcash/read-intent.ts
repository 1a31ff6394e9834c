import { jsonText } from '../../compose/write-json.ts';
import { isTrue, listIn, textIn } from '../fields.ts';
import type { Box, Call } from '../provider.ts';
import { checksumMistake } from './checksum.ts';
import { channelOf, facts } from './facts.ts';
import type { Intent } from './intent.ts';
import { localTime, readLocalTime } from './local-time.ts';

/** Order number → the intent that had it last. */
export const usedNumbers = 'order number';

/** An intent as the request says it, or what is wrong, by field. */
export function readIntent(
	call: Call,
	api: 'v2' | 'v3',
	box: Box,
): { reference: string; data: Intent } | ReadonlyMap<string, string> {
	const { fields } = call;
	const wrong = new Map<string, string>();
	const text = (name: string) => textIn(fields, name);
	for (const name of ['portal_key', 'order_number', 'amount', 'payer_name', 'payer_email'])
		if (text(name) === undefined)
			wrong.set(name, `The ${name.replaceAll('_', ' ')} field is required.`);
	for (const [name, most] of Object.entries(facts.rules.longest))
		if ((text(name)?.length ?? 0) > most)
			wrong.set(
				name,
				`The ${name.replaceAll('_', ' ')} may not be greater than ${most} characters.`,
			);
	const portalKey = text('portal_key') ?? '';
	if (portalKey !== '' && !/^[0-9a-f]{32}$/i.test(portalKey))
		wrong.set('portal_key', 'The selected portal key is invalid.');
	const email = text('payer_email');
	if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email))
		wrong.set('payer_email', 'The payer email must be a valid email address.');
	const amount = text('amount') ?? '';
	if (!wrong.has('amount')) checkAmount(amount, call, wrong);
	const channels = listIn(fields, 'payment_channel').map(Number);
	if (channels.some((id) => channelOf(id) === undefined))
		wrong.set('payment_channel', 'The selected payment channel is invalid.');
	for (const name of ['return_url', 'callback_url'])
		if (text(name) !== undefined && !/^https?:\/\//.test(text(name) ?? ''))
			wrong.set(name, `The ${name.replace('_', ' ')} format is invalid.`);
	const createdAt = box.now();
	const said = text('link_expired_at');
	const wantsQr = api === 'v3' && isTrue(fields, 'generate_qr');
	const earliest = createdAt + (wantsQr ? facts.rules.qrMinutes * 60_000 - 1_000 : 0);
	const expiresAt =
		said === undefined ? createdAt + facts.rules.linkMinutes * 60_000 : readLocalTime(said);
	if (expiresAt === undefined)
		wrong.set('link_expired_at', 'The link expired at does not match the format Y-m-d H:i:s.');
	else if (said !== undefined && expiresAt <= earliest)
		wrong.set(
			'link_expired_at',
			`The link expired at must be a date after ${localTime(earliest)}.`,
		);
	if (isTrue(fields, 'autosubmit_form') && text('payer_bank_code') === undefined)
		wrong.set('payer_bank_code', 'The payer bank code field is required with autosubmit form.');
	checkExtras(call, api, channels, wrong);
	const reference = text('order_number') ?? '';
	const isUsed = () => box.remembered(usedNumbers, reference) !== undefined;
	if (box.settings.variants.includes('unique-orders') && isUsed())
		wrong.set('order_number', 'The order number has already been taken.');
	const checksum = checksumMistake('intent', call, box);
	if (checksum !== undefined) wrong.set('checksum', `The checksum is invalid: ${checksum}`);
	if (wrong.size > 0) return wrong;
	noteOddities(call, api, box, reference);
	return {
		reference,
		data: {
			api,
			portalKey,
			amount,
			payer: {
				name: text('payer_name') ?? '',
				email: email ?? '',
				phone: text('payer_telephone_number') ?? null,
			},
			channels: channels.length > 0 ? channels : facts.channels.channels.map(({ id }) => id),
			bankCode: text('payer_bank_code'),
			metadata: JSON.parse(jsonText(fields['metadata'] ?? null)),
			returnUrl: text('return_url'),
			callbackUrl: text('callback_url'),
			createdAt,
			expiresAt: expiresAt ?? 0,
			verifiesIdentity: isTrue(fields, 'verify_identity'),
			isCancelled: false,
			attempts: [],
		},
	};
}

function checkAmount(amount: string, call: Call, wrong: Map<string, string>): void {
	const { least, most } = facts.rules.amount;
	const value = Number(amount);
	if (!/^\d+(\.\d+)?$/.test(amount)) wrong.set('amount', 'The amount must be a number.');
	else if (value < least || value > most)
		wrong.set('amount', `The amount must be between ${least}.00 and ${most}.00.`);
	else if (/\.\d{3,}$/.test(amount)) call.note(`amount ${amount} has more than two decimals`);
}

function checkExtras(
	{ fields }: Call,
	api: string,
	channels: readonly number[],
	wrong: Map<string, string>,
): void {
	const [only = 0] = channels;
	for (const [name, allowed] of [
		['generate_qr', facts.channels.qr],
		['verify_identity', facts.channels.identity],
	] as const) {
		if (!isTrue(fields, name) || api !== 'v3') continue;
		if (channels.length !== 1 || !allowed.includes(only))
			wrong.set('payment_channel', `${name} needs exactly one channel of ${allowed.join(', ')}.`);
	}
}

/** What the provider takes, and a shop hardly means. */
function noteOddities(
	{ fields, note, advise }: Call,
	api: string,
	box: Box,
	reference: string,
): void {
	const has = (name: string) => textIn(fields, name) !== undefined;
	if (api === 'v2' && has('callback_url'))
		note('callback_url is for v3: on v2 callbacks go to return_url');
	for (const name of ['generate_qr', 'verify_identity'])
		if (api === 'v2' && has(name)) note(`${name} is for v3: here it does nothing`);
	const phone = textIn(fields, 'payer_telephone_number') ?? '60';
	if (!/^(\+?60|0)/.test(phone))
		note(`payer_telephone_number ${phone} is not Malaysian: only such are documented`);
	if (!has('return_url') && box.settings.returnTo === undefined)
		note('no return_url: the payer has nowhere to come back to');
	if (api === 'v3' && !has('callback_url') && box.settings.callbackTo === undefined)
		note('no callback_url: no callback will be sent (callsim sandbox --callback-to names one)');
	if (box.remembered(usedNumbers, reference) !== undefined)
		note(
			`order_number ${reference} was used before; whether Bayarcash takes it again is not documented`,
		);
	const amount = textIn(fields, 'amount') ?? '';
	if (/^\d{4,}$/.test(amount) && Number(amount) % 100 === 0)
		advise(`amount ${amount} was taken as RM ${amount}.00: Bayarcash counts ringgit, not sen`);
}
