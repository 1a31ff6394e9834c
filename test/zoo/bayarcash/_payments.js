/** Books a verified payment on its order: paid once, and never undone. @returns the order as it is kept now, or undefined */
export async function bookPayment(shop, body) {
	const order = await shop.find(String(body.order_number));
	if (order === undefined || order.state === 'paid') return order;
	const status = String(body.status);
	if (status === '3') {
		const complete = body.currency === 'MYR' && Number(body.amount) === Number(order.amount);
		order.state = complete ? 'paid' : 'review';
		order.credited += complete ? 1 : 0;
	} else if (status === '2' || status === '4') order.state = 'failed';
	await shop.save(order);
	return order;
}
