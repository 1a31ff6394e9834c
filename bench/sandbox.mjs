// The sandbox as a process of its own: status queries a second beside callbacks, memory with 10,000
// open orders of each provider, and how long it takes to start. `--short` sees that it works. A
// second of one processor counts where others keep the machine busy.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './measured.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const bin = join(here, '..', 'bin', 'callsim.js');
const isShort = process.argv.includes('--short');
const seconds = isShort ? 1 : Number(process.env.SECONDS ?? 5);
const count = isShort ? 200 : Number(process.env.COUNT ?? 10_000);
const runs = isShort ? 1 : Number(process.env.RUNS ?? 15);
const goals = { queries: 5_000, peak: 150, start: 1.6 };

const user = '081234567890';
const key = 'dev0123456789abcdef';
const md5 = (text) => createHash('md5').update(text).digest('hex');
const json = (method, path, body, headers = {}) => ({
	method,
	path,
	body: JSON.stringify(body),
	headers,
});
const bearer = { authorization: 'Bearer token' };
const iak = (path, ref, more) =>
	json('POST', path, { username: user, ref_id: ref, sign: md5(`${user}${key}${ref}`), ...more });

/** How an order of each is made, and asked for: `name` is what its making answered. */
const shops = {
	bayarcash: {
		make: (n) =>
			json(
				'POST',
				'/v3/payment-intents',
				{
					...{ portal_key: '0123456789abcdef0123456789abcdef', order_number: `ORD-${n}` },
					...{ amount: '60.00', payer_name: 'Mohd Ali', payer_email: 'mohd.ali@example.com' },
					...{ payment_channel: 1, callback_url: receiverUrl },
				},
				bearer,
			),
		ask: (id) => ({ method: 'GET', path: `/v3/transactions/${id}`, headers: bearer }),
		known: ({ deliveries }) => deliveries[0].said.set.transaction_id,
	},
	iak: {
		make: (n) =>
			iak('/api/top-up', `ref-${n}`, { customer_id: '0817777215', product_code: 'xld25000' }),
		ask: (ref) => iak('/api/check-status', ref),
		known: ({ deliveries }) => deliveries[0].said.set.ref_id,
	},
	khoins: {
		make: (n) => ({
			method: 'GET',
			path: `/?tujuan=089612345678&trxid=t-${n}&kodeproduk=TH50&memberid=m&memberpass=p&memberpin=1`,
		}),
	},
	transfez: {
		make: (n) =>
			json(
				'POST',
				'/api/v1/transactions',
				{
					...{ reference_id: `T-${n}`, payer_id: 4, mode: 'DESTINATION' },
					sender: { firstname: 'John', lastname: 'Doe', country_iso_code: 'IDN' },
					source: { currency: 'IDR', country_iso_code: 'IDN' },
					destination: { amount: '20000', currency: 'IDR', country_iso_code: 'IDN' },
					beneficiary: { firstname: 'BRI', country_iso_code: 'IDN', account: '111112222233333' },
				},
				{ authorization: 'api-key-demo' },
			),
	},
};

const receiver = createServer((request, response) => {
	request.resume().once('end', () => response.end('OK'));
});
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const receiverUrl = `http://127.0.0.1:${receiver.address().port}/`;

function opened(provider, ...flags) {
	const args = [bin, 'sandbox', provider, '--port', '0', '--no-journal', ...flags];
	const process_ = spawn(
		process.execPath,
		[...(process.env.NODE_FLAGS?.split(' ') ?? []), ...args],
		{
			stdio: ['ignore', 'pipe', 'ignore'],
		},
	);
	return new Promise((resolve) => {
		process_.stdout.on('data', (text) => {
			const port = /^sandbox on http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
			if (port !== undefined) resolve({ process: process_, port: Number(port) });
		});
	});
}

const stopped = (one) =>
	new Promise((resolve) => one.process.once('exit', resolve) && one.process.kill('SIGINT'));

