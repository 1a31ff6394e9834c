import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { check, run } from 'callback-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { sign, username } from '../support/iak-shop.ts';
import { type Answer, call } from '../support/open-sandbox.ts';
import { key, localTransfer, transferIn } from '../support/open-transfez.ts';
import { serve } from '../support/server.ts';

// biome-ignore lint/suspicious/noExplicitAny: somebody else's JSON
type Said = any;

interface Asking {
	/** What a shop reads out of a callback's body. */
	read(body: string): Said;
	/** What the provider answers about it; undefined where it knows nothing. */
	ask(told: Said, api: string): Promise<Said>;
	order(said: Said): { reference: string; amount: unknown; state: 'paid' | 'failed' | 'open' };
}

const transfez: Asking = {
	read: (body) => transferIn({ body: Buffer.from(body) }),
	async ask({ id, reference_id }, api) {
		if (!/^\d+$/.test(String(id))) return undefined;
		const url = `${api}/api/v1/transactions/${id}`;
		const { data } = (await call('GET', url, undefined, { authorization: key })).json;
		return data?.reference_id === reference_id ? data : undefined;
	},
	order: ({ reference_id: reference, amount, state }) => ({
		...{ reference, amount },
		state:
			state === 'completed' ? 'paid' : ['declined', 'canceled'].includes(state) ? 'failed' : 'open',
	}),
};

const iak: Asking = {
	read: (body) => JSON.parse(body).data,
	async ask({ ref_id }, api) {
		if (typeof ref_id !== 'string') return undefined;
		const fields = { username, ref_id, sign: sign(ref_id) };
		const { data } = (await call('POST', `${api}/api/check-status`, fields)).json;
		return data.ref_id === ref_id ? data : undefined;
	},
	order: ({ ref_id: reference, price: amount, status }) => ({
		...{ reference, amount },
		state: String(status) === '1' ? 'paid' : String(status) === '2' ? 'failed' : 'open',
	}),
};

