import { filledAccess, type OrderAccess } from './access.ts';
import { referenceAt } from './answered-reference.ts';
import type { OrderNames } from './order.ts';
import type { OrderPort } from './port.ts';

/** An order that was made, under the reference that its shop knows it by; or why it was not. */
export type MadeOrder =
	| { readonly reference: string; readonly answer: string; readonly why?: undefined }
	| { readonly why: string };

/** Makes an order. A shop that numbers its orders itself names it in what it answers. */
export async function makeOrder(
	shop: OrderPort,
	access: OrderAccess,
	order: OrderNames,
): Promise<MadeOrder> {
	const { why, answer = '' } = await shop.make(filledAccess(access, order), order);
	if (why !== undefined) return { why };
	const named = namedIn(answer, access);
	if (named !== undefined) return { reference: named, answer };
	if (access.kind === 'function' || access.reference === undefined)
		return { reference: order.reference, answer };
	const seen = answer.trim() === '' ? 'nothing' : answer.trim().slice(0, 200);
	return { why: `its answer names no order at ${access.reference}: ${seen}` };
}

function namedIn(answer: string, access: OrderAccess): string | undefined {
	// A program's own function says it by its name, or not at all.
	if (access.kind === 'function') return referenceAt(answer, '/reference');
	return access.reference === undefined ? undefined : referenceAt(answer, access.reference);
}
