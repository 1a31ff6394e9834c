import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isLong } from '../support/long.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { type Seen, serve } from '../support/server.ts';

/** Providers of one's own in every format, and shops that read them without any code of ours. */

type Fields = readonly [order: string, amount: string, status: string, signature: string];

interface Format {
	readonly message: Readonly<Record<string, unknown>>;
	readonly values: Readonly<Record<string, unknown>>;
	readonly failed: Readonly<Record<string, unknown>>;
	/** Paths of the order, the amount and the status. */
	readonly paths: readonly [string, string, string];
	/** @throws Error where it is not what the provider sends */
	read(seen: Seen): Fields;
}

const flat = { order_no: 'KD-1', amount: '10.00', status: 'paid', name: 'Ali & Söhne <x>' };
const nested = { data: { order: { no: 'KD-1', amount: 10.5 }, status: 'paid' } };
const flatFormat = {
	...{ values: flat, failed: { ...flat, status: 'failed' } },
	paths: ['order_no', 'amount', 'status'],
} as const;
const nestedFormat = {
	...{ values: nested, failed: { data: { ...nested.data, status: 'failed' } } },
	paths: ['data.order.no', 'data.order.amount', 'data.status'],
} as const;
const flatFields = ['order_no', 'amount', 'status', 'name'];
const nestedFields = [{ data: [{ order: ['no', 'amount'] }, 'status'] }];

function pairs(text: string, [order, amount, status]: readonly [string, string, string]): Fields {
	const all = new URLSearchParams(text);
	const one = (name: string) => {
		const [value, ...more] = all.getAll(name);
		if (value === undefined || more.length > 0) throw new Error(name);
		return value;
	};
	return [one(order), one(amount), one(status), one('sign')];
}

function elements(text: string, names: readonly [string, string, string]): Fields {
	if (!/^<\?xml [^>]*>\s*<mp>[\s\S]*<\/mp>\s*$/.test(text) || text.includes('<!'))
		throw new Error();
	const one = (name: string) => {
		const [found, ...more] = text.matchAll(new RegExp(`<${name}>([^<&]*)</${name}>`, 'g'));
		if (found === undefined || more.length > 0) throw new Error(name);
		return found[1] ?? '';
	};
	return [one(names[0]), one(names[1]), one(names[2]), one('sign')];
}

const isType = ({ headers }: Seen, type: string) => {
	if (!String(headers['content-type']).toLowerCase().startsWith(type)) throw new Error('type');
};

const formats: Readonly<Record<string, Format>> = {
	'a form': {
		...flatFormat,
		message: { write: 'form', fields: flatFields },
		read(seen) {
			isType(seen, 'application/x-www-form-urlencoded');
			return pairs(seen.body.toString(), ['order_no', 'amount', 'status']);
		},
	},
	'a query': {
		...flatFormat,
		message: { method: 'GET', write: 'query', fields: flatFields },
		read: ({ url }) => pairs(url.split('?')[1] ?? '', ['order_no', 'amount', 'status']),
	},
	XML: {
		...flatFormat,
		message: { write: 'xml', wrap: { mp: '$' }, fields: flatFields },
		read(seen) {
			isType(seen, 'application/xml');
			return elements(seen.body.toString(), ['order_no', 'amount', 'status']);
		},
	},
	'nested JSON': {
		...nestedFormat,
		message: { write: 'json', fields: nestedFields },
		read(seen) {
			isType(seen, 'application/json');
			const { data, sign } = JSON.parse(seen.body.toString());
			const fields = [data.order.no, String(data.order.amount), data.status, sign];
			if (!fields.every((one) => typeof one === 'string')) throw new Error('type');
			return fields as unknown as Fields;
		},
	},
	'a nested form': {
		...nestedFormat,
		message: { write: 'form', fields: nestedFields },
		read(seen) {
			isType(seen, 'application/x-www-form-urlencoded');
			const names = ['data[order][no]', 'data[order][amount]', 'data[status]'] as const;
			return pairs(seen.body.toString(), names);
		},
	},
	'nested XML': {
		...nestedFormat,
		message: { write: 'xml', wrap: { mp: '$' }, fields: nestedFields },
		read(seen) {
			isType(seen, 'application/xml');
			return elements(seen.body.toString(), ['no', 'amount', 'status']);
		},
	},
};

function providerOf({ message, values, failed, paths }: Format) {
	const [reference, amount, state] = paths;
	const claims = Object.fromEntries(
		['fields', 'values', 'write', 'signature', 'acknowledge', 'retry'].map((key) => [
			key,
			['assumed', null],
		]),
	);
	const payment = {
		...{ title: 'Payment', method: 'POST', acknowledge: { status: ['2xx'] }, retry: 'none' },
		...{ fresh: { [reference]: 'KD-${digits:6}' }, roles: { reference, amount, state }, claims },
		signature: {
			...{ algorithm: 'hmac-sha256', key: 'secret_key', over: { fields: paths, join: '|' } },
			...{ as: 'hex', into: { field: 'sign' } },
		},
		...message,
	};
	const provider = {
		...{ id: 'kedai', title: 'Kedai Pay', country: 'Malaysia', zone: '+08:00' },
		sources: { page: { url: 'https://docs.kedai.example/', read: '2026-11-20' } },
		credentials: { secret_key: { title: 'secret key', simulator: 'kedai-key' } },
		lifecycle: { success: 'paid', failure: 'failed', outcomeFields: [state] },
		messages: { payment },
	};
	const event = (title: string, of: Format['values']) =>
		JSON.stringify({ title, message: 'payment', values: of, clock: '2026-11-20T10:00:00+08:00' });
	return folderWith({
		'own/kedai/provider.json': JSON.stringify(provider),
		'own/kedai/paid.json': event('Paid', values),
		'own/kedai/failed.json': event('Failed', failed),
	});
}

