// The shop on a port: node serve.js 3000. callsim hands over where Bayarcash is.
import { shop, theAnswer } from './shop.js';

const bayarcash = process.env.CALLSIM_SANDBOX_URL ?? 'http://127.0.0.1:4848';
shop({
	bayarcash: { api: `${bayarcash}/v3/` },
	orders: new Map([['ORD-0060', { amount: '60.00', state: 'new', credited: 0 }]]),
	believe: theAnswer,
}).listen(Number(process.argv[2] ?? 3000), '127.0.0.1');
