import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BurstSummaryEvent } from '../../src/model/contract/burst.ts';
import { callsim } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { closedPort, type Seen, serve, serveTcp } from '../support/server.ts';
import {
	bayarcashIsGenuine,
	digestChallenge,
	digestIsGenuine,
	iakIsGenuine,
	parsedBody,
} from '../support/verifier.ts';

const folder = () => folderWith({}).path;

/** A burst as a program reads it, and the references that it wrote down. */
async function burst(
	event: string,
	to: string,
	flags: string,
	more: Parameters<typeof callsim>[1] = {},
) {
	const cwd = folder();
	const args = [
		'burst',
		event,
		'--to',
		to,
		'--json',
		...flags.split(' ').filter((word) => word !== ''),
	];
	const { code, stdout, stderr } = await callsim(args, { cwd, ...more });
	const lines = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as BurstSummaryEvent);
	const summary = lines.at(-1) as BurstSummaryEvent;
	const references = () =>
		readFileSync(join(cwd, 'callsim-unacknowledged.txt'), 'utf8').trimEnd().split('\n');
	return { code, summary, stderr, references, lines };
}

const orderNumbers = (seen: readonly Seen[]) =>
	seen.map((one) => String(parsedBody(one)['order_number']));

/** Sent = acknowledged + refused + failed, to the last one, and every ending is told. */
function expectReconciled({ sent, acknowledged, refused, failed, endings }: BurstSummaryEvent) {
	expect(acknowledged + refused + failed).toBe(sent);
	expect(Object.values(endings).reduce((sum, count) => sum + count, 0)).toBe(refused + failed);
}

test.each([
	['bayarcash/transaction-success', ''],
	['bayarcash/transaction-success', '--encoding json'],
	['bayarcash/receipt-success', ''],
	['iak/pulsa-success', ''],
	['iak/pulsa-success', '--encoding xml'],
])(
	'every signature of a burst of %s %s is genuine by the vendor’s recipe',
	async (event, flags) => {
		const { url, seen } = await serve((_, response) => response.end('OK'));
		const { code, summary } = await burst(event, url, `--count 1500 --connections 8 ${flags}`);
		expect(code).toBe(0);
		expect(summary).toMatchObject({
			sent: 1_500,
			acknowledged: 1_500,
			attempts: 1_500,
			notSent: 0,
		});
		expect(seen).toHaveLength(1_500);
		const isGenuine = (one: Seen) =>
			event.startsWith('iak')
				? iakIsGenuine(parsedBody(one))
				: bayarcashIsGenuine(parsedBody(one), flags.includes('json') ? ['json'] : ['form', 'v3']);
		expect(seen.filter((one) => !isGenuine(one))).toEqual([]);
		expect(new Set(seen.map((one) => `${one.url} ${one.body.toString()}`)).size).toBe(1_500);
	},
);

test('one challenge serves the callbacks of a connection, its nonce with rising counts', async () => {
	const counts = new Map<string, number[]>();
	const { url, seen } = await serve((one, response) => {
		const { authorization } = one.headers;
		if (authorization === undefined) {
			const challenge = digestChallenge.replace(/nonce="[^"]*"/, `nonce="n${seen.length}"`);
			response.writeHead(401, { 'www-authenticate': challenge }).end();
			return;
		}
		const [, nonce = ''] = /nonce="([^"]*)"/.exec(authorization) ?? [];
		const [, count = ''] = /nc=([0-9a-f]{8})/.exec(authorization) ?? [];
		counts.set(nonce, [...(counts.get(nonce) ?? []), Number.parseInt(count, 16)]);
		response
			.writeHead(digestIsGenuine(authorization, one.method, one.url, nonce) ? 200 : 403)
			.end();
	});
	const { code, summary } = await burst(
		'transfez/transaction-completed',
		url,
		'--count 400 --connections 4',
	);
	expect(code).toBe(0);
	expect(summary).toMatchObject({ acknowledged: 400, challenges: 4, attempts: 400 });
	expect(seen).toHaveLength(404);
	expect(counts.size).toBe(4);
	for (const list of counts.values()) expect(list).toEqual(list.map((_, at) => at + 1));
});

