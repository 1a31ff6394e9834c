import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { checked } from '../support/checked.ts';
import { openShop, settledOnce, type TestOrder } from '../support/shop.ts';
import { bayarcashIsGenuine } from '../support/verifier.ts';
// @ts-expect-error the zoo is plain JavaScript, as receivers are
import { startShop } from '../zoo/start.js';

interface Shop {
	find(reference: string): Promise<TestOrder | undefined>;
	save(order: TestOrder): Promise<void>;
}

/** What is judged by orders, and something that is not. */
const about = [
	...[
		'state-visible',
		'genuine-success',
		'success-takes-effect',
		'inner-json',
		'failure-takes-effect',
	],
	...['failure-not-success', 'unknown-status', 'late-failure', 'body-empty'],
].join();
const aboutBayarcash = `${about},pending-not-success,checksum-wrong-key,refusal-status`;

/** A shop of KHOINS' that parses the body, and does with its `message` as it is told. */
async function checkedKhoins(book: (order: TestOrder, message: unknown) => void) {
	const receiver = (shop: Shop) => async (request: IncomingMessage, response: ServerResponse) => {
		const body = read(await text(request).catch(() => ''));
		if (request.method !== 'POST') return response.writeHead(405).end();
		if (body === undefined) return response.writeHead(400).end();
		const order = await shop.find(String(body['refid']));
		try {
			if (order !== undefined) book(order, body['message']);
		} catch {
			return response.writeHead(500).end();
		}
		if (order !== undefined) await shop.save(order);
		return response.end();
	};
	const { url, stop } = await startShop('khoins', receiver);
	onTestFinished(stop);
	const pages = ['--setup-url', `${url}/setup/{reference}?amount={amount}`];
	const flags = [...pages, '--probe-url', `${url}/orders/{reference}`];
	return checked(url, [...flags, '--only', about], undefined, 'khoins');
}

function read(json: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(json);
		return typeof value === 'object' && value !== null
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
}

const statusOf = (message: unknown) => (message as { status?: string } | null)?.status;

test.each<[string, (order: TestOrder, message: unknown) => void]>([
	[
		'does nothing',
		(order, message) => {
			if (statusOf(message) === 'Success' && order.state === 'new') order.state = 'paid';
		},
	],
	[
		'books all as failed',
		(order, message) => {
			order.state = statusOf(message) === 'Success' ? 'paid' : 'failed';
		},
	],
	[
		'books all as delivered',
		(order, message) => {
			order.state = statusOf(message) === 'Gagal' ? 'failed' : 'paid';
		},
	],
	[
		'copies what it reads, and keeps the message',
		(order, message) => {
			Object.assign(order, { state: String(statusOf(message)), raw: message });
		},
	],
	[
		'marks every order, and finds no word for any',
		(order, message) => {
			order['processed'] = true;
			if (statusOf(message) === 'Success') order.state = 'paid';
		},
	],
])('a receiver that parses JSON in JSON once and %s is told that once', async (_, book) => {
	const { of, ruleOf, code } = await checkedKhoins(book);
	expect([of('failed'), code]).toEqual([['inner-json'], 1]);
	expect(ruleOf('inner-json')?.reason).toContain('the JSON in that text is not parsed');
	expect(ruleOf('failure-not-success')?.reason).toBe(ruleOf('inner-json')?.reason);
	expect(of('passed')).toContain('body-empty');
});

test('a receiver that crashes on JSON in JSON is told so in the place of what else a crash may be', async () => {
	const { of, ruleOf } = await checkedKhoins((order, message) => {
		const status = (message as { status: string }).status.toLowerCase();
		if (status === 'success' && order.state === 'new') order.state = 'paid';
	});
	expect(of('failed')).toEqual(['genuine-success']);
	expect(ruleOf('genuine-success')?.hint).toContain('JSON.parse(body.message).status');
});

test('a receiver that parses all JSON, and takes everything for a success, is told that once', async () => {
	const { of, ruleOf } = await checkedKhoins((order, message) => {
		if (typeof message === 'string' && message !== '') order.state = 'paid';
	});
	expect(of('failed')).toEqual(['failure-not-success']);
	expect(ruleOf('inner-json')?.verdict).toBe('skipped');
	expect(ruleOf('unknown-status')?.reason).toContain('see failure-not-success');
});

test('a receiver that parses all JSON is not asked why it ignores an object', async () => {
	const { ruleOf } = await checkedKhoins((order, message) => {
		const status = typeof message === 'string' ? read(message)?.['status'] : undefined;
		if (status === 'Success' && order.state === 'new') order.state = 'paid';
		if (status === 'Gagal' && order.state === 'new') order.state = 'failed';
	});
	expect(ruleOf('inner-json')).toMatchObject({ verdict: 'passed' });
});

test('a receiver that acknowledges everything and does nothing is told that once, with its key', async () => {
	const { origin, flags } = await openShop({ verify: () => true, settle: () => undefined });
	const { of, ruleOf, code } = await checked(origin, [...flags, '--only', aboutBayarcash]);
	expect([of('failed').slice(0, 1), code]).toEqual([['success-takes-effect'], 1]);
	expect(ruleOf('success-takes-effect')?.hint).toContain('CALLSIM_BAYARCASH_SECRET_KEY');
	expect(ruleOf('checksum-wrong-key')).toMatchObject({ verdict: 'inconclusive' });
	expect(ruleOf('failure-takes-effect')).toMatchObject({ verdict: 'inconclusive' });
	expect(of('failed')).toHaveLength(1);
});

test('a receiver that refuses forgeries and ignores what is genuine is not sent to its key', async () => {
	const { origin, flags } = await openShop({ settle: () => undefined });
	const { of, ruleOf } = await checked(origin, [...flags, '--only', aboutBayarcash]);
	expect(of('failed')).toEqual(['success-takes-effect']);
	expect(ruleOf('success-takes-effect')?.hint).toContain('the status in the type');
});

test('a receiver to which every report is a success is told that once, and its other mistakes beside', async () => {
	const { origin, flags } = await openShop({
		verify: (fields) => bayarcashIsGenuine(fields),
		settle: (order, fields) =>
			settledOnce(order, { ...fields, record_type: 'transaction', status: '3' }),
	});
	const { of } = await checked(origin, [...flags, '--only', aboutBayarcash]);
	expect(of('failed')).toContain('failure-not-success');
	for (const rule of ['unknown-status', 'pending-not-success'])
		expect(of('inconclusive')).toContain(rule);
});
