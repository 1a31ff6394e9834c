import { printableLine } from '../report/safe/escape.ts';
import { type Faults, faultsText } from '../sandbox/delivery-record.ts';

/** What a control answers: what it was asked about, and no more. */
export interface ControlAnswer {
	readonly message?: string;
	readonly try?: string;
	readonly orders?: readonly OrderShape[];
	readonly order?: OrderShape;
	readonly deliveries?: readonly DeliveryShape[];
	readonly balances?: readonly {
		readonly provider: string;
		readonly currency: string;
		readonly balance: string;
	}[];
	readonly id?: string;
}

interface OrderShape {
	readonly id: string;
	readonly reference: string;
	readonly state: string;
	readonly amount?: string;
	readonly callbackTo?: string | null;
	readonly log: readonly { readonly at: number; readonly what: string; readonly text: string }[];
}

interface DeliveryShape {
	readonly id: number;
	readonly said: { readonly event: string };
	/** What was broken on purpose. */
	readonly faults?: Faults;
	readonly request: { readonly url: string };
	readonly why?: string;
	readonly attempts: readonly { readonly came: string; readonly reason?: string }[];
}

/** @param words behind the control */
export function linesOf(answer: ControlAnswer, words: readonly string[]): string[] {
	const { orders, order, deliveries, balances } = answer;
	if (orders !== undefined) return orders.length === 0 ? ['no orders yet'] : orders.map(orderLine);
	if (order !== undefined) return settledLines(order, deliveries ?? [], words.at(-1) ?? '');
	if (deliveries !== undefined)
		return deliveries.length === 0 ? ['nothing was sent yet'] : deliveries.flatMap(deliveryLines);
	if (balances !== undefined)
		return balances.map(({ provider, currency, balance }) =>
			printableLine(`${provider}: ${currency} ${balance}`),
		);
	if (answer.id === undefined) return ['done'];
	const one = answer as unknown as OrderShape;
	return [
		orderLine(one),
		...one.log.map(({ at, text }) => `  ${new Date(at).toISOString()}  ${printableLine(text)}`),
	];
}

const orderLine = ({ id, reference, state, amount }: OrderShape): string =>
	printableLine([reference, id, amount, state].filter((part) => part !== undefined).join(' · '));

/** What became of it, and who was told; or why nobody was. */
function settledLines(
	order: OrderShape,
	deliveries: readonly DeliveryShape[],
	outcome: string,
): string[] {
	const last = order.log.findLast(({ what }) => what === 'state');
	const head = [orderLine(order), ...(last === undefined ? [] : [`  ${printableLine(last.text)}`])];
	if (deliveries.length > 0) return [...head, ...deliveries.flatMap(deliveryLines)];
	const why =
		order.callbackTo === null
			? 'the request named no address, and the sandbox has no --callback-to'
			: 'the provider tells nobody of this';
	return [...head, `no callback: ${outcome === 'never' ? 'it stays as it is' : why}`];
}

function deliveryLines({ id, said, faults, request, why, attempts }: DeliveryShape): string[] {
	const broken = faultsText(faults ?? {});
	const shown = broken === '' ? '' : ` (broken on purpose: ${printableLine(broken)})`;
	const state = why ?? (attempts.length === 0 ? 'on its way' : 'under way, it is tried again');
	return [
		`#${id} ${said.event}${shown} → ${printableLine(request.url)}: ${state}`,
		...attempts.map(({ came, reason }, at) =>
			printableLine(
				`  attempt ${at + 1}  ${came}${reason === undefined || reason === came ? '' : `  ${reason}`}`,
			),
		),
	];
}
