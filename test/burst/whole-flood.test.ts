import { describe, expect, test } from 'vitest';
import { isLong } from '../support/long.ts';
import { callsim } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import type { Seen } from '../support/server.ts';
import { serve } from '../support/server.ts';
import {
	bayarcashIsGenuine,
	digestChallenge,
	digestIsGenuine,
	iakIsGenuine,
	parsedBody,
} from '../support/verifier.ts';

const count = 50_000;

/** Of the callbacks of a whole burst: those that are not genuine, and how many differ. */
async function flooded(event: string, isGenuine: (one: Seen) => boolean, isDigest = false) {
	let forged = 0;
	const orders = new Set<string>();
	const { url, seen } = await serve((one, response) => {
		seen.length = 0;
		if (isDigest && one.headers.authorization === undefined)
			return void response.writeHead(401, { 'www-authenticate': digestChallenge }).end();
		if (!isGenuine(one)) forged++;
		orders.add(`${one.url} ${one.body.toString()}`);
		response.end('OK');
	});
	const flags = ['--count', String(count), '--connections', '32', '--workers', '2', '--json'];
	const { stdout } = await callsim(['burst', ...event.split(' '), '--to', url, ...flags], {
		cwd: folderWith({}).path,
	});
	const { sent, acknowledged } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
	return { sent, acknowledged, forged, different: orders.size };
}

describe.runIf(isLong)('each of fifty thousand callbacks', () => {
	const whole = { sent: count, acknowledged: count, forged: 0, different: count };
	test.each([
		[
			'bayarcash/transaction-success',
			(one: Seen) => bayarcashIsGenuine(parsedBody(one), ['form', 'v3']),
		],
		['iak/pulsa-success', (one: Seen) => iakIsGenuine(parsedBody(one))],
		['iak/pulsa-success --encoding xml', (one: Seen) => iakIsGenuine(parsedBody(one))],
	])(
		'of %s is genuine by the vendor’s recipe, and like no other',
		async (event, isGenuine) => {
			expect(await flooded(event, isGenuine)).toEqual(whole);
		},
		300_000,
	);

	test('of transfez answers the challenge of its connection, and is like no other', async () => {
		const isGenuine = ({ headers, method, url }: Seen) =>
			digestIsGenuine(headers.authorization ?? '', method, url);
		expect(await flooded('transfez/transaction-completed', isGenuine, true)).toEqual(whole);
	}, 300_000);
});
