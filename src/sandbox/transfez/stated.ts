import { jsonText } from '../../compose/write-json.ts';
import type { Statement } from '../../model/request.ts';
import { isObject, type ValueObject } from '../../model/value.ts';
import { textIn } from '../fields.ts';
import type { Box } from '../provider.ts';
import { facts, payerOf } from './facts.ts';
import { toldIds, usedReferences } from './read-transfer.ts';
import { transferShape } from './shapes.ts';
import {
	type Change,
	kind,
	type State,
	stateOf,
	type Transfer,
	type TransferOrder,
	wayTo,
} from './transfer.ts';

/** What a callback told of a transfer becomes what can be asked for; what came late does not. */
export function stated({ values }: Statement, box: Box): void {
	const id = textIn(values, 'id');
	const reference = textIn(values, 'reference_id');
	if (id === undefined || reference === undefined) return;
	// A word that is none of the provider's is neither good nor bad news.
	const word = textIn(values, 'state')?.toLowerCase() ?? '';
	const state = isState(word) ? word : 'submitted';
	const known = box.order<Transfer>(box.remembered<string>(usedReferences, reference) ?? '');
	// The shop asks for the id that it was told, whatever creating the transfer answered.
	box.remember(toldIds, id, known?.id ?? ownId(reference));
	const change = { state, at: timeIn(values, 'updated_at', box), toldAt: box.now() };
	if (known === undefined) {
		const order = orderOf(reference, values, changesTo(change, values, box));
		box.save({ ...order, data: withSaid(order, values) });
		box.remember(usedReferences, reference, order.id);
		return;
	}
	const way = wayTo(stateOf(known.data), state);
	if (way === undefined) return;
	const changes = [...known.data.changes, ...(way.length === 0 ? [] : [change])];
	const later = { ...known, data: { ...known.data, changes } };
	box.save({ ...later, data: withSaid(later, values), next: [] });
}

/** Of a transfer that the shop did not make here; answers have the id that was told. */
const ownId = (reference: string): string => `told-${reference}`;

const isState = (word: string): word is State => Object.hasOwn(facts.states.ids, word);

/** Its last change with what was said of it: from now on every answer has those words. */
function withSaid(order: TransferOrder, values: ValueObject): Transfer {
	const shape = transferShape(order);
	const said = Object.fromEntries(
		Object.entries(values).filter(([name]) => Object.hasOwn(shape, name)),
	);
	const { changes } = order.data;
	const last = { ...(changes.at(-1) as Change), said: JSON.parse(jsonText(said)) };
	return { ...order.data, changes: [...changes.slice(0, -1), last] };
}

const timeIn = (values: ValueObject, name: string, box: Box): number => {
	const at = Date.parse(textIn(values, name) ?? '');
	return Number.isNaN(at) ? box.now() : at;
};

/** As much of the way there as the message tells. */
function changesTo(last: Change, values: ValueObject, box: Box): Change[] {
	const first: Change = { ...last, state: 'created', at: timeIn(values, 'created_at', box) };
	const paid: Change = { ...last, state: 'confirmed', at: timeIn(values, 'paid_at', box) };
	if (last.state === 'created') return [last];
	const isPaid = textIn(values, 'paid_at') !== undefined && last.state !== 'confirmed';
	return [first, ...(isPaid ? [paid] : []), last];
}

function orderOf(
	reference: string,
	values: ValueObject,
	changes: readonly Change[],
): TransferOrder {
	const object = (name: string) => {
		const value = values[name];
		return isObject(value) ? value : {};
	};
	const payer = payerOf(textIn(values, 'payer_id') ?? '');
	return {
		...{ id: ownId(reference), provider: 'transfez', kind, reference, next: [], log: [] },
		data: {
			callbackUrl: textIn(values, 'callback_url') ?? null,
			payerId: payer?.id ?? Number(textIn(values, 'payer_id') ?? 0),
			payerName: payer?.fullName ?? null,
			mode: textIn(values, 'mode') === 'SOURCE' ? 'SOURCE' : 'DESTINATION',
			isLocal: true,
			sender: object('sender'),
			source: object('source'),
			destination: object('destination'),
			beneficiary: object('beneficiary'),
			compliance: object('compliance'),
			notes: textIn(values, 'notes') ?? '',
			amount: Math.trunc(Number(textIn(values, 'amount') ?? 0)) || 0,
			rate: textIn(values, 'rate') ?? '1.0',
			fee: textIn(values, 'fee') ?? '0.0',
			sent: textIn(object('destination'), 'amount') ?? '0.0',
			account: textIn(object('beneficiary'), 'account') ?? '',
			changes,
		},
	};
}
