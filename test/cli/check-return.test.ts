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

test('a page that finds its order by the URL is accused of nothing where its URL names none', async () => {
	const { url } = await serve(({ url: path }, response) => {
		response.statusCode = path.startsWith('/return') ? 404 : 200;
		response.end();
	});
	const page = `${new URL(url).origin}/return`;
	const only = 'return-genuine,return-unsigned,return-tampered';
	const flags = [
		'--to',
		url,
		'--return-to',
		page,
		'--only',
		only,
		'--orders',
		'A,B,C,D,E,F,G,H,I,J,K,L',
		'--json',
	];
	const { stdout } = await callsim(['check', 'bayarcash', ...flags]);
	const rules = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as { type: string; verdict: string; reason: string })
		.filter(({ type }) => type === 'rule');
	expect(rules.map(({ verdict }) => verdict)).toEqual(Array(3).fill('inconclusive'));
	expect(rules[0]?.reason).toContain('write {reference} into --return-to');
});
