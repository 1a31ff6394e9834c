import type { ValueObject } from '../../model/value.ts';
import type { Box } from '../provider.ts';
import { transferShape } from './shapes.ts';
import { stateOf, type Transfer, type TransferOrder } from './transfer.ts';

/** Of the state that it has now. @param after sandbox milliseconds */
export async function callBack(order: TransferOrder, box: Box, after: number): Promise<void> {
	const to = callbackUrl(order.data, box);
	if (to === undefined) return;
	const event = `transfez/transaction-${stateOf(order.data)}`;
	await box.callback(order, { event, set: callbackValues(order, box), to, after });
}

/** Undefined where no callback can go. */
export function callbackUrl(
	{ callbackUrl: said }: Transfer,
	{ settings }: Box,
): string | undefined {
	const to = said ?? settings.callbackTo;
	return to !== undefined && canBeCalled(to) ? to : undefined;
}

export const canBeCalled = (url: string): boolean => /^https?:\/\//i.test(url) && URL.canParse(url);

const enveloped = [
	'id',
	'reference_id',
	'payer_id',
	'mode',
	'sender',
	'source',
	'destination',
	'beneficiary',
	'created_at',
	'updated_at',
	'amount',
	'paid_at',
	'rate',
	'fee',
];
const bare = [
	'compliance',
	'user_id',
	'partner_id',
	'completion_date',
	'sent_amount',
	'notes',
	'transaction_type',
];

/** What the event of its state carries, of the transfer as queries tell it. */
function callbackValues(order: TransferOrder, { settings }: Box): ValueObject {
	const shape = transferShape(order);
	const state = stateOf(order.data);
	const isBare = settings.variants.includes('bare');
	const names = [
		...enveloped,
		...(order.data.callbackUrl === null ? [] : ['callback_url']),
		...(state === 'completed' ? ['completion_date'] : []),
		...(state === 'declined' ? ['error_code', 'error_message'] : []),
		...(isBare ? bare : []),
	];
	const values: ValueObject = Object.fromEntries(names.map((name) => [name, shape[name] ?? null]));
	// The page of 2020 has the side without an amount as null.
	const source = isBare ? order.data.source : { amount: null, ...order.data.source };
	return settings.variants.includes('page')
		? {
				...quoted(values, ['payer_id', 'amount', 'paid_at']),
				source: quoted(source, ['amount']),
			}
		: { ...values, source };
}

/** As the page shows them: null, too. */
const quoted = (values: ValueObject, names: readonly string[]): ValueObject => ({
	...values,
	...Object.fromEntries(names.map((name) => [name, String(values[name] ?? null)])),
});
