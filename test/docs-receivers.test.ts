import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compose, fire, type ShapingOptions } from 'callback-simulator';
import { describe, expect, test } from 'vitest';
import { codeBlocks, pages } from './support/markdown.ts';
import { type Seen, serve } from './support/server.ts';
import { needs } from './support/tools.ts';
import { keys, parsedBody } from './support/verifier.ts';

/** Calls a function of a recipe once for each list of arguments, in the language that it is written in. */
type Call = (name: string, ...calls: unknown[][]) => unknown[];

const page = pages.get('docs/receivers.md') ?? '';
const folder = mkdtempSync(join(tmpdir(), 'callsim-recipes-'));

/** The part of the page under a heading. */
const under = (title: string) => page.split(/^## /m).find((part) => part.startsWith(title)) ?? '';

async function javascript(title: string): Promise<Call> {
	const file = join(folder, `${title}.mjs`);
	writeFileSync(file, codeBlocks(under(title), 'js').join('\n'));
	const recipe = (await import(pathToFileURL(file).href)) as Record<
		string,
		(...args: unknown[]) => unknown
	>;
	return (name, ...calls) => calls.map((args) => recipe[name]?.(...args));
}

const phpMain = `[$name, $calls] = json_decode(stream_get_contents(STDIN), true);
echo json_encode(array_map(fn ($args) => $name(...$args), $calls));`;

/** `isGenuine` is `is_genuine` there. */
function php(title: string): Call {
	const file = join(folder, `${title}.php`);
	writeFileSync(file, `<?php\n${codeBlocks(under(title), 'php').join('\n')}\n${phpMain}\n`);
	return (name, ...calls) => {
		const own = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
		const run = spawnSync(
			'php',
			['-d', 'error_reporting=-1', '-d', 'display_errors=stderr', file],
			{
				input: JSON.stringify([own, calls]),
			},
		);
		expect(run.stderr.toString()).toBe('');
		return JSON.parse(run.stdout.toString());
	};
}

const languages = [
	{ language: 'JavaScript', recipe: javascript },
	...(needs('php') ? [{ language: 'PHP', recipe: php }] : []),
];

/** The signed fields of one row of the page's table, which is found by how it begins. */
function fieldsOf(row: string): string[] {
	const line = page.split('\n').find((one) => one.startsWith(`| ${row}`));
	return line?.split('|')[2]?.match(/[a-z_]+/g) ?? [];
}

async function fieldsReceived(event: string, options: ShapingOptions = {}) {
	const { body = new Uint8Array(), ...request } = await compose(event, options);
	return parsedBody({ ...request, body: Buffer.from(body) });
}

const thirteen = fieldsOf('`record_type` `transaction`, with an');
const messages: [event: string, fields: string[], options?: ShapingOptions][] = [
	['bayarcash/transaction-success', thirteen],
	['bayarcash/transaction-cancelled', thirteen],
	['bayarcash/transaction-success', thirteen, { encoding: 'json' }],
	['bayarcash/receipt-success', thirteen, { variant: ['v2'] }],
	['bayarcash/receipt-success', fieldsOf('receipt (API v3')],
	['bayarcash/pre-transaction', ['exchange_reference_number', 'order_number', 'record_type']],
	['bayarcash/dd-authorization-success', [...thirteen, 'application_type', 'mandate_id']],
	['bayarcash/dd-bank-approval-approved', fieldsOf('`bank_approval`')],
	['bayarcash/dd-transaction-success', fieldsOf('`transaction`, with a `mandate_id`')],
];

/** What stands where a signature should, and must not pass, whatever else is right. */
const malformed = (genuine: unknown) => [
	undefined,
	null,
	'',
	1,
	'é'.repeat(32),
	[genuine],
	`${genuine}0`,
];

describe.each(languages)('the recipe in $language', ({ recipe }) => {
	test.each(messages)('proves the checksum of %s', async (event, fields, options) => {
		const call = await recipe('Bayarcash');
		const message = await fieldsReceived(event, options);
		const [first = ''] = fields;
		expect(call('isGenuine', [message, fields, keys.bayarcash])).toEqual([true]);
		const forged = [
			[message, fields, 'another key'],
			[{ ...message, [first]: '9.99' }, fields, keys.bayarcash],
			[{ ...message, [first]: ['9.99'] }, fields, keys.bayarcash],
			...malformed(message['checksum']).map((checksum) => [
				{ ...message, checksum },
				fields,
				keys.bayarcash,
			]),
		];
		expect(new Set(call('isGenuine', ...forged))).toEqual(new Set([false]));
	});

	test('proves the sign of IAK', async () => {
		const call = await recipe('IAK');
		const { data } = (await fieldsReceived('iak/pulsa-success')) as {
			data: Record<string, unknown>;
		};
		const { username, apiKey } = keys.iak;
		expect(call('isSigned', [data, username, apiKey])).toEqual([true]);
		const forged = [
			[data, username, 'another key'],
			[{ ...data, ref_id: 'order003' }, username, apiKey],
			...[null, 'text', []].map((nothing) => [nothing, username, apiKey]),
			...malformed(data['sign']).map((sign) => [{ ...data, sign }, username, apiKey]),
		];
		expect(new Set(call('isSigned', ...forged))).toEqual(new Set([false]));
	});
});

const { apiKey, apiSecret } = keys.transfez;

/** Holds a receiver made of a recipe against what `fire` sends, and against what an eavesdropper would. */
async function expectDigestProved(challenge: () => unknown, isGenuine: (seen: Seen) => boolean) {
	const { url, seen } = await serve((request, response) => {
		if (isGenuine(request)) response.writeHead(200).end();
		else response.writeHead(401, { 'www-authenticate': String(challenge()) }).end();
	});
	const transfer = (options: ShapingOptions = {}) =>
		fire('transfez/transaction-completed', { to: `${url}?shop=1`, retry: 'none', ...options });

	expect((await transfer()).acknowledged).toBe(true);
	expect((await transfer({ wrongKey: true })).acknowledged).toBe(false);
	expect((await transfer({ unsigned: true })).acknowledged).toBe(false);

	const overheard = seen.find(({ headers }) => headers.authorization !== undefined);
	if (overheard === undefined) throw new Error('nobody answered the challenge');
	expect(isGenuine(overheard), 'a replay').toBe(false);
	const invented = ['Digest nonce="é.é", response=""', 'Basic YTpi', ''];
	for (const authorization of invented)
		expect(isGenuine({ ...overheard, headers: { authorization } })).toBe(false);
}

describe('the recipe for HTTP Digest', () => {
	test('proves Transfez in JavaScript', async () => {
		const call = await javascript('Transfez');
		await expectDigestProved(
			() => call('challenge', [])[0],
			({ headers, method, url }) =>
				call('isGenuine', [headers.authorization, method, url, apiKey, apiSecret])[0] === true,
		);
	});

	test.runIf(needs('php'))('proves Transfez in PHP', async () => {
		const call = php('Transfez');
		// The shop's table: each call is a process of its own, which is told whether the use is a new one.
		const used = new Set<string>();
		await expectDigestProved(
			() => call('challenge', ['own key'])[0],
			({ headers: { authorization = '' }, method, url }) => {
				const isNew = used.has(authorization) ? 'is_array' : 'is_string';
				used.add(authorization);
				return (
					call('isGenuine', [
						authorization,
						method,
						url,
						apiKey,
						apiSecret,
						'own key',
						isNew,
					])[0] === true
				);
			},
		);
	});
});
