import { isObject, type Value, type ValueObject } from '../../model/value.ts';
import { stamp } from '../jakarta.ts';
import type { Order, OrderFacts } from '../order.ts';
import { type BillProduct, type BillSample, billProductOf } from './bill-products.ts';
import { codeText } from './facts.ts';

/** A postpaid bill, from its inquiry on. */
export interface Bill {
	readonly code: string;
	readonly hp: string;
	readonly trId: number;
	readonly period: string;
	/** Rupiah. */
	readonly nominal: number;
	readonly admin: number;
	/** What the deposit loses: the price without the shop's commission. */
	readonly sellingPrice: number;
	readonly desc: ValueObject;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly paidAt?: number | undefined;
	/** 0 not paid yet, 1 paid, 2 failed, 3 in process. */
	readonly status: 0 | 1 | 2 | 3;
	readonly responseCode: string;
	/** Of the biller. */
	readonly noref?: string | undefined;
}

export type BillOrder = Order<Bill>;
export const billKind = 'bill';

const states = ['inquiry', 'paid', 'failed', 'in process'] as const;

export const billState = ({ status }: Bill): string => states[status];

export const describeBill = ({ data }: BillOrder): OrderFacts => ({
	state: billState(data),
	amount: String(data.nominal + data.admin),
	currency: 'IDR',
	outcomes: data.status === 3 ? ['success', 'failed'] : [],
});

/** Texts that only checkstatus has. */
const statusTexts: Readonly<Record<string, string>> = {
	'42': 'REQUEST PEMBAYARAN BELUM DITERIMA',
	'00': 'PAYMENT SUCCESS',
	'37': 'PEMBAYARAN GAGAL',
	'39': 'PENDING / TRANSAKSI SEDANG DIPROSES',
};

const head = ({ trId, code, hp, period, nominal, admin }: Bill, datetime: ValueObject = {}) => ({
	...{ tr_id: trId, code, ...datetime, hp },
	...{ tr_name: 'PELANGGAN CONTOH', period, nominal, admin },
});

const prices = ({ nominal, admin, sellingPrice }: Bill) => ({
	price: nominal + admin,
	selling_price: sellingPrice,
});

export const inquiryShape = ({ reference, data }: BillOrder): ValueObject => ({
	...head(data),
	...{ ref_id: reference, response_code: '00', message: 'INQUIRY SUCCESS' },
	...prices(data),
	desc: data.desc,
});

/** @param balance the deposit */
export function paymentShape({ reference, data }: BillOrder, balance: number): ValueObject {
	const { responseCode, noref = '', paidAt = 0 } = data;
	const message =
		responseCode === '00' ? 'PAYMENT SUCCESS' : (codeText('postpaid', responseCode) ?? '');
	return {
		...head(data, { datetime: stamp(paidAt) }),
		...{ response_code: responseCode, message },
		...prices(data),
		...{ balance, noref, ref_id: reference, desc: paidDesc(data) },
	};
}

/** @param balance the deposit */
export function statusShape({ reference, data }: BillOrder, balance: number): ValueObject {
	const { status, responseCode, noref = '', paidAt = 0 } = data;
	const message = statusTexts[responseCode] ?? codeText('postpaid', responseCode) ?? '';
	const said = { status, response_code: responseCode, message, ...prices(data), balance };
	return status === 1 || status === 2
		? {
				...head(data, { datetime: stamp(paidAt) }),
				...said,
				...{ noref, ref_id: reference, desc: paidDesc(data) },
			}
		: { ...head(data), ref_id: reference, ...said, desc: data.desc };
}

/** What a payment tells of the bills: more than the inquiry, before their list. */
function paidDesc({ code, desc }: Bill): ValueObject {
	const { paid = {}, paidDetail = {} } = billProductOf(code) ?? ({} as Partial<BillProduct>);
	const withMore = (list: Value): Value =>
		isObject(list) && Array.isArray(list['detail'])
			? { detail: list['detail'].map((one) => ({ ...paidDetail, ...(one as ValueObject) })) }
			: list;
	const entries = Object.entries(desc);
	const lists = entries.filter(([, value]) => isObject(value) && 'detail' in value);
	const plain = entries.filter((entry) => !lists.includes(entry));
	return {
		...Object.fromEntries(plain),
		...paid,
		...Object.fromEntries(lists.map(([name, list]) => [name, withMore(list)])),
	};
}

/** Amounts of an inquiry: of one bill or several, of so many months, or what the shop says. */
export function amountsOf(
	product: BillProduct,
	sample: BillSample,
	{ months, amount }: { readonly months: number | undefined; readonly amount: number | undefined },
): Pick<Bill, 'period' | 'nominal' | 'admin' | 'sellingPrice'> {
	const { count = 1, admin } = sample;
	const nominal = amount ?? sample.nominal * (months ?? 1);
	const period =
		months === undefined ? sample.period : String(months).padStart(sample.period.length, '0');
	const sellingPrice = nominal + admin - product.commission * count;
	return { period, nominal, admin, sellingPrice };
}
