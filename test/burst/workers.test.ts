import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BurstTally } from '../../src/burst/burst-tally.ts';
import { type FloodPlan, partOf } from '../../src/burst/flood-plan.ts';
import { placesOf } from '../../src/burst/places.ts';
import { callsim } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { serve } from '../support/server.ts';
import { parsedBody } from '../support/verifier.ts';

const summaryIn = (stdout: string) => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

/** What a receiver sees of a burst, and what is told of it: it refuses every fifth order, always. */
async function burstBy(workers: number, flags: string) {
	const { url, seen } = await serve((one, response) => {
		const order = String(parsedBody(one)['order_number']);
		response.writeHead(/[05]$/.test(order) ? 500 : 200).end();
	});
	const cwd = folderWith({}).path;
	const args = `--seed 5 --connections 8 --workers ${workers} ${flags} --json`.split(' ');
	const event = 'bayarcash/transaction-success';
	const { code, stdout } = await callsim(['burst', event, '--to', url, ...args], { cwd });
	const {
		run: _,
		target: __,
		latencyMs,
		throughput,
		perSecond,
		tookMs,
		...told
	} = summaryIn(stdout);
	const references = readFileSync(join(cwd, 'callsim-unacknowledged.txt'), 'utf8').split('\n');
	const bodies = seen.map(({ body }) => body.toString()).sort();
	const answered = (throughput.perSecond as number[]).reduce((sum, one) => sum + one, 0);
	const counted = Math.round((answered * throughput.spanMs) / 1_000);
	return { code, told, references: references.sort(), bodies, counted, latencyMs };
}

test('workers send what one would have sent, and their report is the sum of theirs', async () => {
	const flags =
		'--count 600 --mix success=8,failed=1,pending=1 --duplicates 5% --shuffle --retry 2x300s --speed max';
	const one = await burstBy(1, flags);
	const three = await burstBy(3, flags);
	expect(three.told).toEqual(one.told);
	expect(three.told.attempts).toBeGreaterThan(three.told.sent);
	expect(three.bodies).toEqual(one.bodies);
	expect(three.references).toEqual(one.references);
	expect(three.code).toBe(1);
	// Every answer is in the chart.
	expect(three.counted).toBe(three.told.answers);
});

test('a signal ends all of them with a whole report', async () => {
	const happened = new AbortController();
	const { url, seen } = await serve((_, response, count) => {
		if (count <= 40) response.end('OK');
		else if (count === 44) happened.abort();
	});
	const { code, stdout } = await callsim(
		['burst', 'iak/pulsa-success', '--to', url, '--json'].concat(
			'--count 1000 --connections 4 --workers 2'.split(' '),
		),
		{ cwd: folderWith({}).path, signalWhen: [happened.signal, 'SIGINT'] },
	);
	expect(code).toBe(130);
	const { sent, acknowledged, failed, notSent, endings } = summaryIn(stdout);
	expect({ sent, acknowledged, failed, notSent }).toEqual({
		sent: 44,
		acknowledged: 40,
		failed: 4,
		notSent: 956,
	});
	expect(endings).toEqual({ interrupted: 4 });
	expect(seen).toHaveLength(44);
});

test.each([
	['--bail', undefined, '--bail and --workers: what one worker has begun another cannot stop'],
	['--body -', '{"data":{"ref_id":"A-1"}}', '--workers: standard input can be read once'],
])('%s is refused beside --workers', async (flag, input, why) => {
	const { url, seen } = await serve((_, response) => response.end());
	const { code, stderr } = await callsim(
		['burst', 'iak/pulsa-success', '--to', url, '--workers', '2', ...flag.split(' ')],
		{ input },
	);
	expect(code).toBe(2);
	expect(stderr).toContain(why);
	expect(seen).toEqual([]);
});

test('a body of a file is read by every worker', async () => {
	const { url, seen } = await serve((_, response) => response.end('OK'));
	const body = '{"data":{"ref_id":"A-1"}}';
	const cwd = folderWith({ 'body.json': body }).path;
	const args = ['burst', 'iak/pulsa-success', '--to', url, '--json'];
	const flags = '--body @body.json --count 20 --workers 2'.split(' ');
	const { code, stdout } = await callsim([...args, ...flags], { cwd });
	expect(code).toBe(0);
	expect(summaryIn(stdout)).toMatchObject({ sent: 20, acknowledged: 20 });
	expect(seen).toHaveLength(20);
});

const plan = (rest: Partial<FloodPlan>) => rest as FloodPlan;

test('the parts of a plan are the whole of it: every place once, all connections, the rate', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 500 }),
			fc.integer({ min: 1, max: 9 }),
			fc.integer({ min: 0, max: 40 }),
			(count, of, more) => {
				const places = placesOf({ count, copies: 1, duplicates: 0.2, shuffle: 3 });
				const whole = plan({ places, connections: of + more, rate: 100, phase: 0 });
				const parts = Array.from({ length: of }, (_, index) => partOf(whole, index, of));
				const all = parts.flatMap(({ places: own }) =>
					Array.from({ length: own.total }, (_, place) => own.callbackAt(place)),
				);
				const wanted = Array.from({ length: places.total }, (_, at) => places.callbackAt(at));
				expect(all.sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b));
				const connections = parts.map((part) => part.connections);
				expect(connections.reduce((sum, one) => sum + one, 0)).toBe(of + more);
				expect(Math.min(...connections)).toBeGreaterThan(0);
				// Each is due when it would be due of one: the parts take turns.
				const due = parts.flatMap(({ rate = 0, phase, places: own }) =>
					Array.from({ length: own.total }, (_, at) => Math.round(((at + phase) * 1e6) / rate)),
				);
				expect(due.sort((a, b) => a - b)).toEqual(wanted.map((_, at) => at * 10_000));
			},
		),
	);
});

test('tallies that are added are the tally of all: counts, kinds, latencies and the chart', () => {
	const answer = fc.record({
		took: fc.integer({ min: 1, max: 5_000 }),
		at: fc.integer({ min: 0, max: 60_000 }),
		kind: fc.constantFrom('', 'status 500', 'status 404'),
	});
	fc.assert(
		fc.property(fc.array(fc.array(answer, { maxLength: 30 }), { maxLength: 4 }), (given) => {
			const tallyOf = (answers: (typeof given)[number]) => {
				const tally = new BurstTally();
				for (const { took, at, kind } of answers) {
					tally.attempts++;
					tally.sent++;
					tally.answer(took);
					tally.throughput.count(at);
					if (kind === '') tally.acknowledged++;
					else tally.end(tally.kindOf(kind, true));
				}
				return tally;
			};
			const seen = (tally: BurstTally) => ({
				counts: tally.parts().counts,
				endings: Object.fromEntries(tally.endings()),
				latencies: tally.latencies(),
				throughput: tally.throughput.parts(),
			});
			const sum = new BurstTally();
			for (const answers of given) sum.add(tallyOf(answers).parts());
			expect(seen(sum)).toEqual(seen(tallyOf(given.flat())));
		}),
	);
});