/** Asks the provider before it books; what it believes then is what tells receivers apart. */
async function receiver(how: Asking, believes: 'the answer' | 'the callback', challenge?: string) {
	const orders = new Map<string, { amount: string | null; state: string; credited: number }>();
	const at = { api: '' };
	const booked = async (body: string): Promise<number> => {
		const told = how.read(body);
		const answer = await how.ask(told, at.api);
		const said = believes === 'the answer' ? answer : told;
		if (said === undefined) return 403;
		const { reference, amount, state } = how.order(said);
		const order = orders.get(reference);
		if (order === undefined) return 404;
		if (state === 'paid' && Number(amount) !== Number(order.amount)) return 422;
		if (order.state === 'paid' || state === 'open') return 200;
		Object.assign(order, { state, credited: order.credited + (state === 'paid' ? 1 : 0) });
		return 200;
	};
	const answered = async (request: IncomingMessage): Promise<[number, string?]> => {
		const url = new URL(request.url ?? '/', 'http://shop');
		const [, page, reference = ''] = url.pathname.split('/').map(decodeURIComponent);
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const order = orders.get(reference);
		if (page === 'orders' && request.method === 'POST') {
			const amount = url.searchParams.get('amount');
			orders.set(reference, { amount, state: 'new', credited: 0 });
			return [200];
		}
		if (page === 'orders') return order === undefined ? [404] : [200, JSON.stringify(order)];
		return [await booked(Buffer.concat(chunks).toString())];
	};
	const server = createServer((request, response) => {
		// Any login will do: it proves nothing to this shop.
		if (challenge !== undefined && request.url === '/' && !request.headers.authorization)
			return void response.writeHead(401, { 'www-authenticate': challenge }).end();
		answered(request).then(
			([status, text]) => response.writeHead(status).end(text),
			() => response.writeHead(400).end(),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.close();
		server.closeAllConnections();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, at };
}

const digest = 'Digest realm="shop", nonce="0123456789", qop="auth"';
const forged: Readonly<Record<string, readonly string[]>> = {
	transfez: ['digest-challenge', 'digest-wrong-response', 'digest-basic', 'digest-replay'],
	iak: ['checksum-missing', 'checksum-wrong-key', 'signed-field-tampered', 'price-trusted'],
};

const checked = async (id: string, how: Asking, believes: 'the answer' | 'the callback') => {
	const { url, at } = await receiver(how, believes, id === 'transfez' ? digest : undefined);
	const onSandbox = (api: string) => {
		at.api = api;
	};
	return check(id, {
		...{ to: url, sandboxPort: 0, onSandbox, only: forged[id] ?? [] },
		setup: { url: `${url}/orders/{reference}?amount={amount}` },
		probe: { url: `${url}/orders/{reference}` },
	});
};

test.each([
	['transfez', transfez],
	['iak', iak],
])('check passes a receiver of %s that believes the answer alone', async (id, how) => {
	const { passed, rules } = await checked(id, how, 'the answer');
	expect(rules.flatMap(({ rule, verdict }) => (verdict === 'skipped' ? [] : [rule]))).toEqual(
		expect.arrayContaining([...(forged[id] ?? [])]),
	);
	expect(rules.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
	expect(passed).toBe(true);
});

test.each([
	['transfez', transfez, 'digest-wrong-response'],
	['iak', iak, 'checksum-wrong-key'],
])('and fails its twin of %s that asks and believes the callback', async (id, how, rule) => {
	const { failed } = await checked(id, how, 'the callback');
	expect(failed.map((one) => one.rule)).toContain(rule);
});

test('a transfer that the shop made there is the one that is told of, and nobody else calls', async () => {
	const answers: Answer[] = [];
	let api = '';
	const authorization = { authorization: key };
	const { url, seen } = await serve(async ({ url: path }, response) => {
		if (path?.endsWith('/callback')) {
			const { id } = transferIn(seen.at(-1) as never);
			for (const one of [id, 'T-1'])
				answers.push(
					await call('GET', `${api}/api/v1/transactions/${one}`, undefined, authorization),
				);
		}
		response.end('OK');
	});
	const onSandbox = (told: string) => {
		api = told;
	};
	await run(
		{
			...{ name: 'made', to: `${url}/callback`, setup: {}, retry: 'none' },
			steps: [{ fire: 'transfez/transaction-completed', ref: 'T-1', amount: '20000' }],
		},
		{
			...{ sandboxPort: 0, onSandbox },
			async setup() {
				const fields = localTransfer({ reference_id: 'T-1', callback_url: `${url}/own` });
				const made = await call('POST', `${api}/api/v1/transactions`, fields, authorization);
				const path = `${api}/api/v1/transactions/${made.json.data.id}/confirm`;
				expect((await call('POST', path, {}, authorization)).status).toBe(200);
			},
		},
	);
	expect(answers.map(({ json }) => json.data?.state)).toEqual(['completed', 'completed']);
	expect(seen).toHaveLength(1);
});

test('two transfers of one id are told apart by their references', async () => {
	let api = '';
	const states: string[] = [];
	const { url } = await serve(async (_, response) => {
		for (const one of ['T-1', 'T-2'])
			states.push(
				(await call('GET', `${api}/api/v1/transactions/${one}`, undefined, { authorization: key }))
					.json.data?.state,
			);
		response.end('OK');
	});
	const onSandbox = (told: string) => {
		api = told;
	};
	await run(
		{
			...{ name: 'two', to: url, retry: 'none' },
			steps: [
				{ fire: 'transfez/transaction-completed', set: { id: 7, reference_id: 'T-1' } },
				{ fire: 'transfez/transaction-declined', set: { id: 7, reference_id: 'T-2' } },
			],
		},
		{ sandboxPort: 0, onSandbox },
	);
	expect(states).toEqual(['completed', undefined, 'completed', 'declined']);
});
