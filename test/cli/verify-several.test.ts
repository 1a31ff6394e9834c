import { expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';

const bodyOf = async (...flags: string[]): Promise<string> => {
	const args = ['show', 'bayarcash/transaction-success', '--print', 'body', ...flags];
	return (await callsim(args)).stdout.trim();
};

const form = 'application/x-www-form-urlencoded';
const post = (text: string) => ({
	method: 'POST',
	url: 'http://x/cb',
	headers: [{ name: 'content-type', value: form }],
	postData: { mimeType: form, text },
});
const page = { method: 'GET', url: 'http://x/style.css', headers: [] };

function verifyHar(...requests: object[]) {
	const input = JSON.stringify({ log: { entries: requests.map((request) => ({ request })) } });
	return callsim(['verify', 'bayarcash', '-'], { input });
}

test('one forgery among genuine callbacks is what is told, and which it is', async () => {
	const requests = [page, post(await bodyOf()), post(await bodyOf('--wrong-key'))];
	const { code, stdout, stderr } = await verifyHar(...requests);
	expect(code).toBe(1);
	expect(stdout).toMatch(/^✗ not genuine/);
	expect(stderr).toContain('this is about number 3, the first callback that is not genuine');
});

test('one that has the shape of none, but fields of the provider, is no other request', async () => {
	const { code, stderr } = await verifyHar(post(await bodyOf()), post('order_number=x&status=3'));
	expect(code).toBe(1);
	expect(stderr).toContain('this is about number 2');
});

test('what a browser asks for besides says nothing against a genuine callback', async () => {
	const { code, stdout, stderr } = await verifyHar(page, post(await bodyOf()));
	expect(code).toBe(0);
	expect(stdout).toMatch(/^✓ genuine/);
	expect(stderr).toBe('note: 2 different requests are in it; one is a callback, and genuine\n');
	const others = [post(await bodyOf()), post(await bodyOf('--ref', 'CS-2'))];
	expect((await verifyHar(...others)).stderr).toContain('; 2 are callbacks, and genuine');
});

test('one alone is told without a word about others', async () => {
	const { code, stderr } = await verifyHar(post(await bodyOf()));
	expect([code, stderr]).toEqual([0, '']);
	const dump = "{'record_type': 'transaction', 'status': '3', 'order_number': 'x'}";
	expect((await callsim(['verify', 'bayarcash', '-'], { input: dump })).stderr).not.toContain(
		'requests are in it',
	);
});
