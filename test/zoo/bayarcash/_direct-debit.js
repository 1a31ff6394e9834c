const changes = new Map(
	Object.entries({ '01': 'enrolment', '02': 'maintenance', '03': 'termination' }),
);
const decisions = new Map(Object.entries({ 5: 'approved', 6: 'rejected' }));
const results = new Map(Object.entries({ 2: 'unsuccessful', 3: 'successful', 4: 'cancelled' }));

/** The order of a direct-debit message; a collection names the mandate only. */
export const mandateReference = (body) =>
	String(body.order_number ?? body.mandate_reference_number ?? '');

/** Books a verified direct-debit message on the mandate's order, in the order's turn. */
export async function bookMandate(shop, body) {
	const order = await shop.find(mandateReference(body));
	if (order === undefined) return;
	const result = results.get(String(body.status));
	if (body.record_type === 'bank_approval') {
		const change = changes.get(body.application_type);
		const decision = decisions.get(String(body.approval_status));
		if (change === undefined || decision === undefined) return;
		order.mandate = { ...order.mandate, [change]: decision };
	} else if (result === undefined) {
		return;
	} else if (body.record_type === 'authorization') {
		order.mandate = { ...order.mandate, authorization: result };
	} else {
		const cycle = `cycle ${body.cycle}`;
		if (order.collections?.[cycle] === 'successful') return;
		order.collections = { ...order.collections, [cycle]: result };
	}
	await shop.save(order);
}
