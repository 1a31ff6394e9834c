import { expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { serve } from '../support/server.ts';

test('the return page of each case is that of its own order, where its URL names the order', async () => {
	const { url, seen } = await serve((_one, response) => response.end('OK'));
	const { origin } = new URL(url);
	const page = `${origin}/thanks/{reference}?sum={amount}`;
	const flags = [
		'--to',
		url,
		'--return-to',
		page,
		'--only',
		'return-genuine,return-post',
		'--json',
	];
	const { stdout } = await callsim(['check', 'bayarcash', ...flags]);
	const asked = seen.filter(({ url: path }) => path.startsWith('/thanks/'));
	expect(asked.length).toBeGreaterThan(3);
	for (const { url: path, body } of asked) {
		const [, reference = ''] = /^\/thanks\/(CS-\w+)\?sum=60\.00/.exec(path) ?? [];
		expect(`${path} ${body}`).toContain(`order_number=${reference}`);
		expect(stdout).toContain(`/thanks/${reference}?sum=60.00`);
	}
	expect(stdout).not.toMatch(/--return-to[^"]*(\{reference\}|%7B)/);
});

const only = 'return-genuine,return-unsigned,return-tampered';

/** What is told of a page that answers so, with nothing of the order in its URL. */
async function toldOf(status: number, text: string) {
	const { url } = await serve(({ url: path }, response) => {
		const isPage = path.startsWith('/return');
		response.writeHead(isPage ? status : 200).end(isPage ? text : '');
	});
	const page = `${new URL(url).origin}/return`;
	const orders = ['--orders', 'A,B,C,D,E,F,G,H,I,J,K,L'];
	const flags = ['--to', url, '--return-to', page, '--only', only, ...orders, '--json'];
	const { stdout } = await callsim(['check', 'bayarcash', ...flags]);
	return stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as { type: string; verdict: string; reason: string })
		.filter(({ type }) => type === 'rule');
}

test.each([
	[404, ''],
	[410, ''],
	[400, ''],
	[400, 'order is required'],
	[422, '{"error":"missing parameter: order"}'],
])(
	'a page that finds its order by the URL is accused of nothing where its URL names none: %i %s',
	async (status, text) => {
		const rules = await toldOf(status, text);
		expect(rules.map(({ verdict }) => verdict)).toEqual(Array(3).fill('inconclusive'));
		expect(rules[0]?.reason).toContain('write {reference} into --return-to');
	},
);

test.each([
	[400, 'Invalid checksum'],
	[422, 'signature mismatch'],
	[403, ''],
	[500, ''],
])(
	'a page that refuses the receipt itself fails, whatever its URL: %i %s',
	async (status, text) => {
		const [genuine] = await toldOf(status, text);
		expect(genuine).toMatchObject({ verdict: 'failed' });
	},
);
