import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandIn, commands } from '../../src/cli/commands.ts';
import { type CliOptions, callsim } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { serve } from '../support/server.ts';

/** One for each place that a secret can stand in. */
const secrets = {
	environment: 'MARKED-environment-1a2b',
	file: 'MARKED-file-3c4d',
	flag: 'MARKED-flag-5e6f',
	header: 'MARKED-header-7a8b',
	project: 'MARKED-project-9c0d',
};
const spellings = Object.values(secrets).flatMap((text) => [
	text,
	Buffer.from(text).toString('hex'),
	encodeURIComponent(text),
	Buffer.from(text).toString('base64').slice(0, -4),
]);

/** Made with a key of the user's. */
const digestAnswer = /response=\\*"[0-9a-f]{32}/;

const event = 'bayarcash/transaction-success';
const flagged = [
	'--credential',
	`secret_key=${secrets.flag}`,
	'--header',
	`x-api-key: ${secrets.header}`,
];
const reports = ['junit', 'tap', 'json', 'har', 'html', 'github'].flatMap((kind) => [
	'--report',
	`${kind}=reports/${kind}`,
]);
const pace = ['--retry', 'none', '--timeout', '2s'];

/** Command → lines of it, some of which succeed and some of which cannot. */
const lines = (to: string): Record<string, string[][]> => ({
	list: [['list', '--json']],
	show: ['http', 'curl']
		.map((form) => ['show', event, ...flagged, '--to', to, '--print', form])
		.concat([
			['show', event, '--explain', ...flagged],
			['show', event, '--json', ...flagged],
		]),
	fire: [
		['fire', event, '--to', to, ...pace, ...flagged, ...reports, '-v'],
		['fire', event, '--to', to, ...pace, ...flagged, '--json'],
		['fire', event, '--to', to, ...pace, '-v'],
		[
			'fire',
			'transfez/transaction-completed',
			'--to',
			to,
			...pace,
			'-v',
			'--credential',
			`api_secret=${secrets.flag}`,
			'--credential',
			'api_key=somebody',
		],
		['fire', event, '--to', to, '--retry', '3x1h', '--real-time', ...flagged, '--json'],
		['fire', event, '--to', to, ...pace, '--credential', `nothing=${secrets.flag}`],
		['fire', event, '--to', to, ...pace, `--credentials=secret_key=${secrets.flag}`],
	],
	history: [['history'], ['history', '--json'], ['history', '--show', 'last']],
	replay: [
		['replay', 'last', ...pace],
		['replay', 'last', '--resign', ...pace, '--json'],
	],
	resume: [
		['resume', '--speed', 'max'],
		['resume', 'last', '--json'],
	],
	burst: [['burst', event, '--to', to, '--count', '3', '--connections', '1', ...flagged]],
	run: [['run', 'one.yaml', '--to', to, ...pace, ...flagged, ...reports, '--json']],
	check: [
		[
			'check',
			'bayarcash',
			'--to',
			to,
			'--only',
			'genuine-success',
			...flagged.slice(0, 2),
			...reports,
		],
	],
	verify: [
		['verify', 'bayarcash', 'raw.http'],
		['verify', 'bayarcash', 'raw.http', '--credential', `secret_key=${secrets.flag}`, '--json'],
	],
	config: [['config'], ['config', '--json']],
	export: [
		['export', 'artillery', event, '--to', to, '--out', 'kept'],
		['export', 'artillery', event, '--to', to, '--out', 'load', ...flagged],
	],
	init: [['init', 'bayarcash', '--to', to]],
	listen: [
		['listen', 'bayarcash', '--port', 'x', ...flagged.slice(0, 2)],
		['listen', 'bayarcash', '--port', '0', ...flagged.slice(0, 2), '--save', 'saved'],
		['listen', 'bayarcash', '--port', '0', '--json', '--forward-to', to],
	],
	sandbox: [
		['sandbox', 'bayarcash', '--port', 'x', ...flagged.slice(0, 2)],
		...[['--json'], []].map((more) => [
			...['sandbox', 'bayarcash', '--port', '0', '--callback-to', to, '--delay', '0', '--retry'],
			...['none', '--state', 'sandbox.json', ...flagged.slice(0, 2), ...more],
		]),
	],
	demo: [
		['demo', '--speed', 'x', ...flagged.slice(0, 2)],
		['demo', '--speed', 'max'],
	],
	completion: [['completion', 'bash']],
	// What Tab asks for.
	complete: [
		['complete', '--', 'callsim', 'fire', event, ...flagged, '--'],
		['complete', '--', 'callsim', 'replay', ''],
		['complete', '--', 'callsim', 'fire', '--to', ''],
	],
});