test('a nonce that has become stale is asked for anew, and a wrong password is no loop', async () => {
	let used = 0;
	const { url } = await serve((one, response) => {
		const { authorization = '' } = one.headers;
		const [, nonce] = /nonce="n(\d+)"/.exec(authorization) ?? [];
		const fresh = Math.floor(used / 10);
		if (Number(nonce) === fresh) {
			used++;
			response.end();
			return;
		}
		const challenge = digestChallenge.replace(/nonce="[^"]*"/, `nonce="n${fresh}", stale=true`);
		response.writeHead(401, { 'www-authenticate': challenge }).end();
	});
	const { summary } = await burst(
		'transfez/transaction-completed',
		url,
		'--count 50 --connections 1',
	);
	expect(summary).toMatchObject({ acknowledged: 50, challenges: 5 });

	const never = await serve((_, response) => {
		const challenge = digestChallenge.replace(/nonce="[^"]*"/, `nonce="${never.seen.length}"`);
		response.writeHead(401, { 'www-authenticate': challenge }).end();
	});
	const refused = await burst(
		'transfez/transaction-completed',
		never.url,
		'--count 5 --connections 1 --wrong-key',
	);
	expect(refused.summary).toMatchObject({ refused: 5, endings: { 'status 401': 5 } });
	expect(refused.code).toBe(1);
});

test('refused, cut off and unanswered ones are told by kind, and their references written down', async () => {
	const { url, seen } = await serve((_, response, count) => {
		if (count % 5 === 1) response.writeHead(500).end('no');
		else if (count % 5 === 2) response.socket?.destroy();
		else if (count % 50 !== 3) response.end('OK');
	});
	const { code, summary, references } = await burst(
		'bayarcash/transaction-success',
		url,
		'--count 100 --connections 4 --timeout 2s',
	);
	expect(code).toBe(1);
	expectReconciled(summary);
	expect(summary).toMatchObject({
		sent: 100,
		acknowledged: 58,
		refused: 20,
		failed: 22,
		attempts: 100,
	});
	expect(summary.endings).toEqual({
		'status 500': 20,
		'no answer, connection closed': 20,
		'timed out (no answer)': 2,
	});
	// What nobody answered adds nothing to the speed.
	expect(summary.answers).toBe(78);
	expect(Math.abs(summary.perSecond - 78_000 / summary.tookMs)).toBeLessThan(1);
	// What was sent arrived as often as it is told, and no more: nothing was sent again in silence.
	expect(seen).toHaveLength(100);
	const bad = seen.filter((_, at) => [1, 2].includes((at + 1) % 5) || (at + 1) % 50 === 3);
	expect(references().sort()).toEqual(orderNumbers(bad).sort());
});

test('a connection that is closed just before it is used again makes no second request', async () => {
	let arrived = 0;
	const url = await serveTcp((socket) => {
		let held = '';
		socket.on('data', (data: Buffer) => {
			held += data.toString('latin1');
			for (;;) {
				const [head = '', length] =
					/^[\s\S]*?content-length: (\d+)[\s\S]*?\r\n\r\n/i.exec(held) ?? [];
				if (head === '' || held.length < head.length + Number(length)) return;
				held = held.slice(head.length + Number(length));
				arrived++;
				socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK');
				// Without a word of it in the answer.
				if (arrived % 3 === 0) socket.destroy();
			}
		});
	});
	const { summary } = await burst('khoins/transaction-success', url, '--count 300 --connections 3');
	expectReconciled(summary);
	expect(summary.attempts).toBe(300);
	expect(arrived).toBeLessThanOrEqual(summary.attempts);
	expect(arrived).toBeGreaterThanOrEqual(summary.acknowledged);
});

test('a mix is of one order each, and duplicates are the same bytes', async () => {
	const { url, seen } = await serve((_, response) => response.end('OK'));
	const { summary } = await burst(
		'bayarcash/transaction-success',
		url,
		'--count 200 --mix success=8,failed=1,pending=1 --duplicates 5% --shuffle --seed 3',
	);
	expect(summary).toMatchObject({ sent: 210, acknowledged: 210 });
	expect(summary.events).toEqual(
		['success', 'failed', 'pending'].map((name) => `bayarcash/transaction-${name}`),
	);
	const bodies = new Map(seen.map((one) => [one.body.toString(), parsedBody(one)]));
	expect(bodies.size).toBe(200);
	expect(new Set(orderNumbers(seen)).size).toBe(200);
	const statuses = [...bodies.values()].map((fields) => fields['status_description']);
	expect(statuses.filter((status) => status === 'Approved')).toHaveLength(160);
	expect(statuses.filter((status) => status === 'Unsuccessful')).toHaveLength(20);
});

