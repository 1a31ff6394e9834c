import fc from 'fast-check';
import { har } from 'har-validator';
import { describe, expect, test } from 'vitest';
import type { SentRequest } from '../../src/model/run-event.ts';
import { harReport } from '../../src/report/har/har.ts';
import type { RunReport } from '../../src/report/run-report.ts';
import { safeJson } from '../../src/report/safe/escape.ts';
import { binary, hostile, saying, worstFirst } from '../support/report-parts.ts';
import {
	answered,
	delivery,
	hostileRun,
	manyDeliveries,
	sampleCheck,
	sampleFire,
	sampleRun,
	sent,
} from '../support/sample-report.ts';

/** What we look at of an entry, after a trip through JSON. */
interface Entry {
	readonly pageref: string;
	readonly startedDateTime: string;
	readonly time: number;
	readonly timings: object;
	readonly request: {
		readonly url: string;
		readonly bodySize: number;
		readonly headers: readonly { readonly name: string; readonly value: string }[];
		readonly queryString: readonly object[];
		readonly postData?: Readonly<Record<string, unknown>>;
	};
	readonly response: {
		readonly status: number;
		readonly _error?: string;
		readonly bodySize: number;
		readonly redirectURL: string;
		readonly headers: readonly { readonly name: string; readonly value: string }[];
		readonly content: Readonly<Record<string, unknown>>;
	};
	readonly _event?: string;
	readonly _acknowledged?: boolean;
}

interface Log {
	readonly version: string;
	readonly creator: object;
	readonly pages: readonly { readonly id: string; readonly title: string }[];
	readonly entries: readonly Entry[];
}

/** As a file and back, held against the schema. */
async function read(report: RunReport): Promise<Log> {
	const document = JSON.parse(safeJson(harReport(report)));
	await har(document);
	return document.log;
}

const samples: [string, RunReport][] = [
	['run', sampleRun()],
	['fire', sampleFire()],
	['check', sampleCheck()],
	['a hostile run', hostileRun()],
	['many deliveries', manyDeliveries(50)],
	['nothing', { ...sampleRun(), suites: [], deliveries: [] }],
];

describe.each(samples)('%s as HAR', (_name, report) => {
	test('keeps to the schema, with an entry for every attempt and every request that evidence rests on', async () => {
		const log = await read(report);
		const attempts = report.deliveries.flatMap((one) => one.attempts).length;
		const evidence = report.suites.flatMap((suite) => suite.cases.flatMap((one) => one.evidence));
		expect(log.version).toBe('1.2');
		expect(log.creator).toEqual({ name: 'callsim', version: '0.1.0' });
		expect(log.entries).toHaveLength(
			attempts + evidence.filter((one) => one.sent !== undefined).length,
		);
	});

	test('has every entry on a page that exists, the oldest first', async () => {
		const { pages, entries } = await read(report);
		const ids = pages.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect([...new Set(entries.map(({ pageref }) => pageref))].sort()).toEqual([...ids].sort());
		const times = entries.map(({ startedDateTime }) => startedDateTime);
		expect(times).toEqual([...times].sort());
	});

	test('shows headers as they may be shown', async () => {
		const text = safeJson(harReport(report));
		expect(text).not.toContain('hunter2');
		if (report.deliveries.length > 0) expect(text).toContain('[secret:token]');
	});
});

const [first, ...others] = sampleRun().deliveries;
const only = (delivery: RunReport['deliveries'][number]): RunReport => ({
	...sampleRun(),
	suites: [],
	deliveries: [delivery],
});

test('says of an attempt what HAR has no place for', async () => {
	if (first === undefined) throw new Error('the sample has deliveries');
	const { entries, pages } = await read(only(first));
	expect(pages.map(({ title }) => title)).toEqual([
		'#1 bayarcash/transaction-success → http://127.0.0.1:3000/webhooks/bayarcash',
	]);
	expect(entries[2]).toMatchObject({
		startedDateTime: '2026-11-25T10:00:06.100Z',
		time: 3.1,
		timings: { send: 0, wait: 3.1, receive: 0 },
		cache: {},
		_event: 'bayarcash/transaction-success',
		_delivery: 1,
		_attempt: 3,
		_providerOffsetMs: 600_000,
		_acknowledged: true,
		response: { status: 200 },
	});
	expect(
		entries[0]?.response.headers
			.filter(({ name }) => name === 'set-cookie')
			.map(({ value }) => value),
	).toEqual(['a=1', 'b=2']);
	expect(entries[0]?.response.content['mimeType']).toBe('text/html');
});

test('has status 0 and the reason where no answer came', async () => {
	const dead = others.find((one) => one.delivery === 6);
	if (dead === undefined) throw new Error('the sample has a sixth delivery');
	const { entries } = await read(only(dead));
	expect(entries.map(({ response }) => [response.status, response._error])).toEqual([
		[0, 'connection refused (ECONNREFUSED)'],
		[0, 'no answer within 30 s'],
		[0, 'connection reset (ECONNRESET)'],
		[500, undefined],
		[0, 'connection refused (ECONNREFUSED)'],
	]);
});

test('lists the fields of a form beside its text, and of a query', async () => {
	const request = sent(
		'a=1&b=%F0%9F%98%80+x&a=',
		undefined,
		'http://127.0.0.1:3000/cb?ref=1%202&ref=3',
	);
	const { entries } = await read(only(delivery(1, [answered(200)], { request })));
	expect(entries[0]?.request.postData).toEqual({
		mimeType: 'application/x-www-form-urlencoded',
		text: 'a=1&b=%F0%9F%98%80+x&a=',
		params: [
			{ name: 'a', value: '1' },
			{ name: 'b', value: '😀 x' },
			{ name: 'a', value: '' },
		],
	});
	expect(entries[0]?.request.queryString).toEqual([
		{ name: 'ref', value: '1 2' },
		{ name: 'ref', value: '3' },
	]);
});

test('has no post data for a request without a body', async () => {
	const request: SentRequest = { ...sent(''), method: 'GET', body: undefined };
	const { entries } = await read(only(delivery(1, [answered(200)], { request })));
	expect(entries[0]?.request.postData).toBeUndefined();
	expect(entries[0]?.request.bodySize).toBe(0);
});

test('carries bytes that are no text as base64, both ways, and says what was cut', async () => {
	const answer = { ...answered(200), body: binary, truncated: true } as ReturnType<typeof answered>;
	const request = { ...sent('', 'application/octet-stream'), body: binary };
	const { entries } = await read(only(delivery(1, [answer], { request })));
	expect(entries[0]?.request.postData).toMatchObject({
		text: Buffer.from(binary).toString('base64'),
		_encoding: 'base64',
	});
	expect(entries[0]?.response).toMatchObject({
		bodySize: -1,
		content: {
			size: 5,
			encoding: 'base64',
			text: Buffer.from(binary).toString('base64'),
			_truncated: true,
		},
	});
});

test('keeps to the schema and to what was said, whatever a receiver answered', async () => {
	await fc.assert(
		fc.asyncProperty(hostile, async (text) => {
			const { entries } = await read(saying(text));
			expect(entries).toHaveLength(3);
			// Only lone surrogates cannot be bytes of an answer.
			const body = Buffer.from(text, 'utf8').toString('utf8');
			for (const { response } of entries.filter(({ response }) => response.status === 500))
				expect(response.content).toMatchObject({ text: body, mimeType: text });
			expect(entries.find(({ response }) => response.status === 0)?.response._error).toBe(
				`connection reset (${text})`,
			);
			expect(safeJson(harReport(saying(text)))).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
		}),
		worstFirst,
	);
});
