import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { serve } from '../support/server.ts';

const own = 'own/key&"4711';
const kinds = ['junit', 'tap', 'github', 'json', 'har', 'html'];
const spellings = [
	own,
	JSON.stringify(own).slice(1, -1),
	encodeURIComponent(own),
	Buffer.from(own).toString('base64'),
	'key&amp;',
	'key&amp;amp;',
];

/** Echoes the key in body, headers and state. */
const echoing = () =>
	serve((seen, response) => {
		if (seen.method === 'GET') return void response.end(JSON.stringify({ state: 'new', key: own }));
		response.writeHead(500, { 'x-echo': own, 'set-cookie': [`a=${own}`] });
		response.end(`<p>${own} ${encodeURIComponent(own)} ${Buffer.from(own).toString('base64')}`);
	});

/** Everything that came out of a run: output and all reports, by name. */
async function told(steps: string, flags: readonly string[]): Promise<[string, string][]> {
	const { url } = await echoing();
	const folder = folderWith({
		'a.yaml': `name: a\nprovider: bayarcash\nsteps:\n${steps.replaceAll('ORIGIN', new URL(url).origin)}`,
	});
	const args = [
		'run',
		'a.yaml',
		'--to',
		url,
		...kinds.flatMap((kind) => ['--report', `${kind}=out.${kind}`]),
		...flags,
	];
	const { stdout, stderr, code } = await folder.callsim(args, {
		env: { CALLSIM_BAYARCASH_SECRET_KEY: own, GITHUB_STEP_SUMMARY: `${folder.path}/out.md` },
	});
	expect(code).toBe(1);
	return [
		['stdout', stdout],
		['stderr', stderr],
		...[...kinds, 'md'].map((kind): [string, string] => [kind, folder.read(`out.${kind}`)]),
	];
}

describe.each([
	['as text', []],
	['as JSON', ['--json']],
])('own secrets, %s', (_name, flags) => {
	test.each([
		[
			'in its answers',
			'  - { fire: transaction-success, retry: none, expect: { body: x, header: { x-echo: y } } }\n',
		],
		[
			'in its state',
			'  - { fire: transaction-success, retry: none, probe: { url: "ORIGIN/o", unchanged: true, equals: { state: paid, key: z } } }\n',
		],
		[
			'in a text state',
			'  - { fire: transaction-success, retry: none, probe: { command: "echo $CALLSIM_BAYARCASH_SECRET_KEY", within: 0, equals: x } }\n',
		],
		[
			'in a probe that fails',
			'  - { fire: transaction-success, retry: none, probe: { command: "echo $CALLSIM_BAYARCASH_SECRET_KEY; exit 1", within: 0, equals: x } }\n',
		],
		[
			'in a name',
			'  - { fire: transaction-success, retry: none }\n  - { fire: transaction-success, retry: none, header: { x-a: "${steps.1.response.headers.x-echo}" } }\n',
		],
		[
			'in a field that a later step takes over',
			'  - { fire: transaction-success, retry: none }\n  - { fire: transaction-success, retry: none, ref: "${steps.1.response.headers.x-echo}" }\n',
		],
	])('that the receiver tells %s are in no report and no output', async (_where, steps) => {
		const texts = await told(steps, flags);
		for (const [where, text] of texts)
			for (const spelling of spellings)
				expect(text.includes(spelling), `${spelling} in ${where}`).toBe(false);
		expect(texts.some(([, text]) => text.includes('[secret:secret_key]'))).toBe(true);
	});
});

test('what the receiver’s process prints is shown without them', async () => {
	const folder = folderWith({
		'a.yaml': 'name: a\nsteps: [{ fire: bayarcash/transaction-success }]',
	});
	const { stderr, code } = await folder.callsim(
		['run', 'a.yaml', '--to', ':1', '--exec', 'echo "key: $CALLSIM_BAYARCASH_SECRET_KEY"; exit 1'],
		{
			env: { CALLSIM_BAYARCASH_SECRET_KEY: own },
		},
	);
	expect(stderr).toContain('the receiver printed:\n  │ key: ');
	expect(stderr).not.toContain(own);
	expect(code).toBe(2);
});