test('the same seed and instant make the same callbacks', async () => {
	const bodies = async (flags: string) => {
		const { url, seen } = await serve((_, response) => response.end('OK'));
		await burst('iak/pulsa-success', url, `--count 40 ${flags}`);
		return seen.map((one) => one.body.toString()).sort();
	};
	const once = await bodies('--seed 5');
	expect(await bodies('--seed 5')).toEqual(once);
	expect(await bodies('--seed 6')).not.toEqual(once);
});

test('a schedule is gone through for those that are not acknowledged alone', async () => {
	const { url, seen } = await serve((_, response, count) => {
		response.writeHead(count <= 30 ? 503 : 200).end();
	});
	const { code, summary } = await burst(
		'bayarcash/transaction-success',
		url,
		'--count 20 --connections 4 --retry provider --speed max',
	);
	expect(code).toBe(0);
	expect(summary).toMatchObject({ sent: 20, acknowledged: 20, attempts: 50 });
	expect(seen).toHaveLength(50);
});

test('latency counts from when a callback was due, so that a stalled receiver is not flattered', async () => {
	const { url } = await serve((_, response) => void setTimeout(() => response.end('OK'), 50));
	const { summary } = await burst(
		'iak/pulsa-success',
		url,
		'--count 20 --connections 1 --rate 200/s',
	);
	expect(summary.acknowledged).toBe(20);
	// The last was due after 95 ms and cannot be answered before 1,000.
	expect(summary.latencyMs?.max).toBeGreaterThan(800);
});

test('a signal ends it with a whole report: what is under way has failed, what waits ended as it did', async () => {
	const hanging = new AbortController();
	const { url } = await serve((_, response, count) => {
		if (count <= 20) response.writeHead(count % 2 === 0 ? 200 : 500).end();
		else if (count === 24) hanging.abort();
	});
	const { code, summary, references } = await burst(
		'bayarcash/transaction-success',
		url,
		'--count 1000 --connections 4 --retry provider',
		{ signalWhen: [hanging.signal, 'SIGINT'] },
	);
	expect(code).toBe(130);
	expectReconciled(summary);
	expect(summary).toMatchObject({
		sent: 24,
		acknowledged: 10,
		refused: 10,
		failed: 4,
		notSent: 976,
	});
	expect(summary.endings).toEqual({ 'status 500': 10, interrupted: 4 });
	expect(references()).toHaveLength(14);
});

test('nobody there is told as such, and ends with 3', async () => {
	const { code, summary } = await burst(
		'iak/pulsa-success',
		`http://127.0.0.1:${await closedPort()}/`,
		// More than connections: one that fails makes room for the next.
		'--count 100',
	);
	expect(code).toBe(3);
	expect(summary).toMatchObject({ failed: 100, endings: { 'connection refused': 100 } });
	expect(summary.latencyMs).toBeNull();
});

test.each([
	['http://127.0.0.1:{port}/', 'hint: Nothing listens on 127.0.0.1:{port}: start the receiver'],
	['http://no-such-shop.invalid/', 'hint: Check the name "no-such-shop.invalid"'],
])('where %s was never reached, what to do is said once', async (url, hint) => {
	const port = String(await closedPort());
	const to = url.replace('{port}', port);
	const args = ['burst', 'iak/pulsa-success', '--to', to, '--count', '30', '--json'];
	const { code, stderr } = await callsim(args, { cwd: folder() });
	expect(code).toBe(3);
	expect(stderr.split(hint.replace('{port}', port))).toHaveLength(2);
});

test('where nobody came within the time to wait, nothing was sent, and no share of it is told', async () => {
	const to = `http://127.0.0.1:${await closedPort()}/`;
	const args = ['burst', 'iak/pulsa-success', '--to', to, '--workers', '2', '--wait-for', '300ms'];
	const { code, stdout } = await callsim(args, { cwd: folder() });
	expect(code).toBe(3);
	expect(stdout).toMatch(/not sent +1,000\n\n✗ nothing was sent\n/);
});

