import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { openShop, settledOnce, type TestOrder } from '../support/shop.ts';
import { bayarcashIsGenuine } from '../support/verifier.ts';
// @ts-expect-error the zoo is plain JavaScript, as receivers are
import { startShop } from '../zoo/start.js';

interface Line {
	readonly type: string;
	readonly rule: string;
	readonly verdict: string;
	readonly reason: string;
}

async function checked(provider: string, origin: string, flags: readonly string[]) {
	const args = ['check', provider, '--to', `${origin}/callback`, '--json', ...flags];
	const { stdout } = await callsim(args);
	const lines = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Line);
	return lines.filter(({ type }) => type === 'rule');
}

const verdicts = (rules: readonly Line[]) =>
	Object.fromEntries(rules.map(({ rule, verdict }) => [rule, verdict]));

type Fields = Readonly<Record<string, string>>;

/** A shop of IAK's that verifies nothing, in which one thing is its own. */
async function openIakShop(
	take: (order: TestOrder, data: Fields) => void,
	refuse: (request: IncomingMessage, text: string) => number | undefined = () => undefined,
) {
	const { url, stop } = await startShop('iak', (shop: Shop) => receiverOf(shop));
	onTestFinished(stop);
	const pages = ['--setup-url', `${url}/setup/{reference}?amount={amount}`];
	return { origin: String(url), flags: [...pages, '--probe-url', `${url}/orders/{reference}`] };

	function receiverOf(shop: Shop) {
		return async (request: IncomingMessage, response: ServerResponse) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const text = Buffer.concat(chunks).toString('utf8');
			const status = refuse(request, text);
			if (status !== undefined) return response.writeHead(status).end();
			const { data } = JSON.parse(text) as { data: Fields };
			const order = await shop.find(data['ref_id'] ?? '');
			if (order !== undefined) take(order, data);
			if (order !== undefined) await shop.save(order);
			return response.end();
		};
	}
}

interface Shop {
	find(reference: string): Promise<TestOrder | undefined>;
	save(order: TestOrder): Promise<void>;
}

const paidOnce = (order: TestOrder, { status, rc }: Fields) => {
	if (order.state !== 'new') return;
	if (status === '1' && rc === '00') Object.assign(order, { state: 'paid', credited: 1 });
	else if (status === '2') order.state = 'failed';
};

test('a shop that gives each attempt its own number may keep a late payment for a person', async () => {
	const shop = await openShop({
		settle: (order, fields) => {
			const isLate = order.state === 'failed' && fields['status'] === '3';
			if (isLate) order['review'] = 'paid after it failed';
			else settledOnce(order, fields);
		},
	});
	const flags = [...shop.flags, '--only', 'second-attempt'];
	const [line] = await checked('bayarcash', shop.origin, flags);
	expect(line?.verdict).toBe('warned');
	expect(line?.reason).toContain('right only where each attempt has an order number of its own');
});

test('a receiver that only copies the message, and keeps all of them, is accused of no effect', async () => {
	const { origin, flags } = await openIakShop((order, data) => {
		const { status = '', message = '', rc = '', sn = null } = data;
		const messages = [...((order['messages'] as unknown[]) ?? []), data];
		Object.assign(order, { last: { status, message, rc, sn }, messages });
	});
	const only = 'duplicate-failure,pending-not-failure,unknown-status';
	const rules = await checked('iak', origin, [...flags, '--only', only]);
	expect(rules).toHaveLength(3);
	expect(rules.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
});

test('a receiver that reads no XML is accused of no entities, whatever it answers', async () => {
	const { origin, flags } = await openIakShop(paidOnce, (_, text) =>
		text.startsWith('{') ? undefined : 500,
	);
	expect(verdicts(await checked('iak', origin, [...flags, '--only', 'xml-entities']))).toEqual({
		'xml-entities': 'skipped',
	});
});

test('a receiver on which a name breaks in one piece is not accused for pieces', async () => {
	const { origin, flags } = await openIakShop(paidOnce, (_, text) =>
		/[^\0-\u00ff]/.test(text) ? 500 : undefined,
	);
	expect(verdicts(await checked('iak', origin, [...flags, '--only', 'split-send']))).toEqual({
		'split-send': 'passed',
	});
});

test('nor is one that verifies, and then drops such a name without a word', async () => {
	const shop = await openShop({
		settle: (order, fields) => {
			if (!/[^\0-\u00ff]/.test(String(fields['payer_name']))) settledOnce(order, fields);
		},
	});
	const only = [...shop.flags, '--only', 'split-send'];
	expect(verdicts(await checked('bayarcash', shop.origin, only))).toEqual({
		'split-send': 'passed',
	});
});

test('where nothing is verified, one rule of those that were asked for says so', async () => {
	const { origin, flags } = await openIakShop(paidOnce);
	const only = 'checksum-wrong-key,backdoor-reference,signed-field-tampered,other-kinds-forged';
	expect(verdicts(await checked('iak', origin, [...flags, '--only', only]))).toEqual({
		'checksum-wrong-key': 'failed',
		'backdoor-reference': 'inconclusive',
		'signed-field-tampered': 'inconclusive',
		'other-kinds-forged': 'inconclusive',
	});
});

test('a back door is not what lets everything in, also where nothing else was asked', async () => {
	const { origin, flags } = await openIakShop(paidOnce);
	const only = [...flags, '--only', 'backdoor-reference'];
	const [rule] = await checked('iak', origin, only);
	expect(rule).toMatchObject({
		verdict: 'inconclusive',
		reason: 'a forgery with another key is accepted, whatever the order number',
	});
});

test('an address that the user claims himself proves nothing about addresses', async () => {
	const { origin, flags } = await openIakShop(paidOnce, ({ headers }) =>
		headers['x-forwarded-for'] === undefined ? 403 : undefined,
	);
	const only = [...flags, '--only', 'forwarded-for'];
	const claimed = [...only, '--header', 'X-Forwarded-For: 192.0.2.1'];
	expect(verdicts(await checked('iak', origin, claimed))).toEqual({ 'forwarded-for': 'skipped' });
});

test('a receiver that writes before it refuses is told so once', async () => {
	const shop = await openShop({
		before: (fields, response) => {
			const order = shop.orders.get(String(fields['order_number']));
			if (order !== undefined) order['transaction_id'] = fields['transaction_id'];
			if (bayarcashIsGenuine(fields)) return false;
			response.writeHead(403).end();
			return true;
		},
	});
	const only = 'checksum-missing,checksum-empty,checksum-wrong-key,effect-behind-refusal';
	const rules = await checked('bayarcash', shop.origin, [...shop.flags, '--only', only]);
	expect(rules.filter(({ verdict }) => verdict === 'failed').map(({ rule }) => rule)).toEqual([
		'effect-behind-refusal',
	]);
	expect(rules[0]?.reason).toContain('what is refused has an effect all the same');
});
