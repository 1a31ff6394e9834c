// The shop on a port: node serve.js 3000. callsim hands over where Bayarcash is.
import { shop } from './shop.js';

const bayarcash = process.env.CALLSIM_SANDBOX_URL ?? 'http://127.0.0.1:4848';
shop({
	api: `${bayarcash}/v3/`,
	// callsim's own simulator key; yours comes from the environment.
	secret: process.env.BAYARCASH_SECRET_KEY ?? 'sim_bayarcash_secret_0123456789ab',
	orders: new Map([
		['ORD-1', { amount: '75.50', state: 'new' }],
		['ORD-2', { amount: '20.00', state: 'new' }],
	]),
}).listen(Number(process.argv[2] ?? 3000), '127.0.0.1');