function bytesOf({ method, path, body = '', headers = {} }) {
	const lines = Object.entries({
		host: 'x',
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(body),
		...headers,
	}).map(([name, value]) => `${name}: ${value}\r\n`);
	return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** Requests over kept connections, one after the other on each, until there are none. */
async function requests(port, connections, next) {
	const each = () =>
		new Promise((resolve, reject) => {
			const socket = connect(port, '127.0.0.1');
			let text = '';
			const send = () => {
				const bytes = next();
				if (bytes === undefined) socket.end(resolve);
				else socket.write(bytes);
			};
			socket.on('connect', send).on('error', reject);
			socket.on('data', (data) => {
				text += data.toString('latin1');
				const end = text.indexOf('\r\n\r\n');
				if (end < 0) return;
				const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
				if (text.length < end + 4 + length) return;
				if (!/^HTTP\/1\.1 2/.test(text)) return reject(new Error(text));
				text = '';
				send();
			});
		});
	await Promise.all(Array.from({ length: connections }, each));
}

const control = async (port, path, method = 'GET', body) => {
	const answer = await fetch(`http://127.0.0.1:${port}/_callsim${path}`, { method, body });
	return answer.json();
};

/** Microseconds of the processor so far, from ticks of 10 ms. */
function cpuOf(pid) {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

async function queries(provider) {
	const { make, ask, known } = shops[provider];
	const box = await opened(
		provider,
		'--callback-to',
		receiverUrl,
		'--outcome',
		'success',
		'--delay',
		'0',
	);
	await control(box.port, '/balances/iak', 'POST', '{"amount":"100000000000"}').catch(
		() => undefined,
	);
	await fetch(`http://127.0.0.1:${box.port}${make(0).path}`, {
		...make(0),
		headers: { 'content-type': 'application/json', ...make(0).headers },
	});
	if (provider === 'bayarcash')
		await control(box.port, '/orders/ORD-0/settle', 'POST', '{"outcome":"success"}');
	const name = known(await control(box.port, '/deliveries'));
	const bytes = bytesOf(ask(name));
	const end = (ms) => performance.now() + ms;
	const until = { at: end(1_000) };
	const next = () => {
		if (performance.now() >= until.at) return undefined;
		asked++;
		return bytes;
	};
	let asked = 0;
	await requests(box.port, 16, next);
	asked = 0;
	until.at = end(seconds * 1_000);
	let made = 0;
	const orders = setInterval(() => {
		const one = [bytesOf(make(++made))];
		requests(box.port, 1, () => one.pop()).catch(() => undefined);
	}, 50);
	const before = cpuOf(box.process.pid);
	const started = performance.now();
	await requests(box.port, 16, next);
	clearInterval(orders);
	const rate = asked / ((performance.now() - started) / 1_000);
	const micros = (cpuOf(box.process.pid) - before) / asked;
	const { deliveries } = await control(box.port, '/deliveries');
	await stopped(box);
	return { rate, micros, callbacks: deliveries.length };
}

/** MiB of the process, with so many orders that nobody has decided about. */
async function memory(provider) {
	const box = await opened(provider, '--outcome', 'never');
	for (const one of ['iak', 'khoins'])
		await control(box.port, `/balances/${one}`, 'POST', '{"amount":"900000000000"}').catch(
			() => undefined,
		);
	let made = 0;
	await requests(box.port, 8, () =>
		made < count ? bytesOf(shops[provider].make(++made)) : undefined,
	);
	const status = readFileSync(`/proc/${box.process.pid}/status`, 'utf8');
	const mib = (name) =>
		Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
	const found = { now: mib('VmRSS'), peak: mib('VmHWM') };
	await stopped(box);
	return found;
}

async function startUp() {
	const ours = async () => {
		const began = performance.now();
		const box = await opened('bayarcash');
		const ms = performance.now() - began;
		await stopped(box);
		return ms;
	};
	const bare = () =>
		new Promise((resolve) => {
			const began = performance.now();
			spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }).once('exit', () =>
				resolve(performance.now() - began),
			);
		});
	const pairs = [];
	for (let n = 0; n <= runs; n++) pairs.push([await ours(), await bare()]);
	return pairs.slice(1);
}

const load = () => `load ${loadavg()[0].toFixed(1)}`;
const only = process.env.ONLY?.split(',') ?? ['queries', 'memory', 'start'];
const missed = [];
const told = (what, isMet) => {
	const isMissed = !isMet && !isShort;
	if (isMissed) missed.push(what);
	process.stdout.write(`${what}${isMissed ? '  MISSED' : ''} (${load()})\n`);
};
if (only.includes('queries'))
	for (const provider of ['bayarcash', 'iak']) {
		const { rate, micros, callbacks } = await queries(provider);
		told(
			`${provider}: ${Math.round(rate)} status queries a second beside ${callbacks} callbacks, ${Math.round(micros)} µs of the processor each (goal ${goals.queries})`,
			rate >= goals.queries || micros <= 1e6 / goals.queries,
		);
	}
if (only.includes('memory'))
	for (const provider of Object.keys(shops)) {
		const { now, peak } = await memory(provider);
		told(
			`${provider}: ${peak} MiB at most with ${count} open orders, ${now} at the end (goal ${goals.peak})`,
			peak < goals.peak,
		);
	}
if (only.includes('start')) {
	const pairs = await startUp();
	const ratio = median(pairs.map(([ours, bare]) => ours / bare));
	const ms = (side) => median(pairs.map((pair) => pair[side])).toFixed(0);
	told(
		`start-up: ${ms(0)} ms, node -e 0 ${ms(1)} ms: ratio ${ratio.toFixed(2)} (goal ${goals.start})`,
		ratio < goals.start,
	);
}
receiver.close();
receiver.closeAllConnections();
process.exitCode = missed.length === 0 ? 0 : 1;
