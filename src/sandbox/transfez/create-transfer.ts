import type { Call, Endpoint } from '../provider.ts';
import { ok, refused, unprocessable } from './answers.ts';
import { callBack } from './callback.ts';
import { facts } from './facts.ts';
import { unauthorized } from './login.ts';
import { readTransfer, usedReferences } from './read-transfer.ts';
import { transferShape } from './shapes.ts';
import { kind, type TransferOrder } from './transfer.ts';

const counter = 'last id';

export const createTransfer: Endpoint = {
	title: 'create a transfer: it waits to be confirmed',
	method: 'POST',
	paths: ['/api/v1/transactions'],
	claim: ['documented', 'local'],
	async answer(call, box) {
		const closed = unauthorized(call, box);
		if (closed !== undefined) return closed;
		if (isUnreadable(call)) return refused('malformed');
		const read = readTransfer(call, box);
		if (!('reference' in read)) return unprocessable(read, call, box);
		const { reference, data } = read;
		const { firstId } = facts.rules;
		const last = box.remembered<number>(counter, counter) ?? firstId - 1;
		box.remember(counter, counter, last + 1);
		const id = String(last + 1);
		const at = box.now();
		const { delay } = box.settings;
		const changes = [{ state: 'created', at, toldAt: at + delay }] as const;
		const order: TransferOrder = box.save(
			{ id, provider: 'transfez', kind, reference, data: { ...data, changes }, next: [], log: [] },
			{ what: 'call', text: `${call.method} ${call.path}` },
		);
		box.remember(usedReferences, reference, id);
		call.about(order);
		const told = callBack(order, box, delay);
		// Without a delay the callback leaves before this answer does: the race that shops lose.
		if (delay === 0) await box.moment(told);
		const shape = transferShape(order);
		const isNumbered = box.settings.variants.includes('numbered-created');
		return ok(isNumbered ? shape : { ...shape, state_id: null });
	},
};

/** No object of JSON, or one that cannot be read. */
function isUnreadable({ fields, body, headers, note }: Call): boolean {
	const type = headers['content-type'];
	if (type !== undefined && !/json/i.test(type))
		note(`content-type is ${type}; the documentation sends application/json`);
	const text = Buffer.from(body).toString('utf8').trim();
	return Object.keys(fields).length === 0 && text !== '' && text !== '{}';
}