/** A server of ours is sent the key that it holds, and asked for its own pages. */
async function visited(url: string, key: string): Promise<void> {
	const basic = `Basic ${Buffer.from(`me:${key}`).toString('base64')}`;
	const headers = { authorization: basic, 'x-api-key': key };
	const body = new URLSearchParams({ order_number: 'A-1', note: `it is ${key}` });
	for (const path of ['/cb?key=1', '/v3/payment-intents', '/', '/_callsim'])
		await fetch(new URL(path, url), { method: 'POST', headers, body });
	await (await fetch(url)).text();
}

/** The command until it ends; a server is visited, and stopped, as is what waits for an hour. */
const endedOf = (line: readonly string[], options: CliOptions) => {
	let isVisited = false;
	return callsim(line, {
		...options,
		onStdout(text, kill) {
			const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
			const isServer = line[0] === 'listen' || line[0] === 'sandbox';
			if (text.includes('"waiting"')) kill('SIGINT');
			if (!isServer || isVisited || url === undefined) return;
			isVisited = true;
			const key = line.join().includes(secrets.flag) ? secrets.flag : secrets.file;
			void visited(url, key).finally(() => kill('SIGINT'));
		},
	});
};

function everythingIn(folder: string): Record<string, string> {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
		statSync(join(folder, name)).isFile(),
	);
	return Object.fromEntries(
		files.map((name) => [name, readFileSync(join(folder, name), 'latin1')]),
	);
}

test('nothing that any command writes, anywhere, holds a secret of the user’s', {
	timeout: 60_000,
}, async () => {
	// A receiver that repeats what it was sent, as a page of errors does.
	const { url, seen } = await serve((one, response) => {
		const isAsked = one.headers.authorization === undefined;
		response
			.writeHead(isAsked ? 401 : 500, {
				'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"',
			})
			.end(`Error: ${JSON.stringify(one.headers).replace('response=', 'repeated=')} ${one.body}`);
	});
	const given = {
		'key.txt': secrets.file,
		'callsim.yaml':
			'credentials:\n  bayarcash: { secret_key: file:key.txt }\n  transfez: { api_secret: env:OWN }\nheaders: { x-token: env:PROJECT }\n',
		'one.yaml': `name: one\nsteps:\n  - fire: ${event}\n    header: { x-auth: "\${env.OWN}" }\n`,
		'raw.http': `POST / HTTP/1.1\ncontent-type: application/x-www-form-urlencoded\n\nrecord_type=transaction&checksum=${'0'.repeat(64)}`,
	};
	const folder = folderWith(given);
	const env = {
		...{ CALLSIM_NO_JOURNAL: '', XDG_STATE_HOME: join(folder.path, 'state'), DEBUG: '*' },
		...{ OWN: secrets.environment, PROJECT: secrets.project },
		CALLSIM_BAYARCASH_API_TOKEN: secrets.environment,
	};
	const all = lines(url);
	expect(
		Object.keys(commands)
			.map(commandIn)
			.filter((name) => !(name in all)),
	).toEqual([]);
	for (const line of Object.values(all).flat()) {
		const { stdout, stderr, code } = await endedOf(line, { cwd: folder.path, env });
		expect(code, line.join(' ')).not.toBe(70);
		// Servers were there to be visited, and what waits was there to be cut off.
		expect(code === 130, line.join(' ')).toBe(/--port 0|3x1h/.test(line.join(' ')));
		expect(stdout + stderr, line.join(' ')).not.toMatch(digestAnswer);
		for (const spelled of spellings) {
			expect(stdout, `stdout of ${line.join(' ')}`).not.toContain(spelled);
			expect(stderr, `stderr of ${line.join(' ')}`).not.toContain(spelled);
		}
	}
	const sent = seen.map(({ headers }) => JSON.stringify(headers)).join();
	expect(sent).toContain(secrets.header);
	expect(sent).toContain(secrets.project);
	const written = Object.entries(everythingIn(folder.path)).filter(([name]) => name !== 'key.txt');
	expect(written.some(([name]) => name.startsWith('state'))).toBe(true);
	expect(written.some(([name]) => name.startsWith('reports'))).toBe(true);
	for (const [name, text] of written) {
		expect(text, name).not.toMatch(digestAnswer);
		for (const spelled of spellings) expect(text, name).not.toContain(spelled);
	}
});
