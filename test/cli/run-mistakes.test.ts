import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { answering } from '../support/server.ts';

const good =
	'name: good\nprovider: bayarcash\nsteps: [{ fire: transaction-success }, { fire: transaction-failed }]\n';
const last = (step: string) =>
	`${good.replace('name: good', 'name: wrong').replace(/steps: .*/, 'steps:\n  - fire: transaction-success')}  - ${step}\n`;

describe('nothing is sent when the last step of the last file is wrong', () => {
	test.each([
		['syntax', last('fire: [').trimEnd(), /^error scenario-invalid: z\.yaml:\d+:\d+: not YAML/],
		[
			'a command that is blank',
			last('{ fire: transaction-success, probe: { command: " ", equals: 1 } }'),
			/^error scenario-invalid: z\.yaml:5:\d+: step 2: probe/,
		],
		[
			'an unknown key',
			last('{ fire: transaction-success, probes: [] }'),
			/^error scenario-invalid: z\.yaml:5:34: step 2: probes is an unknown key \(did you mean "probe"\?\)/,
		],
		[
			'an unknown event',
			last('fire: transaction-succes'),
			/^error event-unknown: z\.yaml:5:5: step 2: bayarcash has no event "transaction-succes".*\n {2}try: Did you mean "bayarcash\/transaction-success"\?/,
		],
		[
			'an unknown option',
			last('{ fire: transaction-success, variant: forms }'),
			/^error option-unknown: z\.yaml:5:5: step 2: /,
		],
		[
			'an unknown path',
			last('{ fire: transaction-success, set: { amuont: 5 } }'),
			/^error path-unknown: z\.yaml:5:5: step 2: .*"amuont".*\n {2}try: Did you mean "amount"\?/,
		],
		[
			'an amount that is none',
			last('{ fire: transaction-success, amount: much }'),
			/^error value-misfit: z\.yaml:5:5: step 2: /,
		],
		[
			'a number that would not print as it was written',
			last('{ fire: transaction-success, set: { status: 3.0 } }'),
			/^error value-misfit: z\.yaml:5:5: step 2: .*\n {2}try: .*:=3\.0/,
		],
		[
			'an unknown name',
			last('{ fire: transaction-success, ref: "${var.x}" }'),
			/^error scenario-invalid: z\.yaml:5:34: step 2: ref has "\$\{var\.x\}", which is no name \(did you mean "vars"\?\)/,
		],
		[
			'a variable that leads to nothing',
			last('{ fire: transaction-success, ref: "${vars.a.x}" }').replace(
				'steps:',
				'vars: { a: { b: 1 } }\nsteps:',
			),
			/^error scenario-invalid: z\.yaml:6:34: step 2: ref /,
		],
		[
			'a variable of a variable that leads to nothing',
			last('fire: transaction-failed').replace(
				'steps:',
				'vars: { a: { b: 1 }, c: "${vars.a.x}" }\nsteps:',
			),
			/^error scenario-invalid: z\.yaml:3:\d+: /,
		],
		[
			'an environment variable that is not set',
			last('{ fire: transaction-success, ref: "${env.SHOP_ID}" }'),
			/^error scenario-invalid: z\.yaml:5:34: step 2: ref has .*the environment has no SHOP_ID/,
		],
		[
			'a step that asks a later one',
			last('{ fire: transaction-success, ref: "${steps.3.response.status}" }'),
			/^error scenario-invalid: z\.yaml:5:34: step 2: ref has .*no step before it is "3"/,
		],
		[
			'a file that is not there',
			last('{ fire: transaction-success, body: "@none.json" }'),
			/^error file-unreadable: z\.yaml:5:5: step 2: cannot read ".*none\.json" \(ENOENT\)/,
		],
		[
			'a fault where nothing is signed',
			last('{ fire: khoins/transaction-success, unsigned: true }'),
			/^error nothing-signed: z\.yaml:5:5: step 2: /,
		],
		[
			'a duration of a group',
			last('{ steps: [{ fire: transaction-failed }], after: soon }'),
			/^error duration-invalid: z\.yaml:5:\d+: step 2: after /,
		],
		[
			'a schedule',
			last('{ fire: transaction-success, retry: often }'),
			/^error schedule-invalid: z\.yaml:5:\d+: step 2: /,
		],
		[
			'a mistake in a step that asks an earlier one',
			last('{ fire: transaction-success, set: { amuont: "${steps.1.request.amount}" } }'),
			/^error path-unknown: z\.yaml:5:\d+: step 2: /,
		],
		[
			'a receiver to stop without --exec',
			last('{ fire: transaction-success, receiver: { stoppedFor: 7m } }'),
			/^error scenario-invalid: z\.yaml:5:34: step 2: receiver stops a receiver that callsim has not started\n {2}try: Start it with --exec "npm start"\./,
		],
	])('%s', async (_name, wrong, message) => {
		const { url, seen } = await answering(200);
		const { code, stdout, stderr } = await folderWith({ 'a.yaml': good, 'z.yaml': wrong }).callsim([
			'run',
			'a.yaml',
			'z.yaml',
			'--to',
			url,
			'--speed',
			'max',
		]);
		expect(stderr).toMatch(message);
		expect({ code, stdout, sent: seen.length }).toEqual({ code: 2, stdout: '', sent: 0 });
	});
});

test('a file that is named from elsewhere is told so that it can be opened', async () => {
	const folder = folderWith({ 'deep/in/a.yaml': 'name: a\nsteps: []\n', 'other/x': '' });
	const { stderr } = await folder.callsim(['run', '../deep/in/a.yaml', '--to', ':1'], {
		cwd: `${folder.path}/other`,
	});
	expect(stderr).toContain(`${folder.path}/deep/in/a.yaml:2:1:`);
});

test('a file that is no text, a folder without scenarios, a file that may not be read', async () => {
	const folder = folderWith({ 'empty/readme.md': '', 'binary.yaml': '\u0000\u0001\u0002' });
	expect((await folder.callsim(['run', 'empty', '--to', ':1'])).stderr).toMatch(
		/^error scenario-unknown: the folder "empty" holds no scenario/,
	);
	expect(await folder.callsim(['run', 'binary.yaml', '--to', ':1'])).toMatchObject({ code: 2 });
});
