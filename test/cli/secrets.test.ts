import { check, fire, run } from 'callback-simulator';
import { describe, expect, test } from 'vitest';
import { type Folder, folderWith } from '../support/scenario-cli.ts';
import { type Seen, serve } from '../support/server.ts';

/** One for each way in which a key gets into a request; all of them have characters that encoders change. */
const secrets = {
	key: 'own/key&"4711<\u00fc>',
	token: "tok'en+/=9f8e&7d",
	cookie: 's%3Ac00kie~value',
	password: 'pa:ss"word\\1',
	scenario: 'sc3nario/k3y&x',
	environment: 'fr0m-the-env<1>',
	project: 'fr0m/the&file?',
};
/** What a program reads out of the cookie. */
const all = [...Object.values(secrets), 's:c00kie~value'];

const hex = (text: string) => Buffer.from(text, 'utf8').toString('hex');
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const percent = (text: string) =>
	encodeURIComponent(text).replace(/[!'()*~]/g, (one) => `%${hex(one)}`);
const entities = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&#034;')
		.replaceAll("'", '&#x27;');
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const ascii = (text: string) =>
	json(text).replace(
		/[^ -~]|[&<>']/g,
		(one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
const spellings: readonly ((text: string) => string)[] = [
	(text) => text,
	json,
	(text) => json(text).replaceAll('/', '\\/'),
	(text) => json(json(text)),
	ascii,
	encodeURIComponent,
	(text) => encodeURIComponent(text).toLowerCase(),
	percent,
	(text) => percent(percent(text)),
	entities,
	(text) => entities(json(text)),
	hex,
	(text) => hex(text).toUpperCase(),
	(text) => Buffer.from(text, 'utf8').toString('latin1'),
];
/** The characters of base64 that stand for the key alone, at each of its places. */
const cores = (text: string) =>
	[0, 1, 2].flatMap((lead) => {
		const core = base64('-'.repeat(lead) + text).slice(
			Math.ceil((lead * 8) / 6),
			Math.floor(((lead + Buffer.byteLength(text)) * 8) / 6),
		);
		return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
	});
const forbidden = all.flatMap((text) =>
	[...spellings.map((spell) => spell(text)), ...cores(text)].map((spelled) =>
		spelled.toLowerCase(),
	),
);

/** Where it stands, for whoever has to mend it. */
const partOf = (text: string, found: string) =>
	text.slice(Math.max(0, text.indexOf(found) - 80)).slice(0, 160);

function expectNothingIn(texts: Readonly<Record<string, string>>): void {
	for (const [where, text] of Object.entries(texts)) {
		const low = text.toLowerCase();
		for (const spelled of forbidden)
			expect(low.includes(spelled), `${spelled} in ${where}: ${partOf(low, spelled)}`).toBe(false);
		// A beginning that was cut off counts as well.
		for (const secret of all)
			expect(
				low.includes(secret.slice(0, 8).toLowerCase()),
				`${secret} cut off in ${where}: ${partOf(low, secret.slice(0, 8).toLowerCase())}`,
			).toBe(false);
	}
}

/** Tells everything it was sent and everything it knows, in every spelling, and one key across the end of what is read. */
const telling = (status = 500) =>
	serve((seen, response) => {
		if (seen.url.startsWith('/state'))
			return void response.end(JSON.stringify({ state: 'new', seen: everything(seen) }));
		const told = everything(seen);
		const filler = 'x'.repeat(Math.max(0, 65_536 - Buffer.byteLength(told) - 12));
		response.writeHead(status, {
			'x-echo': Buffer.from(secrets.key, 'utf8').toString('latin1'),
			'x-url': percent(secrets.token),
			'set-cookie': [`a=${secrets.cookie}`],
		});
		response.end(`${told}${filler}${secrets.key} and more`);
	});

function everything({ headers }: Seen): string {
	const each = all.flatMap((text) => [
		...spellings.map((spell) => spell(text)),
		...['', 'B', 'Bearer '].map((before) => base64(`${before}${text} behind`)),
		encodeURIComponent(base64(`user:${text}`)),
	]);
	return [
		JSON.stringify(headers),
		JSON.stringify(JSON.stringify(headers)),
		...each,
		base64(JSON.stringify(headers)),
	].join('\n');
}

const typed = [
	...[
		'--header',
		`authorization: Bearer ${secrets.token}`,
		'--header',
		`cookie: theme=dark; sid=${secrets.cookie}`,
	],
	...['--header', `proxy-authorization: Basic ${base64(`admin:${secrets.password}`)}`],
	// Sent to a receiver that tells all of them; the scenario and the project file are not read by every command.
	...['--header', `x-api-key: ${secrets.scenario}`, '--header', 'x-plain: env:NOTE'],
];
const kinds = ['junit', 'tap', 'github', 'json', 'har', 'html'];
const reports = kinds.flatMap((kind) => ['--report', `${kind}=out.${kind}`]);
const project = 'headers: { x-note: "env:PROJECT_NOTE" }\n';

async function told(folder: Folder, args: readonly string[]): Promise<Record<string, string>> {
	const env = {
		CALLSIM_BAYARCASH_SECRET_KEY: secrets.key,
		PROJECT_NOTE: secrets.project,
		NOTE: secrets.environment,
		GITHUB_STEP_SUMMARY: `${folder.path}/out.md`,
	};
	const { stdout, stderr, code } = await folder.callsim(args, { env });
	expect(code, stderr).toBe(1);
	const files = args.includes('--report')
		? [...kinds, 'md'].map((kind) => [kind, folder.read(`out.${kind}`)])
		: [];
	return { stdout, stderr, ...Object.fromEntries(files) };
}

describe.each([
	['as text', []],
	['as JSON', ['--json']],
])('what a receiver tells of keys, %s,', (_how, form) => {
	test('is not printed by fire, nor in a report', async () => {
		const { url } = await telling();
		const texts = await told(folderWith({ 'callsim.yaml': project }), [
			...[
				'fire',
				'bayarcash/transaction-success',
				'--to',
				url,
				'--retry',
				'2x1s',
				'--speed',
				'max',
			],
			...[...typed, ...reports, ...form],
		]);
		expectNothingIn(texts);
		for (const name of ['secret_key', 'authorization', 'cookie', 'x-note', 'x-plain'])
			expect(texts['json'], name).toContain(`[secret:${name}]`);
	});

	test('is not printed by run, of headers of scenarios as well', async () => {
		const { url } = await telling();
		const { origin } = new URL(url);
		const steps = [
			'vars: { note: "${env.NOTE}" }',
			`header: { x-api-key: ${JSON.stringify(secrets.scenario)} }`,
			`probe: { url: "${origin}/state", unchanged: true, equals: { state: paid, seen: z } }`,
			'steps:',
			'  - { fire: transaction-success, retry: none, header: { x-harmless: "${vars.note}" }, expect: { body: x, header: { x-echo: y } } }',
			'  - { fire: transaction-success, retry: none, ref: "${steps.1.response.headers.x-url}" }',
			'  - { fire: transaction-success, retry: none, probe: { command: "cat callsim-says; exit 1", equals: x } }',
		];
		const yaml = `name: a\nprovider: bayarcash\n${steps.join('\n')}\n`;
		const output = `${'-'.repeat(190)}${secrets.key}`;
		const folder = folderWith({ 'callsim.yaml': project, 'a.yaml': yaml, 'callsim-says': output });
		const texts = await told(folder, [
			'run',
			'a.yaml',
			'--to',
			url,
			...typed.slice(0, 6),
			...reports,
			...form,
		]);
		expectNothingIn(texts);
		expect(texts['json']).toContain('[secret:x-harmless]');
	});

	test('is not printed by check', async () => {
		const { url } = await telling(200);
		const rules = [
			'--only',
			'checksum-missing,duplicate,refusal-secret,answer-status',
			'--seed',
			'7',
		];
		const state = ['--probe-url', `${new URL(url).origin}/state/{reference}`];
		const texts = await told(folderWith({ 'callsim.yaml': project }), [
			...['check', 'bayarcash', '--to', url, '--settle', '0ms'],
			...[...rules.slice(0, 2), ...rules.slice(2), ...state, ...typed, ...reports, ...form],
		]);
		expectNothingIn(texts);
	});
});

test('programs are told none of it either', async () => {
	const { url } = await telling();
	const options = {
		to: url,
		retry: 'none',
		credentials: { secret_key: secrets.key },
		headers: {
			authorization: `Bearer ${secrets.token}`,
			cookie: `sid=${secrets.cookie}`,
			'proxy-authorization': `Basic ${base64(`admin:${secrets.password}`)}`,
			'x-api-key': secrets.scenario,
			'x-session': secrets.environment,
			'x-token': secrets.project,
		},
	};
	const events: unknown[] = [];
	const onEvent = (event: unknown) => void events.push(event);
	const fired = await fire('bayarcash/transaction-success', { ...options, onEvent });
	const scenario = {
		name: 'a',
		steps: [{ fire: 'bayarcash/transaction-success', expect: { status: 200 } }],
	};
	const ran = await run(scenario, { ...options, onEvent });
	const { retry: _, ...rest } = options;
	const checked = await check('bayarcash', { ...rest, only: ['checksum-missing'], seed: 7 });
	expectNothingIn({
		events: JSON.stringify(events),
		fired: JSON.stringify(fired),
		ran: JSON.stringify(ran),
		checked: JSON.stringify(checked),
	});
	const { credentials: __, ...withoutKey } = rest;
	const hopeless = check('bayarcash', {
		...withoutKey,
		credentials: { secret_key: secrets.key },
		setup: { command: `echo '${secrets.key}'; exit 3 # {reference}` },
	});
	await expect(hopeless).rejects.toThrow('[secret:secret_key]');
});

test('a key is long enough to be looked for from four characters on', async () => {
	const { url } = await serve((_seen, response) => response.writeHead(500).end('abc abcd'));
	const fired = (key: string) =>
		fire('bayarcash/transaction-success', {
			to: url,
			retry: 'none',
			credentials: { secret_key: key },
		});
	expect(JSON.stringify(await fired('abc'))).toContain('"body":"abc abcd"');
	expect(JSON.stringify(await fired('abcd'))).toContain('"body":"abc [secret:secret_key]"');
});
