import type { Box, Call, Endpoint, Reply } from '../provider.ts';
import { json, ok, refused, unprocessable } from './answers.ts';
import { become, processAlone } from './life.ts';
import { unauthorized } from './login.ts';
import { balanceOf, costOf } from './money.ts';
import { paged } from './paged.ts';
import { toldIds, usedReferences } from './read-transfer.ts';
import { queriedShape, transferShape } from './shapes.ts';
import { isNext, kind, stateOf, type Transfer, type TransferOrder } from './transfer.ts';

const byId = ({ params }: Call, box: Box): TransferOrder | undefined => {
	const id = params['id'] ?? '';
	const order = box.order<Transfer>(box.remembered<string>(toldIds, id) ?? id);
	return order?.kind === kind ? order : undefined;
};

const byReference = ({ params }: Call, box: Box): TransferOrder | undefined => {
	const id = box.remembered<string>(usedReferences, params['id'] ?? '');
	return id === undefined ? undefined : box.order<Transfer>(id);
};

/** The one that is meant, where the key is right; else what is answered. */
async function withTransfer(
	call: Call,
	box: Box,
	found: TransferOrder | undefined,
	answer: (order: TransferOrder) => Reply | Promise<Reply>,
): Promise<Reply> {
	const closed = unauthorized(call, box);
	if (closed !== undefined) return closed;
	if (found === undefined) {
		call.note(`there is no transfer ${call.params['id']}`);
		return refused('not-found');
	}
	call.about(found);
	return answer(found);
}

const confirmed = (call: Call, box: Box) => async (order: TransferOrder) => {
	const state = stateOf(order.data);
	if (state !== 'created') {
		const name = state === 'canceled' ? 'not-confirmable' : 'confirmed-already';
		return unprocessable([{ name }], call, box);
	}
	if (costOf(order.data) > balanceOf(box)) {
		call.note(`it costs IDR ${costOf(order.data)}, there are ${balanceOf(box)}`);
		return unprocessable([{ name: 'funds' }], call, box);
	}
	const { order: now, told } = become(order, { state: 'confirmed' }, box);
	if (box.settings.delay === 0) await box.moment(told);
	const latest = box.order<Transfer>(now.id);
	if (latest !== undefined && stateOf(latest.data) === 'confirmed') await processAlone(latest, box);
	return ok(transferShape(now));
};

export const confirmTransfer: Endpoint = {
	title: 'confirm a transfer: it is paid from the balance, and goes to the bank',
	method: 'POST',
	paths: ['/api/v1/transactions/:id/confirm'],
	claim: ['documented', 'local'],
	answer: (call, box) => withTransfer(call, box, byId(call, box), confirmed(call, box)),
};

export const submitTransfer: Endpoint = {
	title: 'the older form of confirm; takes the reference_id',
	method: 'POST',
	paths: ['/api/v1/transactions/:id/submit'],
	claim: ['documented', 'transfers-2020'],
	answer: (call, box) =>
		withTransfer(call, box, byReference(call, box) ?? byId(call, box), confirmed(call, box)),
};

export const confirmByReference: Endpoint = {
	title: 'confirm a transfer by its reference_id',
	method: 'POST',
	paths: ['/api/v1/transactions/:id/confirm_by_ref_id'],
	claim: ['documented', 'transfers'],
	answer: (call, box) => withTransfer(call, box, byReference(call, box), confirmed(call, box)),
};

export const cancelTransfer: Endpoint = {
	title: 'cancel a transfer that is created or confirmed',
	method: 'POST',
	paths: ['/api/v1/transactions/:id/cancel'],
	claim: ['documented', 'transfers', 'in which states is not said'],
	answer: (call, box) =>
		withTransfer(call, box, byId(call, box), async (order) => {
			if (!isNext(order.data, 'canceled')) {
				call.note(`it is ${stateOf(order.data)}`);
				return unprocessable([{ name: 'not-cancelable' }], call, box);
			}
			const { order: now, told } = become({ ...order, next: [] }, { state: 'canceled' }, box);
			if (box.settings.delay === 0) await box.moment(told);
			return ok(transferShape(now));
		}),
};

export const getTransfer: Endpoint = {
	title: 'a transfer by its id, or by its reference_id',
	method: 'GET',
	paths: ['/api/v1/transactions/:id'],
	claim: ['documented', 'local'],
	answer: (call, box) =>
		withTransfer(call, box, byId(call, box) ?? byReference(call, box), (order) =>
			ok(queriedShape(order)),
		),
};

export const listTransfers: Endpoint = {
	title: 'transfers, the newest first',
	method: 'GET',
	paths: ['/api/v1/transactions'],
	claim: ['documented', 'local', 'that the newest is first is assumed'],
	answer(call, box) {
		const closed = unauthorized(call, box);
		if (closed !== undefined) return closed;
		const { items, page, headers } = paged(box.orders<Transfer>(kind).reverse(), call);
		return json(200, { status: 200, ...page, data: items.map(queriedShape) }, headers);
	},
};
