// A receiver under load: verifies every callback from the vendors' pages alone (nothing of the product is imported), counts,
// and compares each request with what "callsim show --json" promised. Its port is the first line it prints; GET /tally tells.
//
// Usage: receiver.mjs <status to answer> <file with an array of "show --json" documents>
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [status = '200', shown = ''] = process.argv.slice(2);
const promised = JSON.parse(readFileSync(shown, 'utf8'));
const bayarcashKey = process.env.RECEIVER_BAYARCASH_KEY ?? 'sim_bayarcash_secret_0123456789ab';
const iak = { username: '081234567890', apiKey: 'dev0123456789abcdef' };

/** Fields that are new in every callback, and what must be genuine about it. */
const providers = {
	'application/x-www-form-urlencoded': {
		event: 'bayarcash/transaction-success',
		fresh: /(^|&)(transaction_id|exchange_\w+|order_number|datetime|checksum)=[^&]*/g,
		read: (text) => Object.fromEntries(new URLSearchParams(text)),
		isGenuine({ checksum, ...payload }) {
			const names = Object.keys(payload).sort();
			const signed = names.map((name) => payload[name]).join('|');
			return (
				createHmac('sha256', bayarcashKey).update(signed).digest('hex') === checksum &&
				names.length === 13
			);
		},
		ids: ({ order_number, transaction_id }) => [order_number, transaction_id],
	},
	'application/json': {
		event: 'iak/pulsa-success',
		fresh: /"(ref_id|tr_id|sign)":"[^"]*"/g,
		read: (text) => JSON.parse(text).data,
		isGenuine({ sign, ref_id }) {
			return (
				createHash('md5').update(`${iak.username}${iak.apiKey}${ref_id}`).digest('hex') === sign
			);
		},
		// The provider's tr_id has seven digits: two may be equal by chance.
		ids: ({ ref_id }) => [ref_id],
	},
};

const tally = {
	requests: 0,
	genuine: 0,
	forged: 0,
	twice: 0,
	misshapen: 0,
	events: {},
	faults: [],
};
const seen = new Set();

function judge(request, text) {
	tally.requests++;
	const provider = providers[request.headers['content-type']];
	if (provider === undefined)
		return fault('misshapen', `content-type ${request.headers['content-type']}`);
	tally.events[provider.event] = (tally.events[provider.event] ?? 0) + 1;
	const fields = provider.read(text);
	tally[provider.isGenuine(fields) ? 'genuine' : 'forged']++;
	for (const id of provider.ids(fields)) {
		if (seen.has(id)) fault('twice', id);
		seen.add(id);
	}
	const { method, headers, body } = promised.find(({ event }) => event === provider.event);
	// Byte for byte, but for what is new in every callback.
	const bare = (bytes) => bytes.replace(provider.fresh, (part) => part.replace(/[=:].*/s, '=new'));
	const { host, connection, 'content-length': length, ...sent } = request.headers;
	const sorted = (object) => JSON.stringify(Object.entries(object).sort());
	if (request.method !== method || bare(text) !== bare(body) || sorted(sent) !== sorted(headers))
		fault('misshapen', `${request.method} ${sorted(sent)} ${text}`);
	if (Number(length) !== Buffer.byteLength(text)) fault('misshapen', `content-length ${length}`);
}

function fault(kind, text) {
	tally[kind]++;
	if (tally.faults.length < 3) tally.faults.push(`${kind}: ${text}`);
}

const server = createServer((request, response) => {
	const chunks = [];
	request.on('data', (chunk) => chunks.push(chunk));
	request.on('end', () => {
		if (request.url === '/tally') return response.end(JSON.stringify(tally));
		judge(request, Buffer.concat(chunks).toString('utf8'));
		response.writeHead(Number(status)).end(status === '200' ? 'OK' : 'no');
	});
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
