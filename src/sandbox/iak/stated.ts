import type { Statement } from '../../model/request.ts';
import { textIn } from '../fields.ts';
import type { Box } from '../provider.ts';
import { changeDeposit } from './deposit.ts';
import { type SaidOfTopUp, type TopUp, type TopUpOrder, topUpKind } from './top-up.ts';
import { freshId, topUpRefs } from './top-up-life.ts';

/** What a callback says of a top-up is what its status says from then on; what is final stays. */
export function stated({ values }: Statement, box: Box): void {
	const text = (...names: readonly string[]) =>
		names.map((name) => textIn(values, name)).find((one) => one !== undefined);
	const reference = text('ref_id');
	if (reference === undefined) return;
	const known = box.order<TopUp>(box.remembered<string>(topUpRefs, reference) ?? '');
	if (known !== undefined && known.data.status !== 0) return;
	const number = (name: string) => numberOf(text(name));
	const said: SaidOfTopUp = {
		status: number('status'),
		price: number('price'),
		balance: number('balance'),
		message: text('message'),
		trId: number('tr_id'),
		activationCode: text('activation_code'),
	};
	const order = known ?? unknownOrder(reference, box);
	const data: TopUp = {
		...order.data,
		product: text('code', 'product_code') ?? order.data.product,
		customer: text('hp', 'customer_id') ?? order.data.customer,
		status: ([1, 2] as const).find((status) => status === said.status) ?? 0,
		rc: text('rc') ?? order.data.rc,
		...{ sn: text('sn'), pin: text('pin'), said },
	};
	box.save({ ...order, data });
	box.remember(topUpRefs, reference, order.id);
	if (known !== undefined && data.status === 2) changeDeposit(known.data.price, box);
}

/** A number where it is one: what was sent otherwise is told as it was. */
function numberOf(text: string | undefined): number | string | undefined {
	const number = Number(text);
	return Number.isSafeInteger(number) && String(number) === text ? number : text;
}

/** Of a top-up that the shop did not make here. */
function unknownOrder(reference: string, box: Box): TopUpOrder {
	const trId = freshId(box);
	return {
		...{ id: String(trId), provider: 'iak', kind: topUpKind, reference },
		data: {
			...{ api: 'v2', isXml: false, product: '', kind: 'pulsa', customer: '' },
			...{ price: 0, trId, createdAt: box.now(), status: 0, rc: '39' },
		},
		...{ next: [], log: [] },
	};
}
