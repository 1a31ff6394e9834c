import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { bayarcashIsGenuine, parsedBody } from './verifier.ts';

export interface TestOrder {
	reference: string;
	amount: string;
	state: string;
	credited: number;
	[column: string]: unknown;
}

type Fields = Record<string, unknown>;

export interface ShopOptions {
	/** Whether the callback is taken for genuine. */
	readonly verify?: (fields: Fields) => boolean;
	/** What a genuine callback does to its order; credits twice, for one. */
	readonly settle?: (order: TestOrder, fields: Fields) => void;
	/** Works so long after it has answered, wall milliseconds. */
	readonly workAfter?: number;
	/** Sees every callback first; true when it has answered. */
	readonly before?: (fields: Fields, response: ServerResponse) => boolean;
	/** More of the order's page. */
	readonly page?: () => Fields;
	readonly setUpStatus?: number;
	/** The only form of number that the set-up takes. */
	readonly numbers?: RegExp;
	/** Content types that are read; forms, for one. */
	readonly types?: RegExp;
	/** What any other is answered. */
	readonly refusedType?: number;
}

export interface TestShop {
	readonly origin: string;
	readonly orders: Map<string, TestOrder>;
	/** Order numbers of all callbacks, genuine or not. */
	readonly heard: string[];
	/** Flags for `check`: set-up and probe. */
	readonly flags: readonly string[];
	close(): void;
}

/** A small Bayarcash shop, written from the vendor's page: forms only, no direct debit. */
export async function openShop(options: ShopOptions = {}): Promise<TestShop> {
	const { verify = bayarcashIsGenuine, settle = settledOnce, refusedType = 415 } = options;
	const { types = /^application\/x-www-form-urlencoded/i } = options;
	const orders = new Map<string, TestOrder>();
	const heard: string[] = [];

	const callback = async (request: IncomingMessage, response: ServerResponse) => {
		const body = await bodyOf(request);
		if (body === undefined) return;
		if (request.method !== 'POST') return void response.writeHead(405).end();
		if (!types.test(request.headers['content-type'] ?? ''))
			return void response.writeHead(refusedType).end();
		const fields = fieldsOf(body, request.headers['content-type']?.toLowerCase() ?? '');
		if (fields === undefined) return void response.writeHead(400).end();
		const number = String(fields['order_number']);
		heard.push(number);
		if (options.before?.(fields, response) === true) return;
		const hasPipe = ['transaction_id', 'order_number'].some((id) =>
			String(fields[id]).includes('|'),
		);
		if (hasPipe || !verify(fields)) return void response.writeHead(403).end();
		const work = () => {
			const order = orders.get(number);
			if (order !== undefined) settle(order, fields);
		};
		if (options.workAfter === undefined) work();
		else setTimeout(work, options.workAfter);
		response.writeHead(200).end('OK');
	};

	const server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
		const [, room, reference = ''] = pathname.split('/').map(decodeURIComponent);
		if (room === 'setup') {
			if (options.numbers?.test(reference) === false) return void response.writeHead(422).end();
			orders.set(reference, {
				reference,
				amount: searchParams.get('amount') ?? '',
				state: 'new',
				credited: 0,
			});
			return void response.writeHead(options.setUpStatus ?? 201).end();
		}
		if (room === 'orders') {
			const order = orders.get(reference);
			if (order === undefined) return void response.writeHead(404).end();
			return void response.end(JSON.stringify({ ...order, ...options.page?.() }));
		}
		void callback(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const close = () => {
		server.close();
		server.closeAllConnections();
	};
	onTestFinished(close);
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const flags = [
		'--setup-url',
		`${origin}/setup/{reference}?amount={amount}`,
		'--probe-url',
		`${origin}/orders/{reference}`,
	];
	return { origin, orders, heard, flags, close };
}

/** Undefined where the body is not what its type says. Values as text, since JSON may carry numbers. */
function fieldsOf(body: Buffer, type: string): Fields | undefined {
	try {
		const read: unknown = parsedBody({
			method: 'POST',
			url: '',
			headers: { 'content-type': type },
			body,
		});
		if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined;
		const text = (value: unknown) => (typeof value === 'number' ? String(value) : value);
		return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, text(value)]));
	} catch {
		return undefined;
	}
}

/** Paid once, for the right sum; never back. */
export function settledOnce(order: TestOrder, fields: Fields): void {
	if (fields['record_type'] !== 'transaction' || order.state === 'paid') return;
	if (fields['status'] === '3') {
		const isRight =
			fields['currency'] === 'MYR' && Number(fields['amount']) === Number(order.amount);
		order.state = isRight ? 'paid' : 'review';
		order.credited += isRight ? 1 : 0;
	} else if (fields['status'] === '2' || fields['status'] === '4') order.state = 'failed';
}

/** Undefined when the sender hung up. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of request) chunks.push(chunk as Buffer);
		return Buffer.concat(chunks);
	} catch {
		return undefined;
	}
}
