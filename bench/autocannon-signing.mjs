// autocannon as somebody would use it who wants what a burst sends: every callback another order,
// composed and signed by itself.
//
//   autocannon-signing.mjs <autocannon's folder> <address> <how many> <connections>
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';

const [, , folder, url, count, connections] = process.argv;
const autocannon = createRequire(import.meta.url)(folder);
const key = 'a-secret-of-the-shop';
const usual = {
	record_type: 'transaction',
	exchange_reference_number: '1-735-272-902-315691',
	exchange_transaction_id: '2412271215020084',
	currency: 'MYR',
	amount: '60.00',
	payer_name: 'Mohd Ali',
	payer_email: 'mohd.ali@example.com',
	payer_bank_name: 'SBI Bank A',
	status: '3',
	status_description: 'Approved',
	datetime: '2024-12-27 12:15:02',
};
let n = 0;

function setupRequest(request) {
	n++;
	const fields = { ...usual, transaction_id: `trx_${n}`, order_number: `ORD-${n}` };
	const signed = Object.keys(fields)
		.sort()
		.map((name) => fields[name])
		.join('|');
	const checksum = createHmac('sha256', key).update(signed).digest('hex');
	return { ...request, body: new URLSearchParams({ ...fields, checksum }).toString() };
}

const headers = { 'content-type': 'application/x-www-form-urlencoded' };
const { non2xx, errors } = await autocannon({
	url,
	amount: Number(count),
	connections: Number(connections),
	requests: [{ method: 'POST', headers, setupRequest }],
});
if (non2xx + errors > 0) throw new Error(`${non2xx} refused, ${errors} failed`);
