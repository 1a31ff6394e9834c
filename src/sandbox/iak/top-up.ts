import type { ValueObject } from '../../model/value.ts';
import type { Order, OrderFacts } from '../order.ts';
import type { Box } from '../provider.ts';
import { codeText } from './facts.ts';

/** A prepaid purchase, in the words of neither version of the API. */
export interface TopUp {
	readonly api: Api;
	readonly isXml: boolean;
	/** As it was sent: `pulsa10000` stays that. */
	readonly product: string;
	readonly kind: string;
	readonly customer: string;
	/** Rupiah. */
	readonly price: number;
	readonly trId: number;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	/** 0 PROCESS, 1 SUCCESS, 2 FAILED. */
	readonly status: 0 | 1 | 2;
	readonly rc: string;
	readonly sn?: string | undefined;
	readonly pin?: string | undefined;
	/** As a callback said it that was sent beside: it goes before what follows from the rest. */
	readonly said?: SaidOfTopUp | undefined;
}

/** Numbers where they are some. */
export interface SaidOfTopUp {
	readonly status: number | string | undefined;
	readonly price: number | string | undefined;
	readonly balance: number | string | undefined;
	readonly message: string | undefined;
	readonly trId: number | string | undefined;
	readonly activationCode: string | undefined;
}

export type Api = 'v1' | 'v2';
export type TopUpOrder = Order<TopUp>;
export const topUpKind = 'top-up';

/** Names of the same fields in the two versions. */
export const dialect = {
	v1: { customer: 'hp', product: 'pulsa_code', answeredProduct: 'code' },
	v2: { customer: 'customer_id', product: 'product_code', answeredProduct: 'product_code' },
} as const;

/** One of what can be decided, or a response code. */
export const outcomes: Readonly<Record<string, string>> = {
	success: '00',
	failed: '07',
	pending: '201',
};

/** What a response code makes of a top-up; undefined for none of the table. */
export function statusOf(rc: string): TopUp['status'] | undefined {
	if (codeText('prepaid', rc) === undefined) return undefined;
	if (rc === '00') return 1;
	return rc === '39' || rc === '201' ? 0 : 2;
}

export function stateOf({ status, rc }: TopUp): string {
	if (status === 0) return rc === '39' ? 'process' : 'pending';
	return status === 1 ? 'success' : 'failed';
}

const outcomesOf = ({ rc }: TopUp): string[] =>
	Object.keys(outcomes).filter((name) => outcomes[name] !== rc);

export const describeTopUp = ({ data }: TopUpOrder, { settings }: Box): OrderFacts => ({
	state: stateOf(data),
	amount: String(data.price),
	currency: 'IDR',
	outcomes: data.status === 0 ? [...outcomesOf(data), 'never'] : [],
	callbackTo: settings.callbackTo ?? null,
});

/** What an answer says of it: V1 in the order that real ones have. */
export function topUpShape(
	{ reference, data }: TopUpOrder,
	api: Api,
	deposit: number,
): ValueObject {
	const { rc, sn, pin, product, customer, said } = data;
	const names = dialect[api];
	const bought = { [names.answeredProduct]: product, [names.customer]: customer };
	const serials = {
		...(sn !== undefined && { sn }),
		...(pin !== undefined && { pin }),
		...(said?.activationCode !== undefined && { activation_code: said.activationCode }),
	};
	const head = { ref_id: reference, status: said?.status ?? data.status };
	const price = said?.price ?? data.price;
	const message = said?.message ?? codeText('prepaid', rc) ?? '';
	const balance = said?.balance ?? deposit;
	const tr_id = said?.trId ?? data.trId;
	return api === 'v1'
		? { ...head, price, message, balance, tr_id, rc, ...serials, ...bought }
		: { ...head, ...bought, price, message, ...serials, balance, tr_id, rc };
}