test('--bail begins none after the first that is not acknowledged, --duration none after its end', async () => {
	const { url } = await serve((_, response) => response.writeHead(500).end());
	const { code, summary } = await burst(
		'iak/pulsa-success',
		url,
		'--count 100 --connections 1 --bail',
	);
	expect(code).toBe(1);
	expect(summary).toMatchObject({ sent: 1, notSent: 99 });
	const timed = await burst('iak/pulsa-success', url, '--duration 1s --connections 1');
	expect(timed.summary.sent).toBeGreaterThan(0);
	expectReconciled(timed.summary);
});

test.each([
	['--ref A-1', 'unknown option'],
	['--mix success=1,nonsense=1', 'has no sibling "nonsense"'],
	['--count 0', 'is not a whole number'],
	['--rate fast', 'is not a rate'],
	['--duplicates 5', 'is not a share'],
	['--duration 0', 'is no load'],
	['--workers 0', '--workers "0" is not a whole number'],
])('%s is refused before anything is sent', async (flags, why) => {
	const { url, seen } = await serve((_, response) => response.end('OK'));
	const { code, stderr } = await callsim([
		'burst',
		'iak/pulsa-success',
		'--to',
		url,
		...flags.split(' '),
	]);
	expect(code).toBe(2);
	expect(stderr).toContain(why);
	expect(seen).toEqual([]);
});

test('a person reads counts, a chart, latencies and what to do next', async () => {
	const { url } = await serve((_, response, count) =>
		response.writeHead(count === 1 ? 500 : 200).end(),
	);
	const cwd = folder();
	const { stdout } = await callsim(
		['burst', 'iak/pulsa-success', '--to', url, '--count', '50', '--seed', '1'],
		{ cwd },
	);
	expect(stdout).toMatch(/sent +50\nacknowledged +49\nrefused +1\nfailed +0\n +1 × status 500\n/);
	expect(stdout).toMatch(/\n[\d,]+ answers a second for /);
	expect(stdout).toMatch(/latency {2}p50 .* · p90 .* · p99 .* · max /);
	expect(stdout).toContain(
		`✗ 1 of 50 not acknowledged\n  their references: ${join(cwd, 'callsim-unacknowledged.txt')}`,
	);
	expect(stdout).toContain('--seed 1 --now 2026-01-15T');
});

test('--report writes a page and a document, which say what the text says', async () => {
	const { url } = await serve((_, response, count) =>
		response.writeHead(count === 1 ? 500 : 200).end(),
	);
	const cwd = folder();
	const args = ['burst', 'iak/pulsa-success', '--to', url, '--count', '50', '--seed', '1'];
	const reports = ['--report', 'html=out/b.html', '--report', 'json=out/b.json'];
	const { code, stdout } = await callsim([...args, ...reports], { cwd });
	expect(code).toBe(1);
	expect(stdout).toContain('✗ 1 of 50 not acknowledged');
	const document = JSON.parse(readFileSync(join(cwd, 'out/b.json'), 'utf8'));
	expect(document).toMatchObject({
		v: 1,
		tool: 'callsim',
		command: 'burst',
		title: 'burst iak/pulsa-success',
		commandLine: `callsim burst iak/pulsa-success --to ${url} --count 50 --seed 1`,
		sent: 50,
		acknowledged: 49,
		endings: { 'status 500': 1 },
		unacknowledgedFile: join(cwd, 'callsim-unacknowledged.txt'),
	});
	const page = readFileSync(join(cwd, 'out/b.html'), 'utf8');
	expect(page).toContain('1 of 50 not acknowledged');
	const alone = await callsim([...args, '--report', 'json'], { cwd });
	expect(JSON.parse(alone.stdout)).toMatchObject({ command: 'burst', sent: 50, acknowledged: 50 });
	expect(alone.stderr).toContain('✓ all 50 acknowledged');
});

test.each([
	['junit=x.xml', 'a burst has no cases to tell there'],
	['html', 'both want stdout'],
	['json=.', 'is a folder'],
])('--report %s is refused before anything is sent', async (report, why) => {
	const { url, seen } = await serve((_, response) => response.end('OK'));
	const args = ['burst', 'iak/pulsa-success', '--to', url, '--json', '--report', report];
	const { code, stderr } = await callsim(args, { cwd: folder() });
	expect(code).toBe(2);
	expect(stderr).toContain(why);
	expect(seen).toEqual([]);
});
