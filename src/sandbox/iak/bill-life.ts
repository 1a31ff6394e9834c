import { digits } from '../../compose/random-text.ts';
import { type Box, type Call, Refusal, type Reply, UnknownOutcome } from '../provider.ts';
import { type Bill, type BillOrder, billState, paymentShape } from './bill.ts';
import { billProductOf, ruleOf } from './bill-products.ts';
import { changeDeposit, depositOf } from './deposit.ts';
import { codeText, facts } from './facts.ts';
import { answered, failureStatus, refused } from './reply.ts';

const hourMs = 3_600_000;

/** A payment is answered with what becomes of it at once. */
export function payBill(order: BillOrder, call: Call, box: Box): Reply {
	const { status, sellingPrice, createdAt } = order.data;
	const refuse = (code: string, why: string) => refused(call, box, 'postpaid', code, { why });
	if (status === 1) return refuse('34', 'it is paid; nothing is taken again');
	if (status === 2) return refuse('38', 'its payment failed: ask for the bill with a new ref_id');
	if (status === 3) return answered(call, paymentShape(order, depositOf(box)), { meta: true });
	if (box.now() - createdAt >= facts.bills.inquiryHours * hourMs)
		return refuse('04', `its inquiry is older than ${facts.bills.inquiryHours} hours`);
	if (depositOf(box) < sellingPrice)
		return refuse('17', `it costs ${sellingPrice}, the deposit is ${depositOf(box)}`);
	const paid = settled(order, outcomeOf(order.data, box), box, 'call');
	const shape = paymentShape(paid, depositOf(box));
	if (paid.data.status !== 2) return answered(call, shape, { meta: true });
	call.note(`${paid.data.responseCode} ${codeText('postpaid', paid.data.responseCode)}`);
	return answered(call, shape, { status: failureStatus(box), meta: true });
}

const outcomes: Readonly<Record<string, string>> = {
	success: '00',
	failed: '37',
	pending: '39',
	never: '39',
};

/** What was said for all decides, else the number's last digit. */
function outcomeOf({ code, hp }: Bill, box: Box): string {
	const product = billProductOf(code);
	const rule = product && ruleOf(product, hp);
	return outcomes[box.settings.outcome ?? ''] ?? rule?.code ?? '00';
}

/**
 * What a payment that was in process has become.
 * @throws Refusal where it is not in process, or for another word
 */
export function decideBill(order: BillOrder, outcome: string, box: Box): void {
	if (order.data.status !== 3)
		throw new Refusal(
			`the bill is ${billState(order.data)}: only one whose payment is in process can be decided`,
		);
	const code = outcomes[outcome] ?? outcome;
	const isKnown = codeText('postpaid', code) !== undefined;
	if (!isKnown || pending.includes(code))
		throw new UnknownOutcome('or a response code such as 105');
	settled(order, code, box, 'control');
}

const pending = ['05', '39', '201', '42'];

/** The deposit loses the price when it is paid or in process, and gets it back when that fails. */
function settled(
	order: BillOrder,
	responseCode: string,
	box: Box,
	what: 'call' | 'control',
): BillOrder {
	const unpaid = responseCode === '39' ? 3 : 2;
	const status = responseCode === '00' ? 1 : unpaid;
	const isHeld = order.data.status === 3;
	const isTaken = status !== 2;
	if (isHeld !== isTaken)
		changeDeposit(isTaken ? -order.data.sellingPrice : order.data.sellingPrice, box);
	const data: Bill = {
		...order.data,
		...{ status, responseCode, paidAt: box.now() },
		...(status === 1 && { noref: digits(12, box.random) }),
	};
	const text = `${responseCode} ${codeText('postpaid', responseCode)}`;
	return box.save({ ...order, data }, { what, text });
}