/** Takes each order once, for what it costs, from whoever signs it rightly. */
async function shopOf({ read, message }: Format) {
	const orders = new Map<string, { state: string; amount: number; credited: number }>();
	const answer = (seen: Seen, response: ServerResponse) => {
		const { pathname, searchParams } = new URL(seen.url, 'http://shop');
		const [, page, name = ''] = pathname.split('/').map(decodeURIComponent);
		const say = (status: number, body: unknown) =>
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		if (page === 'setup') {
			const amount = Number(searchParams.get('amount'));
			orders.set(name, { state: 'new', amount, credited: 0 });
			return say(200, {});
		}
		const known = orders.get(name);
		if (page === 'orders') return known === undefined ? say(404, {}) : say(200, known);
		if (seen.method !== (message['method'] ?? 'POST')) return say(405, {});
		try {
			const [reference, amount, status, sign] = read(seen);
			const text = [reference, amount, status].join('|');
			if (sign !== createHmac('sha256', 'kedai-key').update(text).digest('hex'))
				return say(401, { error: 'signature' });
			const order = orders.get(reference);
			if (order === undefined) return say(200, {});
			if (order.state === 'paid') return say(200, {});
			if (status === 'paid' && Number(amount) !== order.amount) return say(200, { review: true });
			if (status === 'paid') order.credited += order.amount;
			if (status === 'paid' || status === 'failed') order.state = status;
			return say(200, {});
		} catch {
			return say(400, { error: 'unreadable' });
		}
	};
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		// A sender that goes in the middle of a body is one of the cases.
		request.on('error', () => undefined);
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			answer({ method, url, headers, body: Buffer.concat(chunks) }, response);
		});
	});
	onTestFinished(() => void server.close());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(Object.entries(formats))('a provider of one’s own that sends %s', (name, format) => {
	// What the others have is in these three as well.
	const isTold = isLong || ['a query', 'XML', 'nested JSON'].includes(name);
	test.runIf(isTold)('is checked without a word that is not true of a careful shop', async () => {
		const folder = providerOf(format);
		const shop = await shopOf(format);
		const { code, stdout, stderr } = await folder.callsim([
			...['check', 'kedai', '--providers', `${folder.path}/own`, '--to', `${shop}/cb`, '--json'],
			...['--setup-url', `${shop}/setup/{reference}?amount={amount}`],
			...['--probe-url', `${shop}/orders/{reference}`],
		]);
		const told = stdout
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		const wrong = told.filter(({ verdict }) =>
			['failed', 'warned', 'inconclusive'].includes(verdict),
		);
		expect(wrong.map(({ rule, reason }) => `${rule}: ${reason}`)).toEqual([]);
		expect(stderr).not.toContain('error');
		expect(code).toBe(0);
	});

	test('is fired, verified, flooded with and run', async () => {
		const folder = providerOf(format);
		const own = ['--providers', `${folder.path}/own`];
		const shop = await shopOf(format);
		const fields: Fields[] = [];
		const { url } = await serve((seen, response) => {
			fields.push(format.read(seen));
			response.end('OK');
		});
		const shown = await folder.callsim(['show', 'kedai/paid', ...own, '--print', 'http']);
		const verdict = await folder.callsim(['verify', 'kedai', ...own, '-'], { input: shown.stdout });
		expect(verdict.stdout).toContain('✓ genuine · kedai/paid');
		const forged = await folder.callsim(['verify', 'kedai', ...own, '-'], {
			input: shown.stdout.replaceAll('KD-1', 'KD-2'),
		});
		expect(forged.code).toBe(1);
		const fire = ['fire', 'kedai/paid', ...own, '--ref', 'KD-9', '--amount', '20.5'];
		const went = await folder.callsim([...fire, '--to', url]);
		expect([went.code, went.stderr]).toEqual([0, expect.not.stringContaining('error')]);
		const burst = ['burst', 'kedai/paid', ...own, '--to', url, '--count', '20', '--json'];
		expect((await folder.callsim(burst)).code).toBe(0);
		expect(fields[0]?.slice(0, 2)).toEqual(['KD-9', '20.5']);
		expect(new Set(fields.map(([reference]) => reference)).size).toBe(21);
		for (const [reference, amount, status, sign] of fields) {
			const text = [reference, amount, status].join('|');
			expect(sign).toBe(createHmac('sha256', 'kedai-key').update(text).digest('hex'));
		}
		folder.write(
			'twice.yaml',
			`name: twice\nprovider: kedai\nsteps:\n  - fire: paid\n    ref: KD-8\n    expect: { status: 200 }\n    probe: { url: "${shop}/orders/{reference}", equals: { credited: 10.5 } }\n    amount: 10.5\n  - { fire: failed, ref: KD-8, probe: { url: "${shop}/orders/{reference}", equals: { state: paid } } }\n`,
		);
		const setup = ['--setup-url', `${shop}/setup/{reference}?amount=10.5`];
		await fetch(`${shop}/setup/KD-8?amount=10.5`, { method: 'POST' });
		const ran = await folder.run(['twice.yaml', ...own, '--to', `${shop}/cb`, ...setup]);
		expect(ran.steps.map(({ passed, got }) => [passed, got])).toEqual([
			[true, expect.any(String)],
			[true, expect.any(String)],
		]);
	});
});
